#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests that wine-copyfile2 check says the truth about a prefix, and about a file.

prefix_suffix=-tool-check
. "$srcdir/tests/programs/tool_helpers.sh"
. "$srcdir/tests/harness/host_half.sh"

# ---- a file ----------------------------------------------------------------------------------------------------------

dlltool=${PE64_OBJDUMP%objdump}dlltool

# program NAME CODE FLAG...: builds a program NAME.exe whose main is CODE
program()
{
    name=$1
    printf '#include <windows.h>\nint main( void ) { %s }\n' "$2" >"$name.c"
    shift 2
    "$cc" -D_WIN32_WINNT=0x0602 -o "$name.exe" "$name.c" "$@"
}

# tells FILE LINE...: answers whether each line is among what check says about the file; no Wine can be found meanwhile
tells()
{
    file=$1
    shift
    env -u WINE -u WINELOADER -u HOME WINEPREFIX= PATH=/nowhere "$tool" check "$file" >output || return 1
    cat output
    for line; do grep -q -x -F "  $line" output || return 1; done
    head -n 1 output | grep -q "^$file: ..-bit\$"
}
# refuses FILE WHY: answers whether check gives this reason, and says nothing else
refuses()
{
    says "$1: $2" "$tool" check "$1"
}

program small 'return !CopyFile2( L"a", L"b", NULL );'
program large 'return CopyFileW( L"a", L"b", 0 ) && CopyFile2( L"a", L"b", NULL ) && MoveFileExA( "a", "b", 0 );'
program other 'return !GetTickCount();'
program looked 'return !GetProcAddress( GetModuleHandleA( "kernel32" ), "CopyFile2" );'
program linked 'return !CopyFile2( L"a", L"b", NULL );' "$builddir/x86_64-windows/libcopyfile2.dll.a"
program pieces 'return !GetProcAddress( GetModuleHandleA( "kernel32" ), "NoCopyFile2" );'
printf 'LIBRARY kernelbase.dll\nEXPORTS\nCopyFileExW\n' >late.def
"$dlltool" -d late.def -y liblate.a
program late 'return CopyFileExW( L"a", L"b", NULL, NULL, NULL, 0 );' liblate.a -ldelayimp
none='none of our functions'
check "a program that needs run" tells small.exe 'imports: CopyFile2' 'needs: wine-copyfile2 run'
check "one that needs --all" tells large.exe 'imports: CopyFile2, CopyFileW, MoveFileExA' \
    'needs: wine-copyfile2 run --all'
check "one that needs nothing" tells other.exe "imports: $none" "names, and may look up: $none" \
    'needs: nothing that this file shows; the DLLs that it loads may need something'
check "one that is linked with our DLL" tells linked.exe "imports: $none" \
    'needs: nothing, for it is linked with copyfile2.dll; wine-copyfile2 run makes it fast before Wine 11.2'
check "one that looks up the function" tells looked.exe "imports: $none" 'names, and may look up: CopyFile2' \
    'may need: wine-copyfile2 run'
check "a longer name is no name" tells pieces.exe "names, and may look up: $none"
# some binutils put the list of delayed imports into the file, but do not say where it is
if "$PE64_OBJDUMP" -p late.exe | grep -q 'Entry d 0000000000000000 00000000'; then
    check "a delayed import" tells late.exe 'names, and may look up: CopyFileExW' 'may need: wine-copyfile2 run --all'
else
    check "a delayed import" tells late.exe 'imports: CopyFileExW' 'needs: wine-copyfile2 run --all'
fi
case $PE_TARGETS in
    *i386-*)
        cc=$PE32_CC program narrow 'return !CopyFile2( L"a", L"b", NULL );'
        check "a 32-bit program" tells narrow.exe 'imports: CopyFile2' 'needs: wine-copyfile2 run'
        ;;
    *) skip "a 32-bit program" "no compiler for it" ;;
esac
several()
{
    "$tool" check small.exe nothing other.exe >output 2>errors
    code=$?
    [ $code = 1 ] && [ "$(grep -c '^[a-z]*\.exe: 64-bit$' output)" = 2 ] && grep -q 'nothing: No such file' errors
}
check "several files, of which one is missing" several

echo 'no program' >text
: >empty
head -c 3000 small.exe >short
cut()
{
    for size in 1 63 64 130 300 500 700; do
        head -c $size small.exe >piece && "$tool" check piece >output 2>&1
        [ $? = 1 ] && grep -q '^wine-copyfile2: piece: it' output || { echo "$size bytes"; cat output; return 1; }
    done
}
check "no such file" refuses nowhere/x.exe 'No such file or directory'
check "a folder" refuses . 'it is no file'
check "a text" refuses text 'it is not a PE file'
check "an empty file" refuses empty 'it is not a PE file'
check "a file that is cut off" refuses short 'its sections are cut off'
check "a file that is cut off anywhere" cut

# ---- a prefix --------------------------------------------------------------------------------------------------------

# finds CODE LINE...: answers whether check ends with this code, and each pattern is a whole line of what it says
finds()
{
    wanted=$1
    shift
    "$tool" check >output 2>errors
    code=$?
    cat output errors
    [ $code = "$wanted" ] || { echo "exit code $code"; return 1; }
    for line; do grep -q -x -e "$line" output || { echo "missing: $line"; return 1; }; done
    ! ls copyfile2-check-* 2>/dev/null
}

all='  CopyFile, CopyFileEx, MoveFile...:'
theirs="  CopyFile2: \(none\|Wine's own\).*"
good='result: all programs get our CopyFile2, with messages'
version=$("$WINE" --version 2>/dev/null | head -n 1)
case $HOST_TARGETS in
    *x86_64-unix*) half='  host half: yes' way='  way: 4194304 bytes by .*' ;;
    *) half='  host half: no.*' way='  way: 4194304 bytes by NT .*' ;;
esac
# Not even root can write to /proc.
unwritable()
{
    (cd /proc && "$tool" check) >output 2>&1
    code=$?
    cat output
    [ $code = 1 ] && grep -q 'this folder cannot be written' output
}
# Wine's server opens the files, so one is started that sees the disk.
on_btrfs()
{
    $wineserver -k -w 2>/dev/null
    unshare -m sh -c 'mount -o loop disk.img disk && cd disk && exec "$@"' sh "$tool" check >output 2>&1
    code=$?
    $wineserver -k -w 2>/dev/null
    cat output
    [ $code = 0 ] && grep -q '^  fast way here: clones, which share the blocks$' output
}
can_have_btrfs()
{
    case $HOST_TARGETS in
        *x86_64-unix*) ;;
        *) return 1 ;;
    esac
    mkdir disk && truncate -s 128m disk.img && mkfs.btrfs -q disk.img &&
        unshare -m sh -c 'mount -o loop disk.img disk && touch disk/file'
}
no_prefix()
{
    WINEPREFIX=$work/none finds 1 'prefix: .*/none (does not exist yet)' 'result: there is no such prefix yet.*' &&
        [ ! -e "$work/none" ]
}

copies "$WINE" copier.exe source destination >/dev/null 2>&1
remember
check "no prefix" no_prefix
check "no Wine" says 'cannot find Wine' env -u WINE -u WINELOADER PATH=/nowhere "$tool" check
check "a plain prefix" finds 1 'state: not prepared' 'started as by: plain wine' '64-bit programs:' \
    "version of Wine: $version" "$theirs" "$all Wine's own" 'result: the prefix is not ready.*'
check "it stays as it was" is_as_before
"$tool" env >/dev/null
check "a prepared prefix" finds 0 'state: ready' 'started as by: wine-copyfile2 run' '64-bit programs:' \
    '  CopyFile2: ours' "$all Wine's own" '  copy of 100000 bytes: good (0x00000000), messages: yes' \
    '  copy of 4194304 bytes: good (0x00000000), messages: yes' "$half" '  fast way here: .*' "$way" "$good"
check "a folder that cannot be written" unwritable
if can_have_btrfs >/dev/null 2>&1; then
    check "a file system that clones" on_btrfs
else
    skip "a file system that clones" "no btrfs can be mounted, or no host half"
fi
touch "$WINE"
check "a stale prefix" finds 1 'state: stale: .*' '  CopyFile2: ours' 'result: the prefix is not ready.*'
"$tool" env --all >/dev/null
check "with --all" finds 0 "$all ours" "$good"
COPYFILE2_BACKEND=nt
export COPYFILE2_BACKEND
check "no host half" finds 0 '  host half: no: switched off by COPYFILE2_BACKEND' '  fast way here: none;.*' \
    '  way: 4194304 bytes by NT read/write; .*' "$good"
unset COPYFILE2_BACKEND
"$tool" enable
alone=$half
loads_by_name || alone='  host half: no.*'
check "an enabled prefix" finds 0 'enabled for all programs: yes' 'started as by: plain wine' '  CopyFile2: ours' \
    "$alone" "$good"
WINEDLLPATH=$builddir/stage/lib/wine
export WINEDLLPATH
check "an enabled prefix, with WINEDLLPATH" finds 0 "$half" "$good"
unset WINEDLLPATH
WINEDLLOVERRIDES="kernel32,kernelbase=b;$WINEDLLOVERRIDES"
check "an override that takes it away" finds 1 "$theirs" \
    'result: not all programs get our CopyFile2, with messages'
WINEDLLOVERRIDES=${WINEDLLOVERRIDES#*;}
check "and all is undone" disabled_is_as_before
tap_done
