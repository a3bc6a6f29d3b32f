#!/bin/sh
# SPDX-License-Identifier: MIT
# The static library is linked into programs and into DLLs, by each linker that there is. It lies beside a library that
# knows its own place by __ImageBase, as many do. The programs for 64-bit Windows are then run.

. "$srcdir/tests/harness/tap.sh"
[ -n "$WINE" ] && . "$srcdir/tests/harness/prefix.sh"

work=$builddir/tests/work/static
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 99

cat >place.c <<'EOF'
extern char __ImageBase;
char *place( void );
char *place( void ) { return &__ImageBase; }
EOF
cat >library.c <<'EOF'
#include <copyfile2.h>
extern char *place( void );
__declspec(dllexport) int copy( void );
int copy( void ) { return !place() || CopyFile2( L"source", L"destination", NULL ) != S_OK; }
EOF
cat >program.c <<'EOF'
extern int copy( void );
int main( void ) { return copy(); }
EOF

# links NAME LINKER-FLAGS COMPILER...: links a program, and a DLL with a program that calls it, as ./NAME-alone.exe,
# ./NAME.dll and ./NAME.exe
links()
{
    link_name=$1 link_linker=$2
    shift 2
    for link_source in place library program; do
        "$@" -Wall -Werror -I"$srcdir/include" -c -o $link_name-$link_source.o $link_source.c || return 1
    done
    rm -f lib$link_name-place.a
    "${objdump%objdump}ar" crs lib$link_name-place.a $link_name-place.o &&
        "$@" $link_linker -o $link_name-alone.exe $link_name-program.o $link_name-library.o \
            "$libraries/libcopyfile2.a" lib$link_name-place.a &&
        "$@" $link_linker -shared -o $link_name.dll $link_name-library.o \
            "$libraries/libcopyfile2.a" lib$link_name-place.a &&
        "$@" $link_linker -o $link_name.exe $link_name-program.o $link_name.dll
}

copies()
{
    for copies_program in $1-alone.exe $1.exe; do
        echo content >source
        rm -f destination
        wine_run_into output "./$copies_program" && cmp source destination || { cat output; return 1; }
    done
}

# tries NAME LINKER-FLAGS COMPILER...: links and runs, without and with optimization
tries()
{
    tries_name=$1 tries_linker=$2
    shift 2
    for tries_level in -O0 -O2; do
        check "$host: $tries_name $tries_level links a program and a DLL" \
            links "$target-$tries_name$tries_level" "$tries_linker" "$@" $tries_level
        if [ -z "$WINE" ]; then
            skip "$host: $tries_name $tries_level: both copy" "no Wine"
        elif [ "$target" = x86_64-windows ]; then
            check "$host: $tries_name $tries_level: both copy" copies "$target-$tries_name$tries_level"
        fi
    done
}

# Any object may bring a section for all. The linker keeps one of them, and drops the others with their symbols. So such
# a symbol must be global, and ours are not: the library must bring no such section.
keeps_no_shared_section()
{
    "$objdump" -t "$builddir/$target/copyfile2-static.o" >symbols &&
        grep -q CopyFile2 symbols && ! grep -F '.refptr' symbols
}

for target in $PE_TARGETS; do
    case $target in
        x86_64-*) cc=$PE64_CC objdump=$PE64_OBJDUMP host=x86_64-w64-mingw32 ;;
        *) cc=$PE32_CC objdump=$PE32_OBJDUMP host=i686-w64-mingw32 ;;
    esac
    libraries=$builddir/$target
    check "$host: the library brings no section that other objects share" keeps_no_shared_section
    tries configured '' $cc
    for threads in win32 posix; do
        command -v $host-gcc-$threads >/dev/null || continue
        tries gcc-$threads '' $host-gcc-$threads
    done
    if [ -z "$CLANG" ] || ! command -v ld.lld >/dev/null; then
        skip "$host: clang and lld" "no clang, or no lld"
    else
        libgcc=$(dirname "$($cc -print-libgcc-file-name)")
        tries clang "-fuse-ld=lld -L$libgcc" $CLANG --target=$host -Qunused-arguments
    fi
done

# for_arm ARCHITECTURE: the names of libcopyfile2_all are in assembler, and no jump of x86 may be there. On ARM no name
# has the marks of i386. toolchains.sh compiles all other sources too.
for_arm()
{
    $CLANG --target=$1-w64-mingw32 -c -o names.o "$srcdir/dlls/copyfile2/api/kernel32_names.c" &&
        grep -a -q '__imp_CopyFileExW' names.o && ! grep -a '@24' names.o
}
for architecture in aarch64 armv7; do
    if [ -z "$CLANG" ]; then
        skip "the names of kernel32 for $architecture" "no clang"
    else
        check "the names of kernel32 for $architecture" for_arm $architecture
    fi
done
tap_done
