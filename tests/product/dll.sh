#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests the DLLs as files: what they import and export, and that nothing of the build machine is in them.

. "$srcdir/tests/harness/tap.sh"

imports()
{
    "$1" -p "$2" | awk '/DLL Name:/ { dll = tolower($3); next }
                        dll && NF == 3 && $2 ~ /^[0-9]+$/ { print dll, $3 }
                        dll && NF == 4 && $3 ~ /^[0-9]+$/ { print dll, $4 }
                        /export table/ { exit }' | LC_ALL=C sort
}

# An empty list would pass in any case, so some imports have to be found.
imports_are_of_windows_7()
{
    found=$(imports "$1" "$2")
    [ "$(printf '%s\n' "$found" | grep -c .)" -ge 10 ] || { echo "no imports found"; return 1; }
    foreign=$(printf '%s\n' "$found" | LC_ALL=C comm -23 - "$srcdir/tests/product/windows7-imports")
    [ -z "$foreign" ] || { echo "not on the list:"; echo "$foreign"; return 1; }
}

# links_with OBJDUMP FILE DLLS: answers whether the file links with just these, for the toolchain or a change may bring
# in more
links_with()
{
    found=$("$1" -p "$2" | sed -n 's/.*DLL Name: //p' | LC_ALL=C sort -f | tr '[:upper:]\n' '[:lower:] ')
    [ "$found" = "$3 " ] || { echo "links: $found"; return 1; }
}

# needs FILE LIBRARY...: answers whether the Linux file needs no libraries but these
needs()
{
    needs_file=$1
    shift
    for needed in $(readelf -d "$needs_file" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p') none; do
        case " $* none " in
            *" $needed "*) ;;
            *) echo "needs $needed"; return 1 ;;
        esac
    done
}

exports_are()
{
    found=$("$1" -p "$2" | awk '/Name Pointer\] Table/ { names = 1; next }
                                names && !NF { exit }
                                names && /\[/ { print $NF }')
    [ "$found" = "$3" ] || { echo "exports: $found"; return 1; }
}

has_no_timestamp()
{
    stamp=$("$1" -p "$2" | grep -i '^Time/Date')
    echo "$stamp"
    [ -n "$stamp" ] && ! printf '%s\n' "$stamp" | grep -q -v '1970\|[[:space:]]0*$'
}

is_marked_for_wine()
{
    [ "$(dd if="$1" bs=1 skip=64 count=16 status=none)" = 'Wine builtin DLL' ]
}

tells_nothing_of_the_build()
{
    [ -s "$1" ] && ! grep -a -q -F -e "$builddir/" -e "$srcdir/" "$1"
}

# The exports are our names, and those of kernel32 for the forwarders of wine-copyfile2 --all.
family='CopyFileA CopyFileExA CopyFileExW CopyFileW MoveFileA MoveFileExA MoveFileExW MoveFileW
MoveFileWithProgressA MoveFileWithProgressW'
exports=$(for name in $family; do echo CopyFile2_$name $name; done | tr ' ' '\n' | LC_ALL=C sort)

for target in $PE_TARGETS; do
    case $target in
        x86_64-*) objdump=$PE64_OBJDUMP ;;
        *) objdump=$PE32_OBJDUMP ;;
    esac
    dll=$builddir/$target/copyfile2.dll
    check "$target: imports only what Windows 7 has" imports_are_of_windows_7 "$objdump" "$dll"
    check "$target: links with kernel32 and ntdll, and with nothing else" links_with "$objdump" "$dll" \
        "kernel32.dll ntdll.dll"
    check "$target: exports CopyFile2, the family, and nothing else" exports_are "$objdump" "$dll" "CopyFile2
CopyFile2OfLibcopyfile2
$exports"
    check "$target: no time stamp" has_no_timestamp "$objdump" "$dll"
    check "$target: no path of the build machine" tells_nothing_of_the_build "$dll"
    check "$target: Wine's mark of a DLL with a host half" is_marked_for_wine "$dll"
done
for target in $HOST_TARGETS; do
    check "$target: no path of the build machine" tells_nothing_of_the_build "$builddir/$target/copyfile2.so"
    check "$target: needs the C library, and nothing else" \
        needs "$builddir/$target/copyfile2.so" libc.so.6 libdl.so.2 libpthread.so.0 ld-linux-x86-64.so.2 ld-linux.so.2
done
check "wine-copyfile2: no path of the build machine" tells_nothing_of_the_build "$builddir/wine-copyfile2"
check "wine-copyfile2: needs the C library, and nothing else" needs "$builddir/wine-copyfile2" libc.so.6
tap_done
