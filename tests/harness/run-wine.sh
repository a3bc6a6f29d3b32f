#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs a Windows test program under Wine, with the DLL that was built beside it.
#   run-wine.sh PROGRAM.exe
#   run-wine.sh --end       ends the Wine servers of the test prefixes

: "${builddir:=$PWD}" "${srcdir:=.}"

if [ "$1" = --end ]; then
    for prefix in "$builddir"/tests/work/prefix*/; do
        [ -d "$prefix" ] || continue
        WINEPREFIX=${prefix%/} sh "$srcdir/tests/harness/wineserver.sh" "${WINE:-wine}" -k 2>/dev/null
    done
    exit 0
fi

. "$srcdir/tests/harness/tap.sh"

program=$(realpath "$1")
target=${program%/tests/*}
target=${target##*/}
if [ "$target" = i386-windows ] && [ -n "$WINE32" ]; then
    WINE=$WINE32
    prefix_suffix=32
fi
[ -n "$WINE" ] || skip_all "no Wine"

# A full disk must be a real one. So it is a small file system that only this program and a Wine server of its own see,
# and that goes with them. Root can make one; other users may name one in COPYFILE2_TEST_TINY, as a Windows path.
tiny=$builddir/tests/work/tiny-$target
if [ "$(basename "$program" .exe)" = full ]; then
    prefix_suffix=${prefix_suffix-}-full${COPYFILE2_BACKEND:+-$COPYFILE2_BACKEND}
    if [ -z "${COPYFILE2_TEST_TINY-}" ] && unshare --mount true 2>/dev/null; then
        mkdir -p "$tiny"
        COPYFILE2_TEST_TINY=Z:$tiny
        export COPYFILE2_TEST_TINY
        exec unshare --mount sh -c 'mount -t tmpfs -o size=1m tiny "$1" && exec sh "$2" "$3"' sh "$tiny" "$0" "$1"
    fi
fi
. "$srcdir/tests/harness/prefix.sh"

# The server opens the files, and one that an earlier run left behind would see that run's small file system.
case ${prefix_suffix-} in
    *-full*) $wineserver -k -w >/dev/null 2>&1 ;;
esac

# The output goes into a file first. The program may happen to start a process of Wine's own, which keeps what it
# inherits. A reader of a pipe would wait for that process.
output=$builddir/tests/work/$target-$(basename "$program" .exe)${COPYFILE2_BACKEND:+-$COPYFILE2_BACKEND}.output

# Debian's 64-bit Wine 8.0 is not able to start a 32-bit program, and exits with 0 all the same.
if [ "$target" = i386-windows ]; then
    wine_run "$program" --probe >"$output" 2>&1
    grep -q '^started' "$output" || skip_all "no 32-bit Wine"
fi

COPYFILE2_TEST_DLL=$(windows_path "$builddir/$target/copyfile2.dll")
export COPYFILE2_TEST_DLL
wine_run_into "$output" "$program"
status=$?
cat "$output"
# At the end of a program an assertion of glibc 2.36 ends Wine 8.0 once in a thousand runs. The test driver sees whether
# the output is complete.
if [ $status = 127 ] && grep -q '^Inconsistency detected by ld.so: dl-fini.c' "$output"; then status=0; fi
exit $status
