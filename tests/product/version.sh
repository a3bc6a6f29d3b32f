#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests that every file that repeats the version says the same as configure.ac, and that quickstart tells what an
# administrator has to install.

. "$srcdir/tests/harness/tap.sh"
cd "$srcdir" || exit 99
work=$builddir/tests/work/version
rm -rf "$work"
mkdir -p "$work"
# Another user must be able to go there.
place=$(mktemp -d) || exit 99
trap 'rm -rf "$place"' EXIT

version=$(sed -n 's/^AC_INIT(\[copyfile2\], \[\([0-9.]*\)\].*/\1/p' configure.ac)

# says FILE PATTERN: answers whether the file has a line that matches. VERSION in the pattern is the version.
says()
{
    says_pattern=$(printf '%s\n' "$2" | sed "s/VERSION/$(printf '%s' "$version" | sed 's/[.]/[.]/g')/")
    grep -q -x -e "$says_pattern" "$1" || { echo "$1 has no line $says_pattern"; return 1; }
}
is_first()
{
    head -n 1 "$1" >"$work/first"
    says "$work/first" "$2"
}
check "configure.ac has a version" [ -n "$version" ]
check "NEWS begins with it, and with its day" \
    is_first NEWS 'copyfile2 VERSION, 20[0-9][0-9]-[01][0-9]-[0-3][0-9]'
for page in dlls/copyfile2/manual/CopyFile2.3 programs/copyfile2/copyfile2.1 \
    programs/wine-copyfile2/wine-copyfile2.1; do
    check "$page" says "$page" '[.]TH .* "copyfile2 VERSION" .*'
done
check "copyfile2-errors(7)" says "$builddir/copyfile2-errors.7" '[.]TH .*copyfile2 VERSION.*'
check "debian/changelog" is_first debian/changelog 'copyfile2 (VERSION) .*'
check "PKGBUILD" says packaging/arch/PKGBUILD 'pkgver=VERSION'
check "copyfile2.spec" says packaging/fedora/copyfile2.spec 'Version:  *VERSION'
if command -v rpmspec >/dev/null; then
    check "rpmspec reads copyfile2.spec" rpmspec -q --define "_topdir $work" packaging/fedora/copyfile2.spec
else
    skip "rpmspec reads copyfile2.spec" "no rpmspec"
fi
check "the PKGBUILD is a script" bash -n packaging/arch/PKGBUILD

# In a place with no compiler, quickstart must not try to become root, and must say what it takes.
asks_the_administrator()
{
    cp quickstart "$place"
    mkdir "$place/bin"
    for tool in sh dirname id tr cat apt-get; do
        ln -s "$(command -v $tool)" "$place/bin/$tool" || return 1
    done
    chmod 755 "$place" "$place/bin" "$place/quickstart"
    set -- env PATH="$place/bin" "$place/bin/sh" "$place/quickstart"
    [ "$(id -u)" != 0 ] || set -- setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
    ! "$@" >"$work/said" 2>&1 &&
        grep 'apt-get install --no-install-recommends .*gcc-mingw-w64-x86-64-win32.* wine' "$work/said" ||
        { cat "$work/said"; return 1; }
}
if command -v apt-get >/dev/null && command -v setpriv >/dev/null; then
    check "quickstart without root tells what to ask for" asks_the_administrator
else
    skip "quickstart without root tells what to ask for" "no apt-get, or no setpriv"
fi
tap_done
