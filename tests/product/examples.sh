#!/bin/sh
# SPDX-License-Identifier: MIT
# Each example is built as its first line says, and the program copies a file under Wine.

. "$srcdir/tests/harness/tap.sh"
case $PE_TARGETS in
    *x86_64-windows*) ;;
    *) skip_all "no 64-bit libraries" ;;
esac
[ -n "$WINE" ] || skip_all "no Wine"
. "$srcdir/tests/harness/prefix.sh"

# The examples are tried in the tree that ./stage is, which the compiler does not know.
stage=$builddir/stage/x86_64-w64-mingw32
work=$builddir/tests/work/examples
rm -rf "$work"
mkdir -p "$work"
cp -a "$srcdir/examples" "$work"
chmod -R u+w "$work"
cd "$work/examples" || exit 99
unset MAKEFLAGS MAKELEVEL MAKEOVERRIDES CC CFLAGS LDFLAGS
PKG_CONFIG_LIBDIR=$stage/lib/pkgconfig
export PKG_CONFIG_LIBDIR

# copies PROGRAM: answers whether it copies, with the DLL beside it in case it imports that
copies()
{
    cp "$stage/bin/copyfile2.dll" "$(dirname "$1")"
    head -c 100000 /dev/urandom >source
    rm -f copy
    wine_run_into said "$1" source copy && cmp source copy || { cat said; return 1; }
}

# tries NAME TOOL COMMAND...: the command builds the programs in ./programs
tries()
{
    tries_name=$1 tries_tool=$2
    shift 2
    if ! command -v "$tries_tool" >/dev/null; then
        skip "$tries_name" "no $tries_tool"
        return
    fi
    check "$tries_name: builds" "$@"
    tries_found=no
    for program in $(find . -name 'copy*.exe' | LC_ALL=C sort); do
        tries_found=yes
        check "$tries_name: $program copies" copies "$program"
    done
    check "$tries_name: there is a program" [ $tries_found = yes ]
    # No program stays that the next example could be credited with.
    find . -name 'copy*.exe' -exec rm {} +
}

flags="-I$stage/include -L$stage/lib"
make_it()
{
    make -C make FLAGS="$flags"
}
make_static()
{
    make -C make FLAGS="$flags" LIBS=-l:libcopyfile2.a &&
        ! "$PE64_OBJDUMP" -p make/copy.exe | grep -i 'DLL Name: copyfile2'
}
pkg_config()
{
    make -C pkg-config PKG_CONFIG=pkg-config
}
cmake_by_toolchain()
{
    cmake --toolchain ../cmake/mingw.cmake -DCMAKE_FIND_ROOT_PATH="$stage" -S cmake -B cmake/build &&
        cmake --build cmake/build
}
cmake_by_hand()
{
    rm -rf cmake/build
    cmake -DCMAKE_SYSTEM_NAME=Windows -DCMAKE_C_COMPILER=x86_64-w64-mingw32-gcc -DCMAKE_PREFIX_PATH="$stage" \
        -S cmake -B cmake/build && cmake --build cmake/build
}
cmake_by_pkg_config()
{
    cmake --toolchain ../cmake/mingw.cmake -DCMAKE_FIND_ROOT_PATH="$stage" -S cmake-pkg-config \
        -B cmake-pkg-config/build && cmake --build cmake-pkg-config/build
}
cmake_refuses()
{
    sed -i 's/0[.]1 REQUIRED/99 REQUIRED/' cmake/CMakeLists.txt
    ! cmake --toolchain ../cmake/mingw.cmake -DCMAKE_FIND_ROOT_PATH="$stage" -S cmake -B cmake/refused
}
meson_it()
{
    sed "s/'x86_64-w64-mingw32-pkg-config'/'pkg-config'/" meson/mingw.ini >meson/here.ini
    PKG_CONFIG_LIBDIR='' meson setup meson/build meson --cross-file meson/here.ini \
        -Dpkg_config_path="$stage/lib/pkgconfig" && meson compile -C meson/build
}
# Without the installed library Meson builds ours, and links it in.
meson_subproject()
{
    mkdir -p meson/subprojects && ln -s "$srcdir" meson/subprojects/copyfile2
    PKG_CONFIG_LIBDIR='' meson setup meson/whole meson --cross-file meson/here.ini &&
        meson compile -C meson/whole && ! "$PE64_OBJDUMP" -p meson/whole/copy.exe | grep -i 'DLL Name: copyfile2'
}
autotools()
{
    cp copy.c autotools && cd autotools && autoreconf -i && ./configure --host=x86_64-w64-mingw32 \
        CPPFLAGS="-I$stage/include" LDFLAGS="-L$stage/lib" && make
}
rust()
{
    $rustc --target x86_64-pc-windows-gnu -C linker=x86_64-w64-mingw32-gcc -L "native=$stage/lib" \
        -o rust/copy.exe rust/copy.rs
}
short()
{
    for file in copy.c */*; do
        [ "$(wc -l <"$file")" -lt 20 ] || { echo "$file has 20 lines or more"; return 1; }
    done
}

check "each example has fewer than 20 lines" short
tries "make" make make_it
tries "make, static" make make_static
tries "pkg-config" pkg-config pkg_config
tries "CMake with a toolchain file" cmake cmake_by_toolchain
tries "CMake without one" cmake cmake_by_hand
tries "CMake by pkg-config" cmake cmake_by_pkg_config
if command -v cmake >/dev/null; then
    check "CMake refuses a later version" cmake_refuses
else
    skip "CMake refuses a later version" "no cmake"
fi
tries "Meson" meson meson_it
tries "Meson, as a subproject" meson meson_subproject
tries "Autotools" autoreconf autotools
for rustc in rustc /usr/bin/rustc none; do
    libraries=$($rustc --print target-libdir --target x86_64-pc-windows-gnu 2>/dev/null)
    [ ! -d "$libraries" ] || break
done
if [ "$rustc" != none ]; then
    tries "Rust" "$rustc" rust
else
    skip "Rust" "no rustc has its library for Windows"
fi
tap_done
