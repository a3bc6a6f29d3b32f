#!/bin/sh
# The DLLs as files: what they import and export, and that nothing of the build machine is in them.

. "$srcdir/tests/harness/tap.sh"

imports()
{
    "$1" -p "$2" | awk '/DLL Name:/ { dll = tolower($3); next }
                        dll && NF == 3 && $2 ~ /^[0-9]+$/ { print dll, $3 }
                        dll && NF == 4 && $3 ~ /^[0-9]+$/ { print dll, $4 }
                        /export table/ { exit }' | LC_ALL=C sort
}

# A list that is empty would pass anything.
imports_are_of_windows_7()
{
    found=$(imports "$1" "$2")
    [ "$(printf '%s\n' "$found" | grep -c .)" -ge 10 ] || { echo "no imports found"; return 1; }
    foreign=$(printf '%s\n' "$found" | LC_ALL=C comm -23 - "$srcdir/tests/product/windows7-imports")
    [ -z "$foreign" ] || { echo "not on the list:"; echo "$foreign"; return 1; }
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

# Ours, and the names of kernel32 for the forwarders of wine-copyfile2 --all.
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
    check "$target: exports CopyFile2, the family, and nothing else" exports_are "$objdump" "$dll" "CopyFile2
CopyFile2OfLibcopyfile2
$exports"
    check "$target: no time stamp" has_no_timestamp "$objdump" "$dll"
    check "$target: no path of the build machine" tells_nothing_of_the_build "$dll"
    check "$target: Wine's mark of a DLL with a host half" is_marked_for_wine "$dll"
done
for target in $HOST_TARGETS; do
    check "$target: no path of the build machine" tells_nothing_of_the_build "$builddir/$target/copyfile2.so"
done
tap_done
