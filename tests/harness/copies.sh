# Copies by the lines of a file (tests/wine/index_program.c), with the trace of each: source it after tap.sh, and call begin_copies.

prefix_suffix=-$(basename "$0" .sh)
. "$srcdir/tests/harness/prefix.sh"
unset COPYFILE2_BACKEND

# A small flag that changes nothing but that the copy is done by handles.
BY_HANDLES=0x2000

# begin_copies WHAT: in an empty folder with ./source of 4096 bytes, and the program; or skips the whole test.
begin_copies()
{
    [ -n "$WINE" ] || all_skipped "$1" "no Wine"
    case $PE_TARGETS-$HOST_TARGETS in
        *x86_64-windows*-*x86_64-unix*) ;;
        *) all_skipped "$1" "not built" ;;
    esac
    work=$builddir/tests/work/$(basename "$0" .sh)
    rm -rf "$work"
    mkdir -p "$work"
    cd "$work" || exit 99
    cp "$builddir/x86_64-windows/copyfile2.dll" .
    $PE64_CC -I"$srcdir/include" -o "$work/program.exe" "$srcdir/tests/wine/index_program.c" -static-libgcc \
        -L"$builddir/x86_64-windows" -lcopyfile2 || exit 99
    head -c 4096 /dev/urandom >source
}
all_skipped()
{
    skip "$1" "$2"
    tap_done
    exit 0
}

# run COMMAND...: the program under it, with the lines of ./input; what it and the trace said is in ./said
run()
{
    prefix_make
    COPYFILE2_TRACE=1 timeout --foreground 300 "$@" ${WINE} "$work/program.exe" <input >output 2>&1
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
