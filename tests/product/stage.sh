#!/bin/sh
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

check "header" holds include/copyfile2.h
check "program with its DLL" holds bin/copyfile2.exe bin/copyfile2.dll
check "program for Wine prefixes" holds bin/wine-copyfile2
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
    check "$target: libraries" holds lib/$host/libcopyfile2.dll.a lib/$host/libcopyfile2.a lib/$host/libcopyfile2_all.a
    check "$target: pkg-config file" grep -q "^Version: [0-9]" "$stage/lib/$host/pkgconfig/copyfile2.pc"
done

uninstall_leaves_nothing()
{
    root=$builddir/tests/work/uninstall
    rm -rf "$root"
    make -s -C "$builddir" install DESTDIR="$root" prefix=/usr &&
        [ "$(find "$root" -type f | wc -l)" -ge 6 ] &&
        make -s -C "$builddir" uninstall DESTDIR="$root" prefix=/usr &&
        left=$(find "$root" -type f) && [ -z "$left" ] || { echo "left: $left"; return 1; }
}
check "uninstall leaves nothing" uninstall_leaves_nothing
tap_done
