#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs programs that know nothing of us (stock_*.c), unchanged. Under plain Wine they abort or see no progress; started
# by wine-copyfile2 they work. They do so however they import CopyFile2, and however they are started.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/programs/kinds.sh"

tool=$builddir/stage/bin/wine-copyfile2
programs="progress stl python identity lookup"
dlls="kernel32 kernelbase api-ms-win-core-file-l2-1-0 api-ms-win-core-file-l2-1-1 api-ms-win-core-file-l2-1-2
api-ms-win-core-file-l2-1-3 api-ms-win-core-file-l2-1-4"

[ -n "$WINE" ] || skip_all "no Wine"
[ -x "$tool" ] || skip_all "wine-copyfile2 was not built"

# build COMPILER PROGRAM OUTPUT FLAG...
build()
{
    compiler=$1 program=$2 output=$3
    shift 3
    case $program in
        stl) entry= ;;
        *) entry=-municode ;;
    esac
    $compiler -Wall $PE_WERROR -Wno-missing-field-initializers -D_WIN32_WINNT=0x0602 $entry -static-libgcc \
        -o "$output" "$srcdir/tests/programs/stock_$program.c" "$@" -lkernel32
}

# import_library OUTPUT DLL FUNCTION OPTION: makes an import library, an ordinary (-l) or a delayed one (-y)
import_library()
{
    printf 'LIBRARY %s.dll\nEXPORTS\n%s\n' "$2" "$3" >"$2.def"
    $dlltool --kill-at --temp-prefix "$2-" -d "$2.def" "$4" "$1"
}

# dlltool's delayed imports crash in 32-bit programs, whatever the function. So another function tells, under plain
# Wine.
makes_delayed_imports()
{
    printf '#include <windows.h>\nint main( void ) { return !GetTickCount(); }\n' >control.c
    import_library libcontrol.a kernel32 "GetTickCount$no_arguments" -y &&
        import_library libdelayed.a kernel32 "$function" -y && $cc -o control.exe control.c libcontrol.a -ldelayimp &&
        plain control.exe
}

imports()
{
    $objdump -p "$1" | grep -q -i "DLL Name: $2.dll"
}

# plain PROGRAM [ARG...]: runs a program under plain Wine, and ends with its exit code
plain()
{
    timeout --foreground 120 "$wine_command" "$@" </dev/null
}

run()
{
    WINE=$wine_command timeout --foreground 300 "$tool" run "$@"
}

copied()
{
    cmp source "$1" && rm -f "$1"
}

works()
{
    destination=$1
    shift
    run "$@" && copied "$destination"
}

# The program itself ends with the exit code 3 when it saw no progress. A function that is missing ends it with another.
fails_plainly()
{
    plain "$@"
    code=$?
    if [ "$has_own" ]; then [ "$code" = 3 ]; else [ "$code" != 0 ]; fi
}

in_version()
{
    plain reg add 'HKCU\Software\Wine' /v Version /d "$1" /f && works v progress.exe source v
}

arguments_of()
{
    case $1 in
        stl) ;;
        lookup) echo source to-$1 $(printf '%s.dll ' $dlls) ;;
        *) echo source to-$1 ;;
    esac
}

test_programs()
{
    for program in $programs; do
        set -- $(arguments_of $program)
        if [ "$has_own" ] && { [ $program = stl ] || [ $program = python ]; }; then
            skip "$bits: $program fails under plain Wine" "this Wine has a CopyFile2, and the program wants no progress"
        else
            check "$bits: $program fails under plain Wine" fails_plainly $program.exe "$@"
        fi
        rm -f to-* link-to
        case $program in
            stl) check "$bits: $program works" run $program.exe ;;
            python)
                check "$bits: $program works" works to-python python.exe source to-python link link-to
                check "$bits: python's child works" copied to-python.child
                check "$bits: python's link is copied" cmp source link-to
                ;;
            *) check "$bits: $program works" works to-$program $program.exe "$@" ;;
        esac
    done
}

test_imports()
{
    for dll in $dlls; do
        check "$bits: builds with $dll" import_library lib$dll.a $dll $function -l
        check "$bits: imports $dll" build "$cc" progress import-$dll.exe lib$dll.a
        check "$bits: really imports $dll" imports import-$dll.exe $dll
        check "$bits: works by $dll" works d import-$dll.exe source d
    done
    if makes_delayed_imports >/dev/null 2>&1; then
        check "$bits: builds with a delayed import" build "$cc" progress delayed.exe libdelayed.a -ldelayimp
        check "$bits: works by a delayed import" works d delayed.exe source d
    else
        skip "$bits: works by a delayed import" "this toolchain's delayed imports do not work"
    fi
}

test_starts()
{
    printf 'progress.exe source d\r\nexit /b %%errorlevel%%\r\n' >job.bat
    check "$bits: from cmd.exe" works d cmd /c progress.exe source d
    check "$bits: from a batch file" works d cmd /c job.bat
    check "$bits: from a batch file itself" works d job.bat
    check "$bits: from start" works d start /wait /b progress.exe source d
    check "$bits: with -- and a path" works d -- "$PWD/progress.exe" source d
    check "$bits: Windows 7" in_version win7
    check "$bits: Windows 10" in_version win10
}

setup()
{
    begin_kind stock $1
    case $1 in
        x86_64-*) objdump=$PE64_OBJDUMP function=CopyFile2 no_arguments= ;;
        *) objdump=$PE32_OBJDUMP function=CopyFile2@12 no_arguments=@0 ;;
    esac
    # Before "objdump" stands nothing, or a path and a prefix, as in x86_64-w64-mingw32-objdump.
    dlltool=${objdump%objdump}dlltool
    wine_command=$work/wine
    head -c 2500000 "$(command -v sh)" /dev/zero | head -c 2500000 >source
    ln -s source link
}

for target in $PE_TARGETS; do
    setup $target
    for program in $programs; do
        check "$bits: $program builds" build "$cc" $program $program.exe
    done
    found=$(plain lookup.exe source d kernel32.dll 2>/dev/null)
    case $found in
        *"no CopyFile2"*) has_own= ;;
        *kernel32*) has_own=1 ;;
        *)
            skip "$bits: stock programs" "no $bits Wine"
            continue
            ;;
    esac
    test_programs
    test_imports
    test_starts
    tap_tidy
done
tap_done
