#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests wine-copyfile2 when it is stopped at any step, when it runs several times at once, and in odd prefixes.

prefix_suffix=-tool-stopped
. "$srcdir/tests/programs/tool_helpers.sh"

copies "$WINE" copier.exe source destination >/dev/null 2>&1
remember

# ---- stopped at any step ---------------------------------------------------------------------------------------------

# killed_at CALL NUMBER COMMAND: answers whether the process was killed, which its NUMBER-th such call does
killed_at()
{
    strace -qq -o trace -e trace="$1" -e inject="$1:signal=KILL:when=$2" "$tool" "$3" >/dev/null 2>errors
    code=$?
    [ $code = 137 ]
}

# stopped COMMAND BEFORE [go-on]: stops the command at each call that changes a file, one after the other. The command
# BEFORE runs in between; with go-on each one goes on from where the last one was stopped.
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

# killed_anywhere: the command is stopped not only at its calls, but also while Wine runs.
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

# linked: a DLL of the prefix is a link into Wine's installation, as Proton makes them.
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

# refuses_link LINK: answers whether the tool refuses when a link that leads nowhere lies where it would lock the prefix
refuses_link()
{
    mkdir -p "$(dirname "$1")" && ln -s nowhere/there "$1" || return 1
    for command in 'run x.exe' enable disable env; do
        says 'has to be a folder' timeout 20 "$tool" $command || return 1
    done
    rm -r "$ours"
}
check "a link instead of our folder" refuses_link "$ours"
check "a link instead of the lock" refuses_link "$ours/lock"

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
