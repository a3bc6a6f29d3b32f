#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests copyfile2.exe with folders, all that is in them, and patterns.

. "$srcdir/tests/programs/cli_helpers.sh"

mkdir -p tree/inner/deep tree/empty
cp a.bin tree
cp b.txt tree/inner
cp old.txt tree/inner/deep/DEEP.txt
echo upper >tree/inner/B.TXT
: >tree/nothing

# ---- folders ---------------------------------------------------------------------------------------------------------

whole()
{
    run -r tree new
    ends_with 0 && quiet && diff -r tree new && [ -d new/empty ] || return
    run --recursive tree/ folder
    ends_with 0 && quiet && diff -r tree folder/tree || return
    run -r "$work/tree" "$work/folder/linux/"
    ends_with 0 && quiet && diff -r tree folder/linux || return
    run -r "$(windows_path "$work/tree")" "$(windows_path "$work/windows")"
    ends_with 0 && quiet && diff -r tree windows
}
check "--recursive: structure, empty folders, exact names" whole

mixed()
{
    mkdir mixed
    run -r a.bin tree missing.bin b.txt mixed
    ends_with 1 && counted "1 of 12 failed" &&
        error_line "missing.bin -> mixed/missing.bin: PREPARE_SOURCE failed: 0x80070002: #" &&
        diff -r tree mixed/tree && same a.bin mixed/a.bin && same b.txt mixed/b.txt
}
check "--recursive: files and folders" mixed

onto()
{
    mkdir -p onto/tree/inner
    echo stays >onto/tree/other.txt
    cp old.txt onto/tree/inner/b.txt
    run -rn tree onto
    ends_with 0 && quiet && same old.txt onto/tree/inner/b.txt && same a.bin onto/tree/a.bin || return
    run -r tree onto
    ends_with 0 && quiet && same b.txt onto/tree/inner/b.txt && [ "$(cat onto/tree/other.txt)" = stays ]
}
check "--recursive: into a folder that is there" onto

# A name that Windows forbids is a name like any other, and a stream comes with its file.
linux_names()
{
    mkdir odd
    echo 1 >odd/12:30.log
    echo 2 >odd/dot.
    echo 3 >"odd/what?.txt"
    echo 4 >odd/streams.txt
    echo 5 >odd/streams.txt:one
    run -rv odd oddly
    ends_with 0 && diff -r odd oddly && grep -q '^odd/streams.txt -> oddly/streams.txt: copied$' out &&
        ! grep -q 'streams.txt:one' out || explain "not so" || return
    run -r --skip-streams odd without
    ends_with 0 && absent without/streams.txt:one && same odd/12:30.log without/12:30.log
}
check "--recursive: names that Windows forbids, and streams" linux_names

links()
{
    mkdir linked
    cp b.txt linked
    ln -s b.txt linked/to-file
    ln -s ../tree linked/to-folder
    ln -s .. linked/to-parent
    run -r linked links
    ends_with 0 && quiet && [ "$(readlink links/to-file)" = b.txt ] && [ "$(readlink links/to-folder)" = ../tree ] &&
        [ "$(readlink links/to-parent)" = .. ] && same b.txt links/b.txt
}
links_in_the_way()
{
    mkdir -p way-of-links
    ln -s elsewhere way-of-links/to-file
    ln -s ../folder way-of-links/to-folder
    run -rnv linked/. way-of-links
    ends_with 0 && [ "$(readlink way-of-links/to-folder)" = ../folder ] &&
        [ "$(readlink way-of-links/to-file)" = elsewhere ] && same b.txt way-of-links/b.txt &&
        grep -q ': 1 copied, 1 link, 1 folder, 2 skipped$' err || explain "not skipped" || return
    run -r linked/. way-of-links
    ends_with 0 && [ "$(readlink way-of-links/to-folder)" = ../tree ] && [ "$(readlink way-of-links/to-file)" = b.txt ]
}
# Without a callback the host half copies small files without handles, but for b.txt beside B.TXT. The lines of -v need
# a callback.
silent()
{
    COPYFILE2_TRACE=1 run -r tree unheard
    [ "$(grep -c '; without handles' err)" = 4 ] && diff -r tree unheard || explain "not without handles" || return
    COPYFILE2_TRACE=1 run -rv tree heard
    ! grep '; without handles' err && diff -r tree heard || explain "not heard" || return
    COPYFILE2_TRACE=1 run -rn tree kept
    ! grep '; without handles' err && diff -r tree kept || explain "tried twice"
}
case $HOST_TARGETS in
    *x86_64-unix*)
        check "--recursive: small files without handles" silent
        check "--recursive: links stay links" links
        check "--no-clobber leaves links alone" links_in_the_way
        ;;
    *)
        skip "--recursive: small files without handles" "no host half"
        skip "--recursive: links stay links" "no host half"
        skip "--no-clobber leaves links alone" "no host half"
        ;;
esac

links_without_host()
{
    mkdir -p followed/tree
    cp b.txt followed
    ln -s b.txt followed/to-file
    ln -s tree followed/to-folder
    ln -s .. followed/to-parent
    echo inner >followed/tree/inner.txt
    WINEDLLPATH='' COPYFILE2_BACKEND=nt run -r followed follows
    ends_with 1 && grep -q 'links are copied as what they lead to' err && same b.txt follows/to-file &&
        [ ! -L follows/to-file ] && same followed/tree/inner.txt follows/to-folder/inner.txt &&
        grep -q 'followed/to-parent -> .*: leads back to a folder above it' err || explain "not so"
}
check "--recursive without the host half: links are followed, and none forever" links_without_host

# A file that fails without a callback is told with its phase, too.
fails_silently()
{
    (
        ulimit -f 8
        run -r tree limited
        ends_with 1 && counted "1 of 9 failed" && absent limited/a.bin && same b.txt limited/inner/b.txt &&
            grep -q '^copyfile2: tree/a.bin -> limited/a.bin: [A-Z_]* failed: 0x' err || explain "no phase"
    )
}
check "--recursive: a file that fails has a phase" fails_silently

into_itself()
{
    for name in tree tree/inner "$work/tree/inner/new"; do
        run -r tree "$name"
        ends_with 1 && grep -q '^copyfile2: tree -> .*: a folder cannot be copied into itself$' err &&
            [ "$(find tree | wc -l)" = 9 ] || explain "$name" || return
    done
}
check "--recursive: not into itself" into_itself

file_in_the_way()
{
    mkdir -p way/tree
    cp a.bin way/tree/inner
    run -r tree way
    ends_with 1 && counted "1 of 5 failed" &&
        error_line "tree/inner -> way/tree/inner: the destination is a file, and the source is a folder" &&
        same a.bin way/tree/inner && same a.bin way/tree/a.bin
}
check "--recursive: a file in the way of a folder" file_in_the_way

plan_of_tree()
{
    run -r --dry-run tree planned
    ends_with 0 && absent planned && [ ! -s err ] && [ "$(wc -l <out)" = 9 ] &&
        grep -qx 'would copy tree/inner/b.txt -> planned/inner/b.txt' out || explain "not so"
}
check "--recursive: --dry-run" plan_of_tree

verified_tree()
{
    run -rv --verify tree verified
    ends_with 0 && diff -r tree verified &&
        grep -q '^5 files, 9\.79 KiB in .*: 5 copied, 4 folders$' err || explain "another summary"
}
check "--recursive: --verify, and the summary" verified_tree

# ---- patterns --------------------------------------------------------------------------------------------------------

# fits PATTERN NAME...: answers whether a copy by the pattern brings just these names
fits()
{
    pattern=$1
    shift
    rm -rf fitting
    mkdir fitting
    run "$pattern" fitting
    ends_with 0 && quiet && [ "$(ls -A fitting)" = "$(printf '%s\n' "$@")" ] || explain "$(ls -A fitting)"
}
mkdir many
for name in one.txt two.TXT three.text .hidden aab; do echo $name >many/$name; done
mkdir many/folder.txt
check "*.txt" fits 'many/*.txt' one.txt two.TXT
check "*.txt by Linux path" fits "$work/many/*.txt" one.txt
check "a pattern with backslashes" fits 'many\*.t?xt' three.text
check "???.*" fits 'many/???.*' one.txt two.TXT
check "*a*b" fits 'many/*a*b' aab
check "*" fits 'many/*' .hidden aab one.txt three.text two.TXT

no_pattern()
{
    mkdir starred literal
    echo star >'starred/*.txt'
    echo other >starred/a.txt
    run "$work/starred/*.txt" "$work/literal"
    ends_with 0 && [ "$(ls literal)" = '*.txt' ] && same 'starred/*.txt' 'literal/*.txt'
}
check "a name that exists is no pattern" no_pattern

folders_too()
{
    mkdir fit
    run -r 'many/*' fit
    ends_with 0 && quiet && diff -r many fit
}
check "a pattern takes folders with --recursive" folders_too

current_folder()
{
    mkdir here
    run '?.*' here
    ends_with 0 && quiet && [ "$(ls here)" = "$(printf 'a.bin\nb.txt')" ]
}
check "a pattern in the current folder" current_folder

cli_done
