# SPDX-License-Identifier: MIT
# The tests of copyfile2.exe source this file. They begin in a folder of their own, with a few files in it.

# The program is built for the first target that there is.
case $PE_TARGETS in
x86_64-*) ;;
*) WINE=${WINE32:-$WINE} prefix_suffix=32 ;;
esac
. "$srcdir/tests/harness/tap.sh"
[ -n "$WINE" ] || skip_all "no Wine"
. "$srcdir/tests/harness/prefix.sh"

program=$builddir/stage/bin/copyfile2.exe
work=$builddir/tests/work/$(basename "$0" .sh)
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 99
work=$(pwd -P)

head -c 10000 /dev/urandom >a.bin
echo "second file" >b.txt
echo "old content" >old.txt
mkdir folder "folder with spaces"

# ---- helpers ---------------------------------------------------------------------------------------------------------

run_once()
{
    wine_run "$program" "$@" >out 2>err </dev/null
    status=$?
}

# run [ARG...]: runs the program, which has a message for every failure. Leaves $status, and the files out and err.
run()
{
    run_once "$@"
    if wine_has_died "$status" out err; then run_once "$@"; fi
}

explain()
{
    printf '%s\nexit status %s\n--- out\n' "$1" "$status"
    head -n 40 out
    echo "--- err"
    cat err
    return 1
}

ends_with()
{
    [ "$status" -eq "$1" ] || explain "not the exit status $1"
}

# quiet: claims that nothing was printed.
quiet()
{
    [ ! -s out ] && [ ! -s err ] || explain "not quiet"
}

# error_line TEXT: claims that standard error is this line and nothing else. A # stands for the system's words, which
# differ.
error_line()
{
    printf 'copyfile2: %s\n' "$1" >expected
    case $1 in
    *'#') sed 's/^\(.*0x[0-9A-F]\{8\}: \).\{1,\}$/\1#/' err >found ;;
    *) cp err found ;;
    esac
    cmp -s expected found || explain "not the line: $1"
}

# counted TEXT: answers whether standard error ends with this line, and takes the line away.
counted()
{
    [ "$(tail -n 1 err)" = "copyfile2: $1" ] || explain "not counted: $1" || return
    sed '$d' err >err.rest
    mv err.rest err
}

# fails LINE ARGUMENT...: a copy fails, and this line is told.
fails()
{
    line=$1
    shift
    run "$@"
    ends_with 1 && [ ! -s out ] && error_line "$line"
}

same()
{
    cmp "$1" "$2"
}

absent()
{
    [ ! -e "$1" ] || explain "$1 exists"
}

# copies DESTINATION FILE SOURCE: makes a plain copy to DESTINATION, as the user types it, which is FILE.
copies()
{
    run "$3" "$1" && ends_with 0 && quiet && same "$3" "$2"
}

cli_done()
{
    tap_done
    cd "$builddir" && rm -rf "$work"
}
