#!/bin/sh
# SPDX-License-Identifier: MIT
# Every file has a licence, as REUSE wants it: in its own first lines, or by REUSE.toml. "reuse lint" says the same.

. "$srcdir/tests/harness/tap.sh"
cd "$srcdir" || exit 99
[ -e .git ] && git ls-files >/dev/null 2>&1 || skip_all "this is no checkout"
work=$builddir/tests/work/licences
rm -rf "$work"
mkdir -p "$work"

# named: prints an expression for each pattern of REUSE.toml, which gives a licence to the files that fit
named()
{
    awk '/^path = \[/ { inside = 1; next } /^\]/ { inside = 0 } inside' REUSE.toml | sed -n 's/^ *"\(.*\)",$/\1/p' |
        sed -e 's/[.]/[.]/g' -e 's/[*][*]/\n/g' -e 's/[*]/[^\/]*/g' -e 's/\n/.*/g' -e 's/.*/^&$/'
}
# without: prints the files on standard input that nothing gives a licence to
without()
{
    grep -v -f "$work/named" | grep -v '^LICENSES/' | while read -r file; do
        head -n 3 "$file" | grep -q "SPDX-License""-Identifier: MIT" || echo "$file"
    done
}
all_have_one()
{
    [ -z "$(git ls-files | without | tee /dev/stderr)" ]
}
is_missed()
{
    echo 'int x;' >"$work/new.c"
    [ "$(echo "$work/new.c" | without)" = "$work/new.c" ]
}
no_idle_pattern()
{
    while read -r pattern; do
        git ls-files | grep -q -e "$pattern" || { echo "no file is $pattern"; return 1; }
    done <"$work/named"
}
no_other_licence()
{
    [ -z "$(git ls-files | while read -r file; do
        head -n 3 "$file" | grep -a "SPDX-License""-Identifier" |
            grep -v -e 'Identifier: MIT\( \*/\| -->\)\{0,1\}$' | sed "s,^,$file: ,"
    done | tee /dev/stderr)" ]
}
text_is_there()
{
    cmp LICENSE LICENSES/MIT.txt && [ "$(git ls-files LICENSES | tr '\n' ' ')" = "LICENSES/MIT.txt " ]
}

named >"$work/named"
check "REUSE.toml names files" [ "$(wc -l <"$work/named")" -gt 8 ]
check "every file has a licence" all_have_one
check "a new file without one is seen" is_missed
check "each pattern of REUSE.toml names a file" no_idle_pattern
check "there is no other licence" no_other_licence
check "the text of the licence is in LICENSES" text_is_there
# Older versions of reuse know no REUSE.toml.
if reuse --version 2>/dev/null | grep -q -E 'version (4|5|6|7)'; then
    check "reuse lint" reuse lint --quiet
else
    skip "reuse lint" "no reuse that reads REUSE.toml"
fi
tap_done
