#!/bin/sh
# SPDX-License-Identifier: MIT
# bash's completion of the command copyfile2 knows every option, and no other.

. "$srcdir/tests/harness/tap.sh"
command -v bash >/dev/null || skip_all "no bash"
completion=$builddir/stage/share/bash-completion/completions/copyfile2

# completes WORD...: prints what bash offers for the last word, a line each
completes()
{
    bash -c '. "$1" && shift && COMP_WORDS=( copyfile2 "$@" ) && COMP_CWORD=$#; _copyfile2;
        printf "%s\n" "${COMPREPLY[@]}"' bash "$completion" "$@"
}
# offers WORDS WORD...: answers whether bash offers just WORDS
offers()
{
    words=$1
    shift
    found=$(completes "$@" | xargs)
    [ "$found" = "$words" ] || { echo "found: $found"; return 1; }
}
# The table of options.c says what the program knows; an option that reads something takes an argument.
every_option()
{
    sed -n -e 's/^ *{ .name = L"\([a-z-]*\)", \.read.*/--\1=/p' -e t -e 's/^ *{ .name = L"\([a-z-]*\)".*/--\1/p' \
        "$srcdir/programs/copyfile2/options.c" | LC_ALL=C sort >"$builddir/tests/work/completion.expected"
    [ "$(wc -l <"$builddir/tests/work/completion.expected")" -gt 30 ] || { echo "no table"; return 1; }
    completes -- | LC_ALL=C sort | diff "$builddir/tests/work/completion.expected" -
}
in_the_man_page()
{
    for option in $(completes -- | sed 's/=$//'); do
        sed 's/\\-/-/g' "$srcdir/programs/copyfile2/copyfile2.1" | grep -q -e "^\.BI\{0,1\}R\{0,1\} .*$option" ||
            { echo "not there: $option"; return 1; }
    done
}

mkdir -p "$builddir/tests/work"
check "is installed" [ -s "$completion" ]
check "offers every option" every_option
check "completes a word" offers --recursive --rec
check "completes one of several" offers "--no-clobber --no-cloning" --no-clo
check "leaves names to bash" offers "" file
check "leaves names behind -- to bash" offers "" -- --re
check "offers no number" offers "" --rate = --
check "the man page has each option" in_the_man_page
rm -f "$builddir/tests/work/completion.expected"
tap_done
