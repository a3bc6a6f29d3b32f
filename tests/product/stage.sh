#!/bin/sh
# SPDX-License-Identifier: MIT
# make install puts its files where they belong, as ./stage shows, and make uninstall takes all of them away again.

. "$srcdir/tests/harness/tap.sh"

stage=$builddir/stage

holds()
{
    for file; do
        [ -s "$stage/$file" ] || { echo "missing: $file"; return 1; }
    done
}

is_set_cleanly()
{
    warnings=$(groff -man -Tutf8 -ww "$1" 2>&1 >/dev/null) && [ -z "$warnings" ] || { echo "$warnings"; return 1; }
}

check "program with its DLL" holds bin/copyfile2.exe bin/copyfile2.dll
check "program for Wine prefixes" holds bin/wine-copyfile2
check "command for a Linux shell" holds bin/copyfile2
check "documents" holds share/doc/copyfile2/README.md share/doc/copyfile2/NEWS share/doc/copyfile2/LICENSE
for page in man1/copyfile2.1 man1/wine-copyfile2.1 man3/CopyFile2.3 man7/copyfile2-errors.7; do
    check "$page" holds share/man/$page
    if command -v groff >/dev/null; then
        check "$page is set without a warning" is_set_cleanly "$stage/share/man/$page"
    else
        skip "$page is set without a warning" "no groff"
    fi
done
for target in $HOST_TARGETS; do
    check "$target: host half in Wine's layout" holds lib/wine/$target/copyfile2.so
done
for target in $PE_TARGETS; do
    case $target in
        x86_64-*) host=x86_64-w64-mingw32 ;;
        *) host=i686-w64-mingw32 ;;
    esac
    check "$target: DLL in Wine's layout" holds lib/wine/$target/copyfile2.dll
    check "$target: program that looks into prefixes" holds lib/wine/$target/copyfile2-check.exe
    check "$target: DLL to ship" holds $host/bin/copyfile2.dll
    check "$target: conformance program" holds $host/bin/copyfile2-conformance.exe
    check "$target: header" holds $host/include/copyfile2.h
    check "$target: libraries" \
        holds $host/lib/libcopyfile2.dll.a $host/lib/libcopyfile2.a $host/lib/libcopyfile2_all.a
    check "$target: files for CMake" holds $host/lib/cmake/CopyFile2/CopyFile2Config.cmake \
        $host/lib/cmake/CopyFile2/CopyFile2ConfigVersion.cmake
    check "$target: pkg-config file" grep -q "^Version: [0-9]" "$stage/$host/lib/pkgconfig/copyfile2.pc"
done

root=$builddir/tests/work/install
rm -rf "$root"

# makes FOLDER GOAL: makes the goal, which installs into this folder of $root
makes()
{
    make -s -C "$builddir" "$2" DESTDIR="$root/$1" prefix=/usr >"$root.log" 2>&1 || { cat "$root.log"; return 1; }
}

# A file of somebody else's is in the folders that we share with others.
uninstall_leaves_nothing()
{
    mkdir -p "$root/whole/usr/x86_64-w64-mingw32/lib/cmake/other"
    : >"$root/whole/usr/x86_64-w64-mingw32/lib/cmake/other/file"
    makes whole install && [ "$(find "$root/whole" -type f | wc -l)" -ge 20 ] &&
        find "$root/whole" ! -type d >"$root.list" &&
        makes whole uninstall && left=$(find "$root/whole" -type f; find "$root/whole" -iname '*copyfile2*') &&
        [ "$left" = "$root/whole/usr/x86_64-w64-mingw32/lib/cmake/other/file" ] || { echo "left: $left"; return 1; }
}

# halves_make_the_whole: claims that the two targets install the same as install, without the documents, and nothing
# twice
halves_make_the_whole()
{
    makes windows install-windows && makes host install-host || return 1
    (cd "$root/windows" && find . -type f) >"$root.halves"
    (cd "$root/host" && find . -type f) >>"$root.halves"
    sed -n "s,^$root/whole,.,p" "$root.list" | grep -v -e /cmake/other/ -e /doc/copyfile2/ |
        LC_ALL=C sort >"$root.whole"
    LC_ALL=C sort "$root.halves" | diff - "$root.whole" && ! find "$root/windows" -type f | grep -e '\.so$' -e wine-
}
check "uninstall leaves nothing" uninstall_leaves_nothing
check "install-windows and install-host install everything" halves_make_the_whole
[ $tap_failed != 0 ] || rm -rf "$root" "$root".*
tap_done
