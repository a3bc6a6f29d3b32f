# SPDX-License-Identifier: MIT
# Copies by the lines of a file (tests/wine/index_program.c), with the trace of each: source it after tap.sh, and call
# begin_copies.

prefix_suffix=-$(basename "$0" .sh)
. "$srcdir/tests/harness/prefix.sh"
. "$srcdir/tests/harness/host_half.sh"
. "$srcdir/tests/harness/mounts.sh"
. "$srcdir/tests/harness/programs.sh"
unset COPYFILE2_BACKEND

# A small flag that changes nothing but that the copy is done by handles.
BY_HANDLES=0x2000

# begin_copies WHAT: in an empty folder with ./source of 4096 bytes, and the program; or skips the whole test.
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
# run COMMAND...: the program under it, with the lines of ./input; what it and the trace said is in ./said
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

# race LINE...: three programs obey the lines at the same time; into $total, how many of their copies were good
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
