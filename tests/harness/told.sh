# SPDX-License-Identifier: MIT
# Makes copies by a program that prints what it was told, with the trace of each. Source it after prefix.sh. $program is
# that program (build_host_program), and $work a folder of the test.

# run FLAGS V2-FLAGS SOURCE DESTINATION [RATE [ANSWER]]: copies, with the output in $work/output. A process of Wine's
# own that happens to start keeps what it inherits, and a reader of a pipe would wait for that process.
run()
{
    wine_run_into "$work/output" "$program" "$@"
}

# copies FLAGS V2-FLAGS SOURCE DESTINATION PATTERN...: copies, and answers whether the output and the trace have each
# pattern. After a success the bytes have to be equal, too. $copies_more may hold a rate, and an answer.
copies()
{
    COPYFILE2_TRACE=1 run "$1" "$2" "$3" "$4" ${copies_more-}
    said=$(tr -d '\r' <"$work/output")
    printf '%s\n' "$said"
    source=$3 destination=$4
    shift 4
    for pattern; do
        printf '%s\n' "$said" | grep -q -e "$pattern" || { echo "not said: $pattern"; return 1; }
    done
    case $said in
        *'result 0x0'*) cmp "$source" "$destination" ;;
    esac
}
