#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests wine-copyfile2 in a prefix whose server runs and is in use. The files that it puts there or takes away have to
# count at once. From Wine 10.5 on, a server keeps the DLLs that it found when it started.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/programs/kinds.sh"

tool=$builddir/stage/bin/wine-copyfile2

[ -n "$WINE" ] || skip_all "no Wine"
[ -x "$tool" ] || skip_all "wine-copyfile2 was not built"

# copies COMMAND...: sets code to its exit code
copies()
{
    rm -f destination
    timeout --foreground 300 "$@" </dev/null
    code=$?
    [ $code = 0 ] && cmp source destination
}

# in_use: starts a program of the prefix, so that the server runs and is in use
in_use()
{
    [ -z "$busy" ] || return 0
    [ -p busy ] || mkfifo busy
    "$WINE" cmd /d /q <busy >/dev/null 2>&1 &
    exec 7>busy
    busy=1
    timeout 100 "$WINE" cmd /c exit 0
}
idle()
{
    exec 7>&-
    busy=
    $wineserver -k -w 2>/dev/null
}

# by_wine COMMAND...: answers whether it ends as it did under plain Wine, before we did anything
by_wine()
{
    COPYFILE2_TRACE=1 copies "$@" >output 2>&1
    echo "exit code $code, plain Wine's was $(cat plain)"
    cat output
    [ "$code" = "$(cat plain)" ] && ! grep '^copyfile2: ' output && timeout 100 "$WINE" cmd /c exit 0
}
# by_us COMMAND...: answers whether it copies, and our engine tells so
by_us()
{
    COPYFILE2_TRACE=1 copies "$@" >output 2>&1 && grep -q '^copyfile2: ' output || { cat output; return 1; }
}

# after_run COMMAND...: runs the command with the override that names the DLLs of the prefix. The children of a program
# that "run" has started have this override.
after_run()
{
    (
        WINEDLLOVERRIDES="kernel32,kernelbase=n,b;$WINEDLLOVERRIDES"
        "$@"
    )
}

# There is one server after the other. Each starts while our files are there, or while they are not.
test_living_server()
{
    in_use
    copies "$WINE" copier.exe source destination >/dev/null 2>&1
    echo $code >plain
    check "$bits: it fails, or is told nothing, at first" [ $code != 0 ]
    check "$bits: the program is Wine's at first" by_wine "$WINE" copier.exe source destination
    check "$bits: run, in a server that is in use" by_us "$tool" run copier.exe source destination
    check "$bits: plain Wine stays as it is" by_wine "$WINE" copier.exe source destination
    check "$bits: --all is added at once" by_us "$tool" run --all cmd /c copy /y source destination
    check "$bits: disable" "$tool" disable
    check "$bits: a child of run gets Wine's at once" after_run by_wine "$WINE" copier.exe source destination
    check "$bits: enable" "$tool" enable
    check "$bits: every program gets ours at once" by_us "$WINE" copier.exe source destination
    idle
    in_use
    check "$bits: a server that found our files" by_us "$WINE" copier.exe source destination
    check "$bits: disable" "$tool" disable
    check "$bits: every program gets Wine's at once" by_wine "$WINE" copier.exe source destination
    check "$bits: a child of run, too" after_run by_wine "$WINE" copier.exe source destination
    check "$bits: and again run" by_us "$tool" run copier.exe source destination
    idle
    in_use
    check "$bits: a server that found our files, after one whose sections were gone" by_us "$tool" run copier.exe \
        source destination
    check "$bits: disable" "$tool" disable
    check "$bits: a child of run gets Wine's at once" after_run by_wine "$WINE" copier.exe source destination
    idle
}

# The first run makes the prefix and starts its server, and counts all the same.
test_first_run()
{
    (
        WINEPREFIX=$work/new
        by_us "$tool" run copier.exe source destination
        code=$?
        $wineserver -k -w 2>/dev/null
        exit $code
    )
}

# A script that starts Wine may take the overrides away, and the program would get Wine's functions without a word.
says_not_ready()
{
    printf '#!/bin/sh\nunset WINEDLLOVERRIDES\nexec "%s" "$@"\n' "$WINE" >careless
    chmod +x careless
    WINE=$work/careless "$tool" "$@" >output 2>errors
    code=$?
    cat errors
    [ $code != 0 ] && grep -q 'programs would get CopyFile2 of .* and not from ours' errors &&
        ! "$tool" status >/dev/null && [ ! -e "$WINEPREFIX/.wine-copyfile2" ]
}

setup()
{
    begin_kind server $1
    WINE=$work/wine busy=
    export WINE WINEPREFIX
    head -c 300000 /dev/zero >source
}

for target in $PE_TARGETS; do
    setup $target
    check "$bits: builds" "$cc" -municode -D_WIN32_WINNT=0x0602 -static-libgcc -o copier.exe \
        "$srcdir/tests/programs/stock_progress.c" -lkernel32
    if ! kind_starts; then
        skip "$bits: a server that is in use" "no $bits Wine"
        continue
    fi
    test_living_server
    check "$bits: run makes a prefix, and counts at once" test_first_run
    check "$bits: run is not ready when the program would get Wine's" says_not_ready run copier.exe source destination
    check "$bits: enable neither" says_not_ready enable
    tap_tidy
done
tap_done
