#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the tests of links once more with the links that Wine itself makes, instead of those of Linux.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/windows_tests.sh"
prefix_suffix=
. "$srcdir/tests/harness/prefix.sh"

COPYFILE2_TEST_LINKS=windows
export COPYFILE2_TEST_LINKS

# wine_makes_links: answers whether Wine makes links by itself, as Wine 10.19 and later do.
wine_makes_links()
{
    (
        rm -rf "$builddir/tests/work/wine-links"
        mkdir -p "$builddir/tests/work/wine-links" && cd "$builddir/tests/work/wine-links" || exit 1
        wine_run cmd /c 'mklink link target' >/dev/null 2>&1
        [ -e 'link?' ]
    )
}

[ -n "$WINE" ] || skip_all "no Wine"
wine_makes_links || skip_all "this Wine makes no links"
for program in links directories move; do
    check_program "windows/$program" "$program with Wine's links"
    export COPYFILE2_BACKEND=nt
    check_program "windows/$program" "$program with Wine's links, by NT calls"
    unset COPYFILE2_BACKEND
done
tap_done
