#!/bin/sh
# SPDX-License-Identifier: MIT
# A build has the same bytes in another folder, at another time, with another umask, language and time zone. So has the
# tarball that is made of a tarball.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/tarball.sh"

work=$builddir/tests/work/reproducible
rm -rf "$work"
mkdir -p "$work/first"
if [ ! -w "$srcdir/configure.ac" ] || ! command -v autoreconf >/dev/null || ! command -v xz >/dev/null; then
    skip_all "this is a tarball already, or there is no autoconf or xz"
fi
unset MAKEFLAGS MAKELEVEL MAKEOVERRIDES

# The other build begins with old files, in the order in which another file system may list them.
build_elsewhere()
{
    umask 077
    LC_ALL=C TZ=Pacific/Auckland
    export LC_ALL TZ
    cd "$work" && mkdir -p other && tar -C other --strip-components=1 -xf first/copyfile2-*.tar.xz || return 1
    find other -exec touch -d '2001-02-03 04:05:06' {} +
    # the same choices as those of the build that is tested
    (cd other && eval "set -- $("$builddir/config.status" --config)" && ./configure -q "$@" && make -s -j2) || return 1
}

# is_same FILE...: answers whether the files are the same in both builds
is_same()
{
    for file; do
        cmp "$builddir/$file" "$work/other/$file" || return 1
    done
}

check "make dist" tarball_make "$builddir" "$work/first"
check "the tarball builds elsewhere" build_elsewhere
check "make dist elsewhere" tarball_make "$work/other" "$work"
check "both tarballs are the same" cmp "$work"/first/copyfile2-*.tar.xz "$work"/copyfile2-*.tar.xz
for target in $PE_TARGETS; do
    check "$target: DLL and libraries" is_same $target/copyfile2.dll $target/libcopyfile2.dll.a $target/libcopyfile2.a \
        $target/libcopyfile2_all.a
    check "$target: copyfile2-conformance.exe" is_same $target/copyfile2-conformance.exe
done
check "copyfile2.exe" is_same "${PE_TARGETS%% *}/copyfile2.exe"
for target in $HOST_TARGETS; do
    check "$target: host half" is_same $target/copyfile2.so
done
check "wine-copyfile2" is_same wine-copyfile2
check "copyfile2-errors(7)" is_same copyfile2-errors.7
tap_done
