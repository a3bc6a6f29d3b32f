#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests copyfile2-conformance.exe. It has all cases of the suite, and judges implementations that die, hang, leave files
# behind, or are not there.

. "$srcdir/tests/harness/tap.sh"
work=$builddir/tests/work/conformance-test
rm -rf "$work"
mkdir -p "$work" || exit 99

[ -n "$WINE" ] || skip_all "no Wine"
case " $PE_TARGETS " in
    *" x86_64-windows "*) ;;
    *) skip_all "no 64-bit programs" ;;
esac
. "$srcdir/tests/harness/prefix.sh"
stage=$builddir/stage
program=$stage/x86_64-w64-mingw32/bin/copyfile2-conformance.exe
ours=$(windows_path "$builddir/x86_64-windows/copyfile2.dll")
cd "$work" || exit 99

# judges STATUS OPTION...: runs the program; the files said and complained have what it wrote
judges()
{
    wanted=$1
    shift
    wine_run "$program" "$@" >said 2>complained
    got=$?
    [ $got = "$wanted" ] || { echo "exit code $got, wanted $wanted"; cat said complained; return 1; }
}
# says PATTERN...: each of them is in the file said
says()
{
    for pattern; do
        grep -q -e "$pattern" said || { echo "not said: $pattern"; cat said; return 1; }
    done
}

# Each fault has an implementation of its own. The filter takes three cases, so that one can see that the run goes on.
build_dll()
{
    printf '#include <windows.h>\n%s\n' "$2" >"$1.c"
    $PE64_CC -shared -o "$1.dll" "$1.c" -static-libgcc
}
signature='__declspec(dllexport) HRESULT WINAPI CopyFile2( PCWSTR a, PCWSTR b, COPYFILE2_EXTENDED_PARAMETERS *c )'
some='--filter basic.overwrite'

# ---- what is in it ---------------------------------------------------------------------------------------------------

# cases_of_sources: prints PROGRAM.CASE for each entry of the tables of cases
cases_of_sources()
{
    for source in $WINDOWS_TESTS; do
        awk -v program="${source##*/}" '
            /struct test_case cases\[\] = \{/ { inside = 1; next }
            /^};/ { inside = 0 }
            inside && match( $0, /[.]name = "[^"]*"/ ) {
                print program "." substr( $0, RSTART + 9, RLENGTH - 10 )
            }' "$srcdir/tests/$source.c"
    done | LC_ALL=C sort
}
lists_all_cases()
{
    judges 0 --list || return 1
    cut -f 1 said | LC_ALL=C sort >listed
    cases_of_sources >expected
    [ "$(wc -l <expected)" -gt 300 ] && diff expected listed
}
# R is our choice, so it is no measure for others.
own_rows_are_own()
{
    judges 0 --list && [ "$(cut -f 4 said | grep -c own)" -gt 40 ] &&
        ! awk -F '\t' '$3 == "R" && $4 != "own"' said | grep .
}
needs_nothing()
{
    for file in "$stage"/*/bin/copyfile2-conformance.exe; do
        $PE64_OBJDUMP -p "$file" | sed -n 's/.*DLL Name: //p' | tr '[:upper:]' '[:lower:]' >imports
        grep -q kernel32 imports && ! grep -v -e '^kernel32.dll$' -e '^advapi32.dll$' -e '^msvcrt.dll$' imports ||
            return 1
    done
}
# The row's cases stand behind it in docs/claims.md. Those that are our own are not for others.
runs_a_row()
{
    sed -n 's/^| 4 |.*| \([^|]*\) |$/\1/p' "$srcdir/docs/claims.md" | tr -d ' ' | tr , '\n' | LC_ALL=C sort >expected
    judges 0 --list --row 4 && cut -f 1 said | LC_ALL=C sort | diff expected - && [ -s expected ]
}
# docs/conformance.md has the results of earlier runs, and its claims have to be the current ones.
table_has_these_claims()
{
    judges 0 --list && awk -F '\t' '$5 != "-" { gsub( /[|*]/, "\\\\&", $5 ); sub( /[-,].*/, "", $2 );
        if (!( $2 in seen )) print "| " $2 " | " $5 " | " $3 " |"; seen[$2] = 1 }' said >claims
    [ "$(wc -l <claims)" -gt 70 ] && while read -r line; do
        grep -q -F -e "$line" "$srcdir/docs/conformance.md" || { echo "docs/conformance.md has not: $line"; return 1; }
    done <claims
}
# README.md tells what our engine holds, and what the newest Wine does.
readme_has_these_counts()
{
    sed -n 's/^| claims about Windows, held | \([0-9]*\) of \([0-9]*\) |.* \([0-9]*\) of [0-9]* |$/\1 \2 \3/p' \
        "$srcdir/docs/conformance.md" >counts
    read -r ours_held all newest_held <counts && tr '\n' ' ' <"$srcdir/README.md" | grep -q \
        "ours holds $ours_held of $all, and Wine [0-9.]*'s own $newest_held "
}
check "--list has the cases of the sources" lists_all_cases
check "README.md has the counts of docs/conformance.md" readme_has_these_counts
check "docs/conformance.md has the claims of today: make conformance" table_has_these_claims
check "rows that are our choice are for us alone" own_rows_are_own
check "it needs no DLL but Windows' own" needs_nothing
check "--row takes the cases of a row" runs_a_row

# ---- implementations -------------------------------------------------------------------------------------------------

passes()
{
    judges 0 --dll "$ours" $some && says '^1\.\.3' '^ok 1 - basic.overwrite (row 2)' ' 0 failed' &&
        ! grep -q '^not ok' said
}
check "our own engine passes" passes

dies()
{
    build_dll dies "$signature { *(volatile int *)0 = 1; return 0; }" || return 1
    judges 1 --dll dies.dll $some && says '^# died with 0xc0000005' '^not ok 1 ' '^not ok 3 '
}
hangs()
{
    build_dll hangs "$signature { Sleep( INFINITE ); return 0; }" || return 1
    judges 1 --dll hangs.dll $some --seconds 2 && says '^# took longer than 2 s' '^not ok 1 ' '^not ok 3 '
}
exits()
{
    build_dll exits "$signature { ExitProcess( 0 ); }" || return 1
    judges 1 --dll exits.dll $some && says '^# died with 0' '^not ok 3 '
}
is_absent()
{
    build_dll absent '__declspec(dllexport) int other;' || return 1
    judges 1 --dll absent.dll $some && says 'there is no CopyFile2 in .*absent.dll' '^not ok 3 '
}
cannot_be_loaded()
{
    judges 2 --dll nowhere.dll && grep -q 'cannot load nowhere.dll' complained
}
# This DLL does nothing, and says that it did. It promises nothing of its own, so our own cases do not judge it.
lies()
{
    build_dll lies "$signature { SetLastError( 0 ); return S_OK; }" || return 1
    judges 1 --dll lies.dll --filter basic.basic && says '^not ok 1 - basic.basic ' &&
        judges 2 --dll lies.dll --filter rehearsed. && judges 2 --dll lies.dll --row 71 &&
        judges 0 --dll "$ours" --row 71
}
# This DLL copies, and never calls back. Nobody knows when Windows sends ERROR, so a case of errors passes all the same.
is_silent()
{
    build_dll silent "$signature
        { return CopyFileW( a, b, c && c->dwCopyFlags & 1 ) ? S_OK : HRESULT_FROM_WIN32( GetLastError() ); }" &&
        judges 0 --dll silent.dll --filter basic.basic &&
        judges 0 --dll silent.dll --filter errors.parent_missing || return 1
    for silent in progress.order_ progress.nested pause.resume rate.rate_order restartable.messages handles.mtime_cb \
        sizes.growing; do
        judges 1 --dll silent.dll --filter $silent && says '^not ok 1 ' || return 1
    done
}
check "one that dies fails its cases, and the run goes on" dies
check "one that never calls back fails the cases of messages" is_silent
check "one that hangs fails its cases, and the run goes on" hangs
check "one that ends the process fails its cases" exits
check "one that is not there fails its cases" is_absent
check "a DLL that cannot be loaded ends the run" cannot_be_loaded
check "one that does nothing fails, and is not asked what only we promise" lies

# ---- without the host half -------------------------------------------------------------------------------------------

# judges_alone OPTION...: lets the program judge our DLL in a folder that has no more than the two, and finds no failure
judges_alone()
{
    mkdir -p alone && cp "$program" "$builddir/x86_64-windows/copyfile2.dll" alone || return 1
    (unset WINEDLLPATH; program=alone/copyfile2-conformance.exe; judges 0 --dll copyfile2.dll "$@")
}
# Our engine refuses the copies of links there, and an implementation that is not ours has no such excuse.
links_skip()
{
    judges_alone --filter links. &&
        says '^# no host half here: our engine goes by NT calls, and copies no links$' \
            '^ok .* links.symlink_follow (row 66)$' '^ok .* links.symlink_copy (row 67) # SKIP links need ' \
            '^ok .* links.dst_symlink (row 69) # SKIP links need ' ' 0 failed, 0 not yet, ' || return 1
    judges 1 --dll silent.dll --filter links.symlink_copy && ! grep 'no host half' said
}
links_are_copied()
{
    judges 0 --dll "$ours" --filter links.symlink_copy && ! grep -e 'no host half' -e SKIP said
}
# No case of row 67 can do without links. Of row 69 one can, which is not all of its claim.
skipped_rows_do_not_hold()
{
    judges_alone --filter links. --report && says '^| 67 | .* | skipped |$' '^| 69 | .* | in part |$' \
        '^| claims that are documented (B) | 0 | 1 |' || return 1
    judges 0 --list && mv said list && judges_alone --filter links. && mv said 1-nt.tap && echo 'A Wine' >1.name &&
        awk -f "$srcdir/tests/conformance/table.awk" list 1-nt.tap >said &&
        says '^| 66 | .* | yes |$' '^| 67 | .* | skipped |$' '^| 69 | .* | in part |$' \
            '^| claims about Windows, held | 1 of 3 |$'
}
check "our DLL alone: the cases of links skip, and the run says why" links_skip
case " $HOST_TARGETS " in
    *" x86_64-unix "*) check "our DLL with its host half: they do not" links_are_copied ;;
    *) skip "our DLL with its host half: they do not" "no host half" ;;
esac
check "a row whose cases skip does not hold, in part or at all" skipped_rows_do_not_hold

# ---- reports ---------------------------------------------------------------------------------------------------------

json_is_well_formed()
{
    judges 1 --dll lies.dll --filter bad_chars --json && perl -MJSON::PP -e '
        local $/; my $all = decode_json( <STDIN> ); my @cases = @{$all->{cases}};
        die "other cases" unless @cases == 1 and $all->{failed} == 1 and $cases[0]{case} eq "errors.bad_chars";
        die "other members" unless $cases[0]{result} eq "fail" and $cases[0]{sure} eq "A/C"
            and $cases[0]{said} =~ /a"b.*\n.*a<b|a<b.*\n.*a"b/s and $all->{dll} eq "lies.dll";' <said
}
# The names in this case have a quote and <. An element is closed before its parent, and no text has < or & of its own.
junit_is_well_formed()
{
    judges 1 --dll lies.dll --filter bad_chars --junit report.xml && says '^not ok' && perl -e '
        local $/; $_ = <STDIN>; my @open;
        s/^<\?xml version="1.0" encoding="UTF-8"\?>\n// or die "no head";
        while (length) {
            if (s/^<(\w+)( \w+="[^"<]*")*(\/?)>//) { push @open, $1 unless $3; }
            elsif (s/^<\/(\w+)>//) { die "$1 closes $open[-1]" unless $1 eq pop @open; }
            else { s/^[^<]+// or die "broken: $_"; die "& in text" if $& =~ /&(?!#\d+;)/; }
        }
        die "open: @open" if @open;' <report.xml && grep -q '<failure message="' report.xml
}
reports_claims()
{
    judges 1 --dll lies.dll $some --report &&
        says '^| 2 | dest longer than source: .* | A | \*\*fails\*\* |' '^### basic.overwrite (row 2)' \
            '^| all cases | 0 '
}
probes_without_judging()
{
    judges 0 --dll "$ours" --probe --filter pause && says '^## pause: ' '^    result 80070bea, last error 3050' &&
        judges 0 --dll dies.dll --probe --filter names && says 'died with 0xc0000005'
}
check "--json is well formed" json_is_well_formed
check "--junit is well formed" junit_is_well_formed
check "--report has claims, sureness and results" reports_claims
check "--probe prints what it sees, and judges nothing" probes_without_judging

# ---- what is left ----------------------------------------------------------------------------------------------------

# The cases of links leave links to nothing, which Wine cannot delete; one that dies leaves its files.
run_folders()
{
    find "$WINEPREFIX/drive_c" -name 'copyfile2-conformance-*'
}
leaves_nothing()
{
    before=$(run_folders)
    judges 0 --dll "$ours" --filter links.symlink_copy && says '^ok 1 - links' || return 1
    judges 1 --dll dies.dll $some || return 1
    left=$(run_folders)
    [ "$left" = "$before" ] || { echo "left: $left"; return 1; }
}
check "a run leaves nothing in the temporary folder" leaves_nothing
[ $tap_failed != 0 ] || { cd / && rm -rf "$work"; }
tap_done
