#!/bin/sh
# SPDX-License-Identifier: MIT
# Links programs with -lcopyfile2, by the DLL and statically, in C and C++. The static ones run alone.

. "$srcdir/tests/harness/tap.sh"
[ -n "$WINE" ] && . "$srcdir/tests/harness/prefix.sh"

work=$builddir/tests/work/link
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 99
cp "$srcdir/tests/product/link_program.c" program.c
cp program.c program.cpp
cp "$srcdir/tests/product/link_family.c" family.c
own_names=$(printf 'CopyFile2_%s ' CopyFileA CopyFileExA CopyFileExW CopyFileW \
    MoveFileA MoveFileExA MoveFileExW MoveFileW MoveFileWithProgressA MoveFileWithProgressW; echo .)
own_names=${own_names%.}

# build COMPILER SOURCE OUTPUT FLAG...
build()
{
    compiler=$1 source=$2 output=$3
    shift 3
    $compiler -Wall $PE_WERROR -D_WIN32_WINNT=0x0601 -o "$output" "$source" -static-libgcc -I"$srcdir/include" \
        -L"$libraries" "$@"
}

imports_our_dll()
{
    "$objdump" -p "$1" | grep -q -i 'DLL Name: copyfile2.dll'
}

stands_alone()
{
    [ -s "$1" ] && ! imports_our_dll "$1"
}

# The output goes into a file first. A process of Wine's own that happens to start keeps what it inherits, and a reader
# of a pipe would wait for it.
runs()
{
    wine_run_into output "./$1" || { cat output; return 1; }
}

copies()
{
    printf 'linked' >link-source
    rm -f link-destination
    runs "$1" && cmp link-source link-destination
}

shows_only_ours()
{
    shown=$("${objdump%objdump}nm" --defined-only --extern-only "$builddir/$target/copyfile2-static.o" |
        awk '{ print $3 }')
    [ "$(printf '%s\n' "$shown" | grep -c .)" = 12 ] && ! printf '%s\n' "$shown" | grep -v '^_\{0,1\}CopyFile2' ||
        { echo "$shown"; return 1; }
}

imports_from()
{
    "$objdump" -p "$1" | awk -v dll="$2" '/DLL Name:/ { here = tolower($3) == dll }
                                          here && $NF ~ /^(CopyFile|MoveFile)/ { print $NF }' |
        LC_ALL=C sort | tr '\n' ' '
}

# imports FILE OURS THEIRS: answers whether the file takes just these functions to copy and move from copyfile2.dll, and
# those from kernel32.dll
imports()
{
    ours=$(imports_from "$1" copyfile2.dll) theirs=$(imports_from "$1" kernel32.dll)
    echo "ours: $ours, theirs: $theirs"
    [ "$ours" = "$2" ] && [ "$theirs" = "$3" ]
}

moves()
{
    printf 'linked' >link-source
    rm -f link-destination link-moved
    runs "$1" && cmp link-source link-moved && [ ! -e link-destination ]
}

builds_by_pkg_config()
{
    flags=$(PKG_CONFIG_LIBDIR=$libraries/pkgconfig pkg-config --libs --cflags copyfile2) &&
        $cc -include copyfile2.h -o pkg-config-$host.exe program.c $flags && imports_our_dll pkg-config-$host.exe
}

# A library in the wrong place is an error, where the source includes our header, and so calls what only we have.
wrong_order()
{
    ! $cc -D_WIN32_WINNT=0x0602 $1 -I"$srcdir/include" -L"$libraries" -o order.exe -lcopyfile2 call.c >output 2>&1 &&
        grep -q 'undefined.*CopyFile2OfLibcopyfile2' output || { cat output; return 1; }
}
# order FLAG LIBRARY...: answers whether a good order links with ours
order()
{
    order_flag=$1
    shift
    rm -f order.exe
    $cc -D_WIN32_WINNT=0x0602 $order_flag -I"$srcdir/include" -L"$libraries" -o order.exe call.c "$@" &&
        imports_our_dll order.exe
}
# The types alone, or a look-up by name, need no library. A program that wants the system's function says so.
needs_no_library()
{
    $cc -D_WIN32_WINNT=0x0602 "$@" -I"$srcdir/include" -o alone.exe && ! imports_our_dll alone.exe
}
refuses()
{
    ! $cc -D_WIN32_WINNT=0x0602 "$1" -I"$srcdir/include" -c -o refused.o call.c >output 2>&1 && grep "error.*$2" output
}
check_order()
{
    for flag in -O0 -O2 -flto -std=c89; do
        check "$host: $flag: -lcopyfile2 before the source is an error" wrong_order $flag
        check "$host: $flag: ... and behind kernel32 it is not" order $flag -lkernel32 -lcopyfile2
    done
    check "$host: ... with sections that nobody needs" order '-ffunction-sections -Wl,--gc-sections' -lcopyfile2
    check "$host: the types need no library" needs_no_library types.c
    check "$host: the system's function is a choice" needs_no_library -DCOPYFILE2_NO_LINK_CHECK call.c
    # With 32 bits no structure has a gap, and -mrtd is not for 64.
    case $host in
        x86_64-*) check "$host: packing is an error" refuses -fpack-struct=1 copyfile2_structures_must_not_be_packed ;;
        *) check "$host: -mrtd is an error" refuses -mrtd copyfile2_cannot_be_used_with_mrtd ;;
    esac
}

# winegcc makes libraries for Linux, which cannot hold code for Windows. With -b it makes Windows programs instead.
winegcc_alone()
{
    ! $WINEGCC -I"$srcdir/include" -L"$libraries" -o winegcc.exe call.c -lcopyfile2 >output 2>&1 &&
        grep 'pe-x86-64' output || { cat output; return 1; }
}
# winegcc_program COMPILER SOURCE OPTION...
winegcc_program()
{
    rm -f winegcc.exe
    winegcc_compiler=$1
    shift
    $winegcc_compiler -b $host -I"$srcdir/include" -L"$libraries" -o winegcc.exe "$@" && copies winegcc.exe
}
check_winegcc()
{
    cp "$builddir/$target/copyfile2.dll" .
    check "winegcc -b $host: the program with the DLL copies" winegcc_program "$WINEGCC" program.c -lcopyfile2
    check "... which it imports" imports_our_dll winegcc.exe
    rm copyfile2.dll
    check "winegcc -b $host: the static program copies" winegcc_program "$WINEGCC" program.c -l:libcopyfile2.a
    if [ -n "$WINEGXX" ] && [ -n "$cxx" ]; then
        check "wineg++ -b $host: so does one in C++" \
            winegcc_program "$WINEGXX" -DWINE_UNICODE_NATIVE program.cpp -l:libcopyfile2.a
    else
        skip "wineg++ -b $host" "no wineg++, or no C++ compiler"
    fi
    check "winegcc without -b links none" winegcc_alone
}

printf '#include <copyfile2.h>\nint main( void ) { return CopyFile2( L"a", L"b", NULL ) != S_OK; }\n' >call.c
printf '#include <copyfile2.h>\nint main( void ) { return sizeof( COPYFILE2_MESSAGE ) == 1; }\n' >types.c
for target in $PE_TARGETS; do
    case $target in
        x86_64-*) cc=$PE64_CC cxx=$PE64_CXX objdump=$PE64_OBJDUMP host=x86_64-w64-mingw32 ;;
        *) cc=$PE32_CC cxx=$PE32_CXX objdump=$PE32_OBJDUMP host=i686-w64-mingw32 ;;
    esac
    libraries=$builddir/stage/$host/lib
    check "$host: C links with the DLL" build "$cc" program.c dll-$host.exe -lcopyfile2
    check "$host: ... and imports it" imports_our_dll dll-$host.exe
    check "$host: C links statically" build "$cc" program.c static-$host.exe -l:libcopyfile2.a
    check "$host: ... and stands alone" stands_alone static-$host.exe
    check "$host: the static library shows CopyFile2 and the family only" shows_only_ours
    ours='CopyFile2 ' theirs='CopyFileW MoveFileExA '
    check "$host: a program of the family links" build "$cc" family.c plain-$host.exe -lcopyfile2
    check "$host: ... and takes from us what it asks for" imports plain-$host.exe "$ours" "$theirs"
    check "$host: by the macro" build "$cc" family.c macro-$host.exe -DCOPYFILE2_FAMILY -lcopyfile2
    check "$host: ... all is ours" imports macro-$host.exe \
        'CopyFile2OfLibcopyfile2 CopyFile2_CopyFileW CopyFile2_MoveFileExA ' ''
    check "$host: by the second library" build "$cc" family.c all-$host.exe -lcopyfile2_all -lcopyfile2
    check "$host: ... all is ours, it has more" imports all-$host.exe "CopyFile2 $own_names" ''
    check "$host: by the second library, statically" \
        build "$cc" family.c all-static-$host.exe -lcopyfile2_all -l:libcopyfile2.a
    check "$host: ... and stands alone" imports all-static-$host.exe '' ''
    check_order
    if [ -n "$cxx" ]; then
        check "$host: C++ links with the DLL" build "$cxx" program.cpp dll-cxx-$host.exe -lcopyfile2 -static-libstdc++
    else
        skip "$host: C++ links with the DLL" "no C++ compiler"
    fi
    if command -v pkg-config >/dev/null; then
        check "$host: pkg-config says all that it takes" builds_by_pkg_config
    else
        skip "$host: pkg-config says all that it takes" "no pkg-config"
    fi
    # A 32-bit program needs a 32-bit Wine, which Debian's wine64 is not. run-wine.sh runs such programs.
    if [ -z "$WINE" ]; then
        skip "$host: the programs copy under Wine" "no Wine"
    elif [ "$target" = x86_64-windows ]; then
        cp "$builddir/$target/copyfile2.dll" .
        check "$host: the program with the DLL copies" copies dll-$host.exe
        check "$host: the family by the macro" moves macro-$host.exe
        check "$host: the family by the second library" moves all-$host.exe
        rm copyfile2.dll
        check "$host: the family by the second library, statically" moves all-static-$host.exe
        check "$host: the static program copies" copies static-$host.exe
        if [ -n "$WINEGCC" ]; then check_winegcc; else skip "winegcc -b $host" "no winegcc"; fi
    fi
done
tap_done
