# SPDX-License-Identifier: MIT
# The tests of wine-copyfile2 source this file. They begin in a folder of their own, with a Wine prefix of their own.

. "$srcdir/tests/harness/tap.sh"

tool=$builddir/stage/bin/wine-copyfile2
work=$builddir/tests/work/$(basename "$0" .sh)

[ -n "$WINE" ] || skip_all "no Wine"
[ -x "$tool" ] || skip_all "wine-copyfile2 was not built"
case $PE_TARGETS in
    *x86_64-*) cc=$PE64_CC ;;
    *) skip_all "no compiler for the 64-bit programs that are started here" ;;
esac

rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 99
: "${prefix_suffix:=-tool}"
. "$srcdir/tests/harness/prefix.sh"
# The tool names our folder itself, and a prefix that is made with WINEDLLPATH set would hold our DLL already.
unset WINEDLLPATH
WINEDLLOVERRIDES="$WINEDLLOVERRIDES;winedbg.exe=d"
ours=$WINEPREFIX/.wine-copyfile2
system32=$WINEPREFIX/drive_c/windows/system32
recorded=$ours/files

# ./wine is a command that can be touched, and that counts its starts.
printf '#!/bin/sh\necho started >>"%s/starts"\nexec %s "$@"\n' "$work" "$WINE" >wine
chmod +x wine
WINE=$work/wine
export WINE

"$cc" -municode -D_WIN32_WINNT=0x0602 -static-libgcc -o copier.exe "$srcdir/tests/programs/stock_progress.c" \
    -lkernel32 || exit 99
head -c 300000 /dev/zero >source
if [ -e "$WINEPREFIX" ]; then
    $wineserver -k 2>/dev/null
    rm -rf "$WINEPREFIX"
fi
prefix_make

# ---- helpers ---------------------------------------------------------------------------------------------------------

# tree: prints everything in the prefix: kind, mode, size, time of change, target, contents. Left out are Wine's
# registry files, and dosdevices, where Wine makes the links to serial ports anew each time. So are the *.pnf. A service
# of Wine's writes those when it finds a device for the first time, which may be after the prefix was made.
tree()
{
    (
        cd "$WINEPREFIX" || exit 1
        find . ! -name '*.reg' ! -name '*.pnf' ! -path './dosdevices/*' ! -name made ! -name .update-timestamp \
            ! -type d -printf '%p %y %m %s %T@ %l\n' | LC_ALL=C sort
        find . -type d -printf '%p %m\n' | LC_ALL=C sort
        md5sum drive_c/windows/sys*/kernel32.dll drive_c/windows/sys*/kernelbase.dll
    )
}

# registry: prints the registry, without the keys that live only as long as a wineserver.
registry()
{
    rm -f registry.reg
    "$WINE" reg export HKCU registry.reg /y >/dev/null &&
        tr -d '\000\r' <registry.reg | awk '/^\[/ { temporary = /Temporary System Parameters/ } !temporary'
}

remember()
{
    tree >tree.before
    registry >registry.before
}

is_as_before()
{
    registry >registry.after
    tree >tree.after
    diff tree.before tree.after && diff -a registry.before registry.after
}

# says TEXT COMMAND...: answers whether the command fails with this text on standard error, and nothing on standard
# output
says()
{
    text=$1
    shift
    output=$("$@" 2>errors)
    code=$?
    echo "exit code $code, output \"$output\"; errors:"
    cat errors
    [ "$code" != 0 ] && [ -z "$output" ] && grep -q -e "$text" errors
}

exits_with()
{
    wanted=$1
    shift
    "$@" >exits.output 2>&1
    code=$?
    [ "$code" = "$wanted" ] || { echo "exit code $code"; cat exits.output; return 1; }
}

# One start of Wine 8.0 in some hundreds fails by itself, without a word or with an internal error of ShellExecuteEx.
# A prefix that is broken fails each time, so a second start tells the two apart.
starts_plainly()
{
    exits_with 5 timeout 120 "$WINE" cmd /c exit 5
}
plain_wine_works()
{
    starts_plainly || starts_plainly
}

copies()
{
    rm -f destination
    timeout 120 "$@" && cmp source destination
}

is_ready()
{
    "$tool" status | grep -q '^state: ready$'
}

is_stale()
{
    "$tool" status >status.text
    [ $? = 1 ] && grep -q "^state: stale: .*$1" status.text || { cat status.text; return 1; }
}

leaves_nothing()
{
    [ ! -e "$ours" ] && [ ! -e "$system32/copyfile2.dll" ] && [ -z "$(find "$WINEPREFIX" -name '*wine-copyfile2*')" ]
}

disabled_is_as_before()
{
    "$tool" disable && leaves_nothing && is_as_before
}
