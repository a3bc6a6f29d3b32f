#!/bin/sh
# SPDX-License-Identifier: MIT
# The tarball holds all that it takes: unpacked and read-only, it builds out of its tree, installs, uninstalls and
# cleans up.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/tarball.sh"

distcheck()
{
    # One quick test stands for all, because this one would run itself.
    tarball_alone env -u MAKEFLAGS -u MAKELEVEL -u MAKEOVERRIDES \
        make -s -C "$builddir" distcheck TESTS=tests/product/dll.sh
}

if [ ! -w "$srcdir/configure.ac" ]; then
    skip "make distcheck" "this is a tarball already"
elif ! command -v autoreconf >/dev/null || ! command -v xz >/dev/null; then
    skip "make distcheck" "no autoconf, automake or xz"
else
    check "make distcheck" distcheck
fi
tap_done
