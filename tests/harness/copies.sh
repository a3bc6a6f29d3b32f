# SPDX-License-Identifier: MIT
# Makes the copies that the lines of a file ask for (tests/wine/index_program.c), with the trace of each. Source it
# after tap.sh, and call begin_copies.

prefix_suffix=-$(basename "$0" .sh)
. "$srcdir/tests/harness/prefix.sh"
. "$srcdir/tests/harness/host_half.sh"
. "$srcdir/tests/harness/mounts.sh"
. "$srcdir/tests/harness/programs.sh"
unset COPYFILE2_BACKEND

# This flag changes nothing of a small copy but that it goes by handles.
BY_HANDLES=0x2000

# begin_copies WHAT: enters an empty folder, and makes ./source of 4096 bytes and the program there. Where that cannot
# be, it skips the whole test, under the name WHAT.
begin_copies()
{
    [ -n "$WINE" ] || skip_rest "$1" "no Wine"
    host_half_built || skip_rest "$1" "not built"
    work=$builddir/tests/work/$(basename "$0" .sh)
    rm -rf "$work"
    mkdir -p "$work"
    cd "$work" || exit 99
    build_index_program "$work" || exit 99
    head -c 4096 /dev/urandom >source
}

run_once()
{
    COPYFILE2_TRACE=1 timeout --foreground 300 "$@" ${WINE} "$work/program.exe" <input >output 2>&1
}
# run COMMAND...: runs the program under this command, with the lines of ./input. The output and the trace are in
# ./said.
run()
{
    prefix_make
    run_once "$@"
    if wine_has_died $? output; then run_once "$@"; fi
    tr -d '\r' <output >said
    cat said
}
says()
{
    grep -q -e "$1" said || { echo "not said: $1"; return 1; }
}

# race LINE...: three programs obey the lines at the same time. Sets $total to the number of their good copies.
race()
{
    printf '%s\n' "$@" >race-input
    prefix_make
    for i in 1 2 3; do
        timeout --foreground 300 ${WINE} "$work/program.exe" <race-input >race-output-$i 2>&1 &
    done
    wait
    cat race-output-*
    total=$(cat race-output-* | tr -d '\r' | awk '/^good/ { sum += $2 } END { print sum }')
}
