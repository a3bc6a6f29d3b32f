#!/bin/sh
# wine-copyfile2: its commands, what it leaves behind when it is stopped at any step, and that it undoes all it does.

. "$srcdir/tests/harness/tap.sh"

tool=$builddir/stage/bin/wine-copyfile2
work=$builddir/tests/work/wine-copyfile2

[ -n "$WINE" ] || skip_all "no Wine"
[ -x "$tool" ] || skip_all "wine-copyfile2 was not built"
case $PE_TARGETS in
    *x86_64-*) cc=$PE64_CC ;;
    *) skip_all "no compiler for the 64-bit programs that are started here" ;;
esac

rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 99
prefix_suffix=-tool
. "$srcdir/tests/harness/prefix.sh"
# the tool names our folder itself; a prefix made with it named would hold our DLL already
unset WINEDLLPATH
WINEDLLOVERRIDES="$WINEDLLOVERRIDES;winedbg.exe=d"
ours=$WINEPREFIX/.wine-copyfile2
system32=$WINEPREFIX/drive_c/windows/system32
recorded=$ours/files

# A command that can be touched, and that counts its starts.
printf '#!/bin/sh\necho started >>"%s/starts"\nexec %s "$@"\n' "$work" "$WINE" >wine
chmod +x wine
WINE=$work/wine
export WINE

"$cc" -municode -D_WIN32_WINNT=0x0602 -static-libgcc -o copier.exe "$srcdir/tests/programs/stock_progress.c" \
    -lkernel32 || exit 99
head -c 300000 /dev/zero >source
if [ -e "$WINEPREFIX" ]; then
    wineserver -k 2>/dev/null
    rm -rf "$WINEPREFIX"
fi
prefix_make

# ---- helpers ---------------------------------------------------------------------------------------------------------

# Everything in the prefix: kind, mode, size, time of change, target, contents. Not Wine's registry files, nor
# dosdevices, where Wine makes the links to serial ports anew each time.
tree()
{
    (
        cd "$WINEPREFIX" || exit 1
        find . ! -name '*.reg' ! -path './dosdevices/*' ! -name made ! -name .update-timestamp ! -type d \
            -printf '%p %y %m %s %T@ %l\n' | LC_ALL=C sort
        find . -type d -printf '%p %m\n' | LC_ALL=C sort
        md5sum drive_c/windows/sys*/kernel32.dll drive_c/windows/sys*/kernelbase.dll
    )
}

# Without the keys that live only as long as a wineserver.
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

# says TEXT COMMAND...: fails, with this text on standard error and nothing on standard output
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
    "$@" >/dev/null 2>&1
    code=$?
    [ "$code" = "$wanted" ] || { echo "exit code $code"; return 1; }
}

plain_wine_works()
{
    exits_with 5 timeout 120 "$WINE" cmd /c exit 5
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

# ---- words -----------------------------------------------------------------------------------------------------------

help_is_printed()
{
    "$tool" --help | grep -q '^Usage: wine-copyfile2 run' && "$tool" --version | grep -q '^wine-copyfile2 [0-9]'
}
check "help and version" help_is_printed
check "no command" exits_with 2 "$tool"
check "an unknown command" exits_with 2 "$tool" frobnicate
check "nothing to run" exits_with 2 "$tool" run --
check "too many arguments" exits_with 2 "$tool" status now
check "--all where there is nothing to choose" exits_with 2 "$tool" status --all
check "--all and nothing to run" exits_with 2 "$tool" run --all --
check "no Wine at WINE" says 'WINE=/nowhere/wine: there is no such program' env WINE=/nowhere/wine "$tool" run x.exe
check "no Wine: exit code" exits_with 127 env WINE=/nowhere/wine "$tool" run x.exe
check "no Wine in PATH" says 'cannot find Wine' env -u WINE -u WINELOADER PATH=/nowhere "$tool" enable
check "a relative prefix" says 'has to start with /' env WINEPREFIX=here "$tool" run x.exe
check "not a Wine" says 'Wine could not start it' env WINE=/bin/false WINEPREFIX="$work/none" "$tool" run x.exe
check "not a Wine: exit code" exits_with 125 env WINE=/bin/false WINEPREFIX="$work/none" "$tool" run x.exe
check "not a Wine: no prefix is made" test ! -e "$work/none"

# ---- run -------------------------------------------------------------------------------------------------------------

copies "$WINE" copier.exe source destination >/dev/null 2>&1
remember
check "not prepared yet" exits_with 1 "$tool" status
check "status leaves nothing" leaves_nothing
check "disable has nothing to do" disabled_is_as_before
check "run prepares" copies "$tool" run copier.exe source destination
check "it is ready then" is_ready
check "exit code" exits_with 7 "$tool" run cmd /c exit 7

printf '@set /p line=\r\n@echo got %%line%%\r\n' >read.bat
stdin_passes()
{
    [ "$(printf 'a word\n' | "$tool" run cmd /c read.bat | tr -d '\r')" = "got a word" ]
}
check "standard input and output" stdin_passes
closed_stdin_passes()
{
    exits_with 7 "$tool" run cmd /c exit 7 <&-
}
check "closed standard input" closed_stdin_passes

starts_once()
{
    stat -c %y "$recorded" "$system32/kernel32.dll" >times.before
    rm -f starts
    exits_with 0 "$tool" run cmd /c exit 0 && [ "$(wc -l <starts)" = 1 ] || return 1
    stat -c %y "$recorded" "$system32/kernel32.dll" | cmp - times.before
}
check "a prepared prefix is not touched, Wine starts once" starts_once

overrides_of()
{
    "$tool" run cmd /c 'echo %WINEDLLOVERRIDES%' | tr -d '\r'
}
overrides_stay()
{
    [ "$(WINEDLLOVERRIDES='foo=n' overrides_of)" = 'kernel32,kernelbase=n,b;foo=n' ] &&
        [ "$(WINEDLLOVERRIDES='kernel32,kernelbase=n,b;foo=n' overrides_of)" = 'kernel32,kernelbase=n,b;foo=n' ]
}
check "the user's overrides stay" overrides_stay

env_works()
{
    copies sh -c 'eval "$("$1" env)" && "$WINE" copier.exe source destination' sh "$tool"
}
check "env" env_works
plain_is_plain()
{
    ! copies "$WINE" copier.exe source destination && plain_wine_works
}
check "plain Wine stays as it is" plain_is_plain
check "disable undoes run" disabled_is_as_before

# ---- enable ----------------------------------------------------------------------------------------------------------

enable_works()
{
    "$tool" enable && copies "$WINE" copier.exe source destination && "$tool" status | grep -q 'all programs: yes'
}
check "enable" enable_works
check "enable again" enable_works
check "disable undoes enable" disabled_is_as_before
check "disable again" disabled_is_as_before

overrides=HKCU\\Software\\Wine\\DllOverrides
value()
{
    "$WINE" reg query "$overrides" /v "$1" | tr -d '\r' | awk -v name="$1" '$1 == name { print $3 }'
}
old_values_return()
{
    "$WINE" reg add "$overrides" /v kernel32 /d builtin /f && "$tool" enable && "$tool" disable &&
        [ "$(value kernel32)" = builtin ] && [ -z "$(value kernelbase)" ]
}
check "values of the user return" old_values_return
new_values_stay()
{
    "$tool" enable && "$WINE" reg add "$overrides" /v kernelbase /d builtin,native /f && "$tool" disable &&
        [ "$(value kernel32)" = builtin ] && [ "$(value kernelbase)" = builtin,native ]
}
check "values that the user changes stay" new_values_stay
"$WINE" reg delete "$overrides" /v kernel32 /f >/dev/null
"$WINE" reg delete "$overrides" /v kernelbase /f >/dev/null
check "the registry is as it was" is_as_before

# ---- the choice ------------------------------------------------------------------------------------------------------

functions()
{
    "$tool" status | sed -n 's/^functions: //p'
}
has_all()
{
    functions | grep -q 'CopyFileEx.*MoveFileWithProgress' && is_ready || { "$tool" status; return 1; }
}
has_copyfile2()
{
    [ "$(functions)" = CopyFile2 ] && is_ready || { "$tool" status; return 1; }
}
chosen_by()
{
    "$tool" "$@" >/dev/null && has_all
}
refresh_keeps_all()
{
    touch "$WINE"
    is_stale "$WINE has changed" && copies "$tool" run copier.exe source destination && has_all
}
"$tool" env >/dev/null
check "without --all, CopyFile2" has_copyfile2
check "env --all" chosen_by env --all
check "again without it" chosen_by env
check "a refresh keeps it" refresh_keeps_all
check "disable undoes it" disabled_is_as_before
check "run --all" chosen_by run --all -- cmd /c exit 0
check "disable undoes it" disabled_is_as_before
check "enable --all" chosen_by enable --all
check "disable undoes it" disabled_is_as_before
"$tool" env >/dev/null
check "CopyFile2 again" has_copyfile2
"$tool" disable

# ---- changes ---------------------------------------------------------------------------------------------------------

refreshes()
{
    is_stale "$1" && copies "$tool" run copier.exe source destination && is_ready
}
"$tool" env >/dev/null
touch "$WINE"
check "Wine's command changes" refreshes "$WINE has changed"
sed -i '/^source.*kernelbase/s/^source \([0-9]*\) [0-9]*/source \1 1/' "$recorded"
check "Wine's DLL changes" refreshes 'kernelbase.dll has changed'
cp -p "$ours/system32-kernel32.dll" "$system32/kernel32.dll"
check "somebody puts Wine's DLL back" refreshes 'kernel32.dll has changed'
rm "$system32/copyfile2.dll"
check "somebody removes our DLL" refreshes 'copyfile2.dll is gone'
cp wine other-wine
other_wine()
{
    WINE=$work/other-wine refreshes 'another command' && is_stale 'another command'
}
check "another Wine in the same prefix" other_wine
echo rubbish >"$recorded"
check "a record that cannot be read" copies "$tool" run copier.exe source destination
damaged()
{
    touch -r "$system32/kernel32.dll" stamp &&
        printf x | dd of="$system32/kernel32.dll" bs=1 seek=70000 conv=notrunc 2>/dev/null &&
        touch -r stamp "$system32/kernel32.dll" && is_stale 'kernel32.dll has changed'
}
check "damage that only the contents show" damaged
check "disable after all of this" disabled_is_as_before

# ---- stopped at any step ---------------------------------------------------------------------------------------------

# killed_at CALL NUMBER COMMAND: the number-th such call is the last one of the process
killed_at()
{
    strace -qq -o trace -e trace="$1" -e inject="$1:signal=KILL:when=$2" "$tool" "$3" >/dev/null 2>errors
    code=$?
    [ $code = 137 ]
}

# stopped COMMAND BEFORE [go-on]: at each call that changes a file, one after the other, with the command BEFORE in
# between; or each going on from where the last one was stopped.
stopped()
{
    steps=0
    for call in mkdir fchmod fsync linkat rename unlink rmdir; do
        number=1
        "$tool" "$2" >/dev/null || return 1
        while killed_at $call $number "$1"; do
            plain_wine_works || { echo "plain Wine fails, stopped at $call $number"; return 1; }
            [ "$3" ] || "$tool" "$2" >/dev/null || { echo "$2 fails, stopped at $call $number"; return 1; }
            number=$((number + 1)) steps=$((steps + 1))
        done
        [ $code = 0 ] || { echo "exit code $code"; cat errors; return 1; }
    done
    echo "# $1: stopped at $steps calls" >>steps
    [ "$steps" -gt 10 ]
}

if command -v strace >/dev/null && strace -qq -o /dev/null true 2>/dev/null; then
    check "preparing is stopped at every step" stopped env disable
    check "and works then" copies "$tool" run copier.exe source destination
    check "and is undone" disabled_is_as_before
    check "enabling is stopped at every step" stopped enable disable
    check "and is undone" disabled_is_as_before
    check "disabling is stopped at every step" stopped disable enable
    check "and is undone" disabled_is_as_before
    check "enabling is stopped at every step, going on from there" stopped enable disable go-on
    check "and is undone" disabled_is_as_before
    cat steps
else
    skip "stopped at every step" "no strace that works here"
fi

# Not only between calls; while Wine runs, too.
killed_anywhere()
{
    for hundredths in 00 01 02 04 06 08 10 15 20 30 40; do
        timeout -s KILL "0.$hundredths" "$tool" enable
        plain_wine_works || return 1
        "$tool" disable || return 1
    done
}
check "stopped at any time" killed_anywhere
check "and is undone" disabled_is_as_before

# ---- at once ---------------------------------------------------------------------------------------------------------

at_once()
{
    for i in 1 2 3 4; do
        (timeout 120 "$tool" run copier.exe source "destination$i" >"log$i" 2>&1; echo $? >"code$i") &
    done
    wait
    for i in 1 2 3 4; do
        [ "$(cat "code$i")" = 0 ] && cmp source "destination$i" || { cat "log$i"; return 1; }
    done
}
check "four runs at once" at_once
check "and are undone" disabled_is_as_before
made_at_once()
{
    (
        WINEPREFIX=$work/new
        at_once
    )
}
check "four runs at once make a new prefix" made_at_once
mixed()
{
    for i in 1 2 3 4 5 6; do
        "$tool" enable & "$tool" disable & "$tool" env >/dev/null &
        wait
    done
    plain_wine_works
}
check "enable, disable and env at once" mixed
check "and are undone" disabled_is_as_before

# ---- odd prefixes ----------------------------------------------------------------------------------------------------

strange_name()
{
    mkdir -p "$work/it's a \"prefix\"" && cp -a "$WINEPREFIX/." "$work/it's a \"prefix\"" || return 1
    (
        WINEPREFIX="$work/it's a \"prefix\""
        copies "$tool" run copier.exe source destination && "$tool" disable
    )
}
check "a name with blanks and quotes" strange_name

# A prefix whose DLLs are links into Wine's installation, as Proton makes them.
linked()
{
    installed=$(sed -n 's/^source.* \(\/.*kernel32\.dll\)$/\1/p' "$recorded" | head -n 1)
    "$tool" disable
    ln -sf "$installed" "$system32/kernel32.dll"
    sum=$(md5sum <"$installed")
    copies "$tool" run copier.exe source destination && [ ! -L "$system32/kernel32.dll" ] && "$tool" disable &&
        [ "$(readlink "$system32/kernel32.dll")" = "$installed" ] && [ "$(md5sum <"$installed")" = "$sum" ]
}
"$tool" env >/dev/null
cp -p "$ours/system32-kernel32.dll" kept.dll
check "links into Wine's installation" linked
rm "$system32/kernel32.dll"
cp -p kept.dll "$system32/kernel32.dll"

refused_cleanly()
{
    says "$1" "$tool" run copier.exe source destination && [ ! -e "$WINEPREFIX/.wine-copyfile2" ]
}
other_architecture()
{
    (
        WINEPREFIX=$work/narrow WINEARCH=win32
        export WINEARCH
        copies "$tool" run cmd /c copy /y source destination && exit
        refused_cleanly 'cannot be prepared'
    )
}
check "WINEARCH=win32: works, or says why not" other_architecture
wrong_architecture()
{
    (
        WINEARCH=win32
        export WINEARCH
        refused_cleanly 'cannot be prepared'
    )
}
check "WINEARCH=win32 for a 64-bit prefix" wrong_architecture

read_only_is_refused()
{
    says 'cannot be written: Read-only file system' unshare -m sh -c \
        'mount --bind "$WINEPREFIX" "$WINEPREFIX" && mount -o remount,bind,ro "$WINEPREFIX" && exec "$@"' \
        sh "$tool" run copier.exe source destination
}
read_only_works()
{
    "$tool" env >/dev/null && copies unshare -m sh -c \
        'mount --bind "$WINEPREFIX" "$WINEPREFIX" && mount -o remount,bind,ro "$WINEPREFIX" && exec "$@"' \
        sh "$tool" run copier.exe source destination
}
belongs_to_another()
{
    mkdir -p another && chown 65534 another &&
        says 'belongs to another user' env WINEPREFIX="$work/another" "$tool" enable
}
if unshare -m true 2>/dev/null && [ "$(id -u)" = 0 ]; then
    check "a read-only prefix" read_only_is_refused
    check "a read-only prefix that is prepared" read_only_works
    check "a prefix of another user" belongs_to_another
else
    skip "a read-only prefix" "needs root"
    skip "a read-only prefix that is prepared" "needs root"
    skip "a prefix of another user" "needs root"
fi
check "and all is undone" disabled_is_as_before
tap_done
