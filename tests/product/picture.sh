#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests the picture of README.md: docs/picture.sh makes one of a real run, and the one that is there is whole. The times
# in it are not looked at.

. "$srcdir/tests/harness/tap.sh"
[ -n "$WINE" ] || skip_all "no Wine"
case $PE_TARGETS in
    *x86_64-windows*) ;;
    *) skip_all "no 64-bit program" ;;
esac
command -v xmllint >/dev/null || skip_all "no xmllint"
script -q -e -c 'stty cols 80' /dev/null </dev/null >/dev/null 2>&1 ||
    skip_all "no script program that makes a terminal"
. "$srcdir/tests/harness/prefix.sh"

work=$builddir/tests/work/picture
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 99
prefix_make

# makes SIZE OPTION...: makes a picture of a copy, which is slow enough to have a bar if SIZE is large
makes()
{
    TMPDIR=$work COPYFILE2_BACKEND=nt WINE="$WINE" sh "$srcdir/docs/picture.sh" "$builddir/stage" "$@" >picture.svg
}
# has PATTERN FILE
has()
{
    grep -q -e "$1" "$2" || { cat "$2"; return 1; }
}
needs_a_bar()
{
    ! makes 1000 2>said && grep 'before the progress bar came' said
}
# Programs that know no motion show one state of the bar.
shows_one_state()
{
    [ "$(grep -c '<animate ' "$1")" -gt 1 ] && [ "$(grep '<animate ' "$1" | grep -c -v 'visibility="hidden"')" = 1 ]
}
# looks_right FILE WAY: answers whether the picture has all its parts, and the second copy went this way
looks_right()
{
    xmllint --noout "$1" && has '<text [^>]*> *[0-9]*% \[=*&gt; *\] .* of .*/s .*left film[.]mkv<animate ' "$1" &&
        has '^<text [^>]*>1 file, [0-9.]* [KMG]iB in .*</text>$' "$1" && has "photo[.]jpg: .* by $2" "$1"
}

check "a picture is made" makes 256M --buffer-size=4096
check "... and looks right" looks_right picture.svg NT
check "... also without motion" shows_one_state picture.svg
check "... and tells nothing of this machine" [ "$(grep -c -F "$builddir" picture.svg)" = 0 ]
check "a copy that is over too soon gives none" needs_a_bar
check "docs/picture.svg looks right" looks_right "$srcdir/docs/picture.svg" host
check "... also without motion" shows_one_state "$srcdir/docs/picture.svg"
check "README.md shows it" has '^!\[.*\](docs/picture.svg)$' "$srcdir/README.md"
tap_done
