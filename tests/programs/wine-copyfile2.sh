#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests the commands of wine-copyfile2, what it notices, and that it undoes all it does.

. "$srcdir/tests/programs/tool_helpers.sh"

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
check "an empty prefix" says 'WINEPREFIX is empty' env WINEPREFIX= "$tool" run x.exe
broken="$work/two
lines"
mkdir -p "$broken" && cp wine "$broken/wine"
cp -a "$builddir/stage" "$broken/stage" && cp -a "$builddir/stage" "$work/with:colon"
check "a line break in WINEPREFIX" says 'WINEPREFIX holds a line break' env WINEPREFIX="$broken" "$tool" run x.exe
check "a line break in HOME" says 'holds a line break' env -u WINEPREFIX HOME="$broken" "$tool" run x.exe
check "a line break in WINE" says 'path of Wine holds a line break' env WINE="$broken/wine" "$tool" run x.exe
check "a line break in PATH" says 'path of Wine holds a line break' env -u WINE PATH="$broken:$PATH" "$tool" enable
check "a line break in WINELOADER" says 'WINELOADER holds a line break' env WINELOADER="$broken/wine" "$tool" run x.exe
check "not a Wine" says 'Wine could not start it' env WINE=/bin/false WINEPREFIX="$work/none" "$tool" run x.exe
check "not a Wine: exit code" exits_with 125 env WINE=/bin/false WINEPREFIX="$work/none" "$tool" run x.exe
check "not a Wine: no prefix is made" test ! -e "$work/none"

# ---- run -------------------------------------------------------------------------------------------------------------

copies "$WINE" copier.exe source destination >/dev/null 2>&1
remember
check "not prepared yet" exits_with 1 "$tool" status
check "status leaves nothing" leaves_nothing
check "disable has nothing to do" disabled_is_as_before
dies_once()
{
    printf '#!/bin/sh\n[ -e "%s/died" ] || { touch "%s/died"; exit 1; }\nexec "%s" "$@"\n' "$work" "$work" "$WINE" \
        >"$work/wine_dies"
    chmod +x "$work/wine_dies" && WINE=$work/wine_dies "$tool" enable && [ -e "$work/died" ] && "$tool" disable
}
check "Wine dies without a word, once" dies_once
check "and all is undone" disabled_is_as_before
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
# In WINEDLLPATH a path with a colon is two folders.
colon_is_told()
{
    "$work/with:colon/bin/wine-copyfile2" env >variables 2>errors && grep -q 'with:colon.* holds a colon' errors &&
        ! grep WINEDLLPATH variables && copies "$work/with:colon/bin/wine-copyfile2" run copier.exe source destination
}
check "a colon in the path of our DLL" colon_is_told
line_break_is_told()
{
    says 'holds a line break' "$broken/stage/bin/wine-copyfile2" run copier.exe source destination
}
check "a line break in the path of our DLL" line_break_is_told
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
# all_is_told LINES COMMAND...: answers whether so many lines on standard error say that --all still holds, and nothing
# else is told
all_is_told()
{
    lines=$1
    shift
    "$tool" "$@" >/dev/null 2>errors || return 1
    cat errors
    [ "$(grep -c 'all was given before and still holds' errors)" = "$lines" ] &&
        [ "$(grep -c '^wine-copyfile2:' errors)" = "$lines" ]
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
check "without --all, nothing is told" all_is_told 0 run cmd /c exit 0
check "env --all" chosen_by env --all
check "again without it" chosen_by env
check "a refresh keeps it" refresh_keeps_all
check "disable undoes it" disabled_is_as_before
check "run --all" chosen_by run --all -- cmd /c exit 0
check "run --all tells nothing" all_is_told 0 run --all cmd /c exit 0
check "a later run tells" all_is_told 1 run cmd /c exit 0
check "a later env tells" all_is_told 1 env
check "a later enable tells" all_is_told 1 enable
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

# ---- losses ----------------------------------------------------------------------------------------------------------

# go_to FOLDER: makes this folder the prefix. A server that stays saves the start of one for each program.
go_to()
{
    WINEPREFIX=$1 ours=$1/.wine-copyfile2 system32=$1/drive_c/windows/system32
    $wineserver -p20 >/dev/null 2>&1
}

# copy_as FOLDER: copies the prefix without our folder. Wine writes a registry file with two names in place, so these
# files are no links.
copy_as()
{
    $wineserver -k
    mkdir "$1" && cp -al "$WINEPREFIX"/[!.]* "$1" &&
        cp -p --remove-destination "$WINEPREFIX"/*.reg "$WINEPREFIX/.update-timestamp" "$1"
}

# step NAME: lets this happen to the prefix
step()
{
    case $1 in
        run) "$tool" env >/dev/null ;;
        enable) "$tool" enable ;;
        copy) copy_as "$lost/copy" && go_to "$lost/copy" ;;
        copy_bare) step copy && rm "$lost/copy/.update-timestamp" ;; # Wine makes the prefix complete again
        copy_all) copy_as "$lost/copy" && cp -a "$ours" "$lost/copy" && go_to "$lost/copy" ;;
        move) $wineserver -k; mv "$WINEPREFIX" "$lost/moved" && go_to "$lost/moved" ;;
        lose) rm -r "$ours" ;;
        lose_originals) rm "$ours"/sys* ;;
        damage_originals) for dll in "$ours"/sys*.dll; do echo >"$dll.new" && mv "$dll.new" "$dll" || return 1; done ;;
        lose_dlls) rm "$system32/kernel32.dll" "$system32/copyfile2.dll" ;;
    esac
}

is_plain()
{
    plain_wine_works && leaves_nothing && ! grep -lq cf2exp "$system32"/kernel*.dll &&
        ! "$WINE" reg query "$overrides" 2>&1 | grep '^ *kernel.*native,builtin'
}

# survives STEP...: takes these steps on a new prefix, and then disables. Answers whether plain Wine works then, and
# nothing is ours.
survives()
{
    (
        lost=$work/lost
        rm -rf "$lost"
        mkdir "$lost" && copy_as "$lost/first" || exit 1
        go_to "$lost/first"
        for name; do
            step $name || { echo "$name fails"; exit 1; }
        done
        "$tool" disable && is_plain
        result=$?
        $wineserver -k
        exit $result
    )
}
for loss in copy copy_all move lose lose_originals damage_originals lose_dlls; do
    for steps in "run $loss" "enable $loss" "enable $loss enable"; do
        check "$steps, and disable" survives $steps
    done
done
check "enable copy_bare run, and disable" survives enable copy_bare run
check "run copy enable, and disable" survives run copy enable
check "enable copy enable lose enable lose_originals run, and disable" \
    survives enable copy enable lose enable lose_originals run

# Two prefixes have the same system32; the tool changes it for the first one alone.
shared()
{
    (
        rm -rf "$work/lost"
        mkdir "$work/lost" && copy_as "$work/lost/second" && rm -r "$work/lost/second/drive_c/windows/system32" &&
            ln -s "$system32" "$work/lost/second/drive_c/windows/system32" && "$tool" enable || exit 1
        go_to "$work/lost/second"
        says 'is a link out of the prefix' "$tool" enable && says 'is a link out of the prefix' "$tool" run x.exe &&
            "$tool" disable && [ ! -e "$ours" ]
    ) && is_ready && "$tool" disable && plain_wine_works
}
check "a system32 that belongs to another prefix" shared
rm -rf "$work/lost"
tap_done
