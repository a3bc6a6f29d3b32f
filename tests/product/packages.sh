#!/bin/sh
# SPDX-License-Identifier: MIT
# Debian's packages are built from the tarball, looked at by lintian, and tried in a bare Debian of the same release by
# packages_inside.sh. This takes minutes and 3 GB, so COPYFILE2_TEST_PACKAGES has to ask for it.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/tarball.sh"

[ -n "${COPYFILE2_TEST_PACKAGES-}" ] || skip_all "COPYFILE2_TEST_PACKAGES does not ask for it"
[ "$(id -u)" = 0 ] || skip_all "not root"
for tool in dpkg-buildpackage dh lintian debootstrap unshare xz; do
    command -v $tool >/dev/null || skip_all "no $tool"
done
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")

work=$builddir/tests/work/packages
rm -rf "$work"
mkdir -p "$work/1" "$work/2"
trap 'rm -rf "$work"' EXIT
trap 'exit 99' HUP INT PIPE TERM
unset MAKEFLAGS MAKELEVEL MAKEOVERRIDES

# sources: unpacks the tarball that make dist makes, once for each of two versions
sources()
{
    tarball_make "$builddir" "$work" || return 1
    for sources_number in 1 2; do
        mkdir -p "$work/$sources_number/source"
        tar -C "$work/$sources_number/source" --strip-components=1 -xf "$work"/copyfile2-*.tar.xz || return 1
    done
    # The second version differs in its number, so that its two halves refuse those of the first.
    cd "$work/2/source" && sed -i '/^AC_INIT/s/\[\([0-9.]*\)\]/[\1.1]/' configure.ac &&
        sed -i '1s/(\([0-9.]*\))/(\1.1)/' debian/changelog && ! cmp -s configure.ac ../../1/source/configure.ac
}

builds()
{
    cd "$work/$1/source" && dpkg-buildpackage -b -us -uc -j2 >../log 2>&1 || { tail -n 40 ../log; return 1; }
    rm -rf "$work/$1/source"
    [ "$(find "$work/$1" -name '*.deb' ! -name '*-dbgsym_*' | wc -l)" = 4 ]
}

# Warnings do not fail the test, because a new version of lintian may have more of them.
lintian_is_silent()
{
    lintian --allow-root --fail-on error --tag-display-limit 0 "$work"/1/*.changes
}

makes_root()
{
    sh "$srcdir/tests/harness/debian-root.sh" make "$work/root" "$suite" "$(dpkg --print-architecture)" \
        wine gcc-mingw-w64-x86-64-win32 pkgconf >"$work/root.log" 2>&1 || { tail -n 30 "$work/root.log"; return 1; }
}

check "the sources of two versions" sources
check "the packages build" builds 1
check "the next version builds" builds 2
check "lintian finds no error" lintian_is_silent
check "a bare Debian with Wine" makes_root
[ $tap_failed = 0 ] || { tap_done; exit; }
cp -a "$work/1" "$work/2" "$srcdir/tests/harness/tap.sh" "$srcdir/debian/tests" "$work/root/mnt"
cp "$srcdir/tests/product/packages_inside.sh" "$work/root/mnt"
cd / && sh "$srcdir/tests/harness/debian-root.sh" run "$work/root" \
    env -i PATH="$PATH" LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive sh /mnt/packages_inside.sh $tap_count "$builddir"
