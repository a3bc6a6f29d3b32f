#!/bin/sh
# SPDX-License-Identifier: MIT
# Tries the headers and libraries of other versions of mingw-w64, as Debian 11 to sid have them, unpacked into folders.
# With each the header is compiled, and programs are linked, with the DLL and without, and run. With
# COPYFILE2_TEST_TOOLCHAINS set to a file, the results are written there as a table. "make toolchains" does that for
# docs/toolchains.md.

. "$srcdir/tests/harness/tap.sh"

[ -n "${COPYFILE2_TEST_TOOLCHAINS-}" ] || skip_all "COPYFILE2_TEST_TOOLCHAINS does not ask for it"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -f $keyring ] && command -v apt-get >/dev/null || skip_all "this is not Debian"
[ -n "$PE64_CC" ] && [ -n "$PE32_CC" ] && [ -n "$WINE" ] || skip_all "no compiler, or no Wine"
. "$srcdir/tests/harness/prefix.sh"

work=$builddir/tests/work/toolchains
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 99
cp "$builddir/x86_64-windows/copyfile2.dll" .
cp "$srcdir/tests/product/link_program.c" program.c
printf 'linked' >link-source
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
    sed -n -e 's/^URIs: *//p' -e 's/^deb \(\[[^]]*\] \)\{0,1\}\(http[^ ]*\) .*/\2/p' | head -n 1)

# fetches SUITE: unpacks its packages into ./SUITE. Debian 11 and 12 have none for the newer C library, UCRT. A list of
# packages that is not renewed any more is signed all the same.
fetches()
{
    packages='mingw-w64-common mingw-w64-x86-64-dev mingw-w64-i686-dev'
    case $1 in
        bullseye | bookworm) ;;
        *) packages="$packages mingw-w64-ucrt64-dev" ;;
    esac
    mkdir -p "$1/lists/partial" "$1/cache/archives/partial"
    echo "deb [signed-by=$keyring] $mirror $1 main" >"$1/sources"
    (
        cd "$1" && for action in update "download $packages"; do
            apt-get -q -o Dir::Etc::sourcelist="$PWD/sources" -o Dir::Etc::sourceparts=/nonexistent \
                -o Dir::State::lists="$PWD/lists" -o Dir::State::status=/dev/null -o Dir::Cache="$PWD/cache" \
                -o APT::Sandbox::User=root -o Acquire::Check-Valid-Until=false $action || exit 1
        done && for package in *.deb; do dpkg-deb -x "$package" . || exit 1; done
    )
}

# The compiler has its own headers, libraries and start files, and those of the folder come before all of them.
with()
{
    with_folder=$work/$suite/usr/$host
    "$@" -isystem "$with_folder/include" -B "$with_folder/lib/" -L "$with_folder/lib" -I"$srcdir/include"
}

# is_taken COMPILER...: answers whether the header that tells its version, and its C library, comes from the folder
is_taken()
{
    case $host in
        *ucrt) is_taken_ucrt=1 ;;
        *) is_taken_ucrt=0 ;;
    esac
    printf '#include <_mingw.h>\n#if __MINGW64_VERSION_MAJOR != %s || defined( _UCRT ) != %s\n#error others\n#endif\n' \
        "${version%%.*}" $is_taken_ucrt >version.c
    with "$@" -fsyntax-only version.c
}

# sources_for COMPILER...: answers whether clang compiles the sources of the DLL, for nothing in them may be for x86
# alone
sources_for()
{
    sources_count=0
    sources=$(find "$srcdir/dlls/copyfile2" -name '*.c' ! -path '*/unix/*')
    for source in $sources; do
        "$@" -isystem "$work/$suite/usr/x86_64-w64-mingw32/include" -std=gnu11 \
            -D_WIN32_WINNT=0x0601 -DPACKAGE_VERSION='"0"' -DCOPYFILE2_NO_LINK_CHECK -I"$builddir" -I"$srcdir/include" \
            -I"$srcdir/dlls/copyfile2" -c -o source.o "$source" || return 1
        sources_count=$((sources_count + 1))
    done
    [ $sources_count -gt 40 ]
}
# arm64ec_compiler: prints a clang that makes ARM64EC. Older ones take the name, and make plain ARM64.
arm64ec_compiler()
{
    for name in $CLANG clang-21 clang-20 clang-19 clang-18 clang-17 clang-16; do
        "$name" --target=arm64ec-w64-mingw32 -dM -E -x c /dev/null 2>/dev/null | grep -q __arm64ec__ || continue
        echo "$name --target=arm64ec-w64-mingw32"
        return
    done
}

# header COMPILER STANDARD...: compiles the header and what it promises, before and after <windows.h>, for old and new
# Windows
header()
{
    header_compiler=$1
    shift
    for standard; do
        for way in '-D_WIN32_WINNT=0x0501' '-DHEADER_WINDOWS_FIRST -D_WIN32_WINNT=0x0602' \
            '-DHEADER_WINDOWS_LAST -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A000010'; do
            with $header_compiler $width -std=$standard -Wall -Werror $way -DWIN32_LEAN_AND_MEAN -fsyntax-only \
                "$srcdir/tests/product/header_check.c" || { echo "$standard, $way"; return 1; }
        done
    done
}

# program FLAG...: answers whether a program links, and copies if it is a 64-bit one
program()
{
    with $compiler -Wall -D_WIN32_WINNT=0x0602 -o program.exe program.c "$@" || return 1
    case $host in
        *ucrt) ! "$PE64_OBJDUMP" -p program.exe | grep -i 'DLL Name: msvcrt' || return 1 ;;
        i686-*) return 0 ;;
    esac
    rm -f link-destination
    wine_run_into said ./program.exe && cmp link-source link-destination || { cat said; return 1; }
}

# cell NAME COMMAND...: runs a case, and adds a cell to the row of the table
cell()
{
    cell_name=$1
    cell_failed=$tap_failed
    shift
    check "$version, $host: $cell_name" "$@"
    if [ $tap_failed = "$cell_failed" ]; then row="$row yes |"; else row="$row no |"; fi
}

# toolchain: writes a row of the table, for $host
toolchain()
{
    case $host in
        x86_64-*) compiler=$PE64_CC plus=$PE64_CXX libraries=$builddir/x86_64-windows width=-DHEADER_POINTER=8 ;;
        *) compiler=$PE32_CC plus=$PE32_CXX libraries=$builddir/i386-windows width=-DHEADER_POINTER=4 ;;
    esac
    row="| $version ($suite) | $host |"
    cell "C89 to C23" header "$compiler -x c" c89 c99 c11 c17 c2x
    cell "C++98 to C++23" header "$plus -x c++" c++98 c++11 c++17 c++20 c++23
    by_clang="$CLANG --target=${host%ucrt} -Qunused-arguments"
    check "$version, $host: gcc and clang take these headers" \
        eval 'is_taken $compiler && is_taken $plus && is_taken $by_clang'
    cell "clang" header "$by_clang -x c" c89 c17 c2x
    cell "the DLL" program -L"$libraries" -lcopyfile2
    cell "static" program -static "$libraries/libcopyfile2.a"
    cell "LTO" program -O2 -flto "$libraries/libcopyfile2.a"
    cell "gc-sections" program -ffunction-sections -Wl,--gc-sections "$libraries/libcopyfile2.a"
    printf '%s\n' "$row" >>"$table"
}

# processors: writes a row of the other table. The headers before version 14 have x86's assembler in them for ARM64EC.
processors()
{
    row="| $version ($suite) |" host="the DLL"
    for architecture in aarch64 armv7; do
        cell "$architecture" sources_for $CLANG --target=$architecture-w64-mingw32
    done
    if [ -z "$arm64ec" ]; then
        row="$row not tried |"
    elif [ "${version%%.*}" -lt 14 ]; then
        row="$row its headers cannot |"
    else
        cell "arm64ec" sources_for $arm64ec
    fi
    printf '%s\n' "$row" >>"$table.processors"
}

table=$work/table arm64ec=$(arm64ec_compiler)
for suite in bullseye bookworm trixie sid; do
    check "the packages of $suite" fetches $suite
    version=$(ls $suite/mingw-w64-common_*.deb 2>/dev/null) || continue
    version=${version#*_}
    version=${version%%-*}
    for host in x86_64-w64-mingw32 i686-w64-mingw32 x86_64-w64-mingw32ucrt; do
        [ ! -d "$suite/usr/$host" ] || toolchain
    done
    processors
    rm -rf "${work:?}/$suite"
done
cat >"$COPYFILE2_TEST_TOOLCHAINS" <<EOF
# Toolchains

\`make toolchains\` wrote these tables from what \`tests/product/toolchains.sh\` saw, with headers, libraries and start
files of each version of mingw-w64. The compilers were gcc $($PE64_CC -dumpversion) and $($CLANG --version | sed -n 1p).
Programs for 64-bit Windows also ran under $($WINE --version 2>/dev/null). They use the old C library, MSVCRT; those of
\`x86_64-w64-mingw32ucrt\` use UCRT, with the same copyfile2.dll and libcopyfile2.a.

| mingw-w64 | target | C89 to C23 | C++98 to C++23 | clang | the DLL | static | LTO | gc-sections |
|---|---|---|---|---|---|---|---|---|
$(cat "$table")

The DLL is for x86. Nothing in its sources is for x86 alone, so clang compiles them for other processors. ARM64EC
was tried by $(${arm64ec%% *} --version 2>/dev/null | sed -n 1p). No such program was linked or run.

| mingw-w64 | aarch64 | armv7 | arm64ec |
|---|---|---|---|
$(cat "$table.processors")

winegcc and wineg++ compile the header (\`header.sh\`). They link it as \`winegcc -b x86_64-w64-mingw32\`, which makes a
Windows program (\`link.sh\`). Without \`-b\` they make a library for Linux, and that cannot hold code for Windows.
EOF
tap_done
