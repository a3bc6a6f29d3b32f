#!/bin/sh
# SPDX-License-Identifier: MIT
# The house rules that a machine can check. HACKING.md, "How to write", has the others.

. "$srcdir/tests/harness/tap.sh"
cd "$srcdir" || exit 99
work=$builddir/tests/work/style
rm -rf "$work"
mkdir -p "$work"

# ---- what is excepted, and why ---------------------------------------------------------------------------------------

# The header is one promise, to be read from top to bottom; a table of rows has as many as there are.
long_files='include/copyfile2.h dlls/copyfile2/*_rows.h'

# SC2086 and SC2046: compilers and Wine are commands with arguments, flags are lists; no name in the tests has a blank.
# SC2154 and SC2034: make hands variables down, and one script sets what another one that it sources reads.
# SC2015: the last part of "this && that || explain" is to run after either fails.
# SC2016: text in single quotes is for another program: awk, cmd.exe, a second shell.
# SC1090 and SC1091: each script is looked at by itself.
# SC2030 and SC2031: a variable is set in a subshell in order to be gone behind it.
# SC2012 and SC2013: names that the tests made themselves can be listed by ls, and be words.
# SC2094 and SC2261: a pipe to a program that runs meanwhile is written and read in one command.
# SC2119 and SC2120: a function may be called without arguments.
# SC3045: ulimit -f and -n are in every shell of the systems that the tests are for.
shellcheck_excluded=SC2086,SC2046,SC2154,SC2034,SC2015,SC2016,SC1090,SC1091,SC2030,SC2031,SC2012,SC2013,SC2094,SC2261
shellcheck_excluded=$shellcheck_excluded,SC2119,SC2120,SC3045

# Each line has a pattern of cppcheck's, and the reason.
cppcheck_suppressions='
missingInclude        the headers of Windows are not given, which would take minutes
missingIncludeSystem  neither are those of Linux
unknownMacro          so their macros are not known
toomanyconfigs        twelve ways to define macros are enough
normalCheckLevelMaxBranches    so are the branches that it looks at by itself
nullPointerOutOfMemory:tests/*            a test without memory may crash, for then it has failed
nullPointerArithmeticOutOfMemory:tests/*  the same
nullPointerOutOfResources:tests/*         the same
doubleFree:tests/parsers/*     it does not see that a call sets the result anew
uninitvar:dlls/copyfile2/unix/fold.c  it does not see that a function of Wine fills the array
nullPointerRedundantCheck:dlls/copyfile2/unix/index_directories.c  it takes a comparison with NULL for a use of it
memleak:tests/host/*           what a failed test leaves goes with its process
autoVariables:tests/windows/*  a recorder does not outlive the function that lends it a variable
nullPointerRedundantCheck:tests/programs/*  the program has ended when CHECK fails
'

# ---- which files -----------------------------------------------------------------------------------------------------

folders='dlls docs include programs tests m4 packaging examples'

# files NAME-PATTERN...: prints such files of the source tree, without those that were built, or that tests left
files()
{
    for pattern; do
        find $folders -path tests/work -prune -o -type f -name "$pattern" -print
    done | LC_ALL=C sort
}
c_files=$(files '*.[ch]')
scripts="quickstart $(ls .ci/run 2>/dev/null) $(files '*.sh' '*.sh.in')"
scripts="$scripts debian/tests/copies debian/tests/cross-compiles debian/tests/unchanged-program"
documents="README.md HACKING.md SECURITY.md"
documents="$documents $(find $folders -path tests/work -prune -o -name '*.md' -print | sort)"
rules="Makefile.am $(files '*.mk' '*.awk')"
texts="$c_files $scripts $rules $(files '*.m4' '*.def') configure.ac"

# none_but LIST: prints the files of standard input that no pattern of LIST names
none_but()
{
    while read -r none_file none_rest; do
        for none_pattern in $1; do
            # shellcheck disable=SC2254 # it is a pattern
            case $none_file in
                $none_pattern) continue 2 ;;
            esac
        done
        echo "$none_file${none_rest:+ $none_rest}"
    done
}

# finds_nothing COMMAND...: answers whether the command prints nothing, for each line that it prints is a fault
finds_nothing()
{
    found=$("$@")
    printf '%s\n' "$found"
    [ -z "$found" ]
}

# sees_in TEXT WORDS COMMAND...: claims that the command finds the fault in a document with this text, and says these
# words
sees_in()
{
    imitation=$work/imitation.md
    printf '%s\n' "$1" >"$imitation"
    sees_words=$2
    shift 2
    case $("$@" "$imitation") in
        *"$sees_words"*) check "$1 can fail: $sees_words" true ;;
        *) check "$1 can fail: $sees_words" false ;;
    esac
}

# ---- text ------------------------------------------------------------------------------------------------------------

long_lines()
{
    LC_ALL=C.UTF-8 grep -n -E '^.{121}' $texts /dev/null | cut -c 1-100
}
without_licence()
{
    for file in $c_files; do
        head -n 1 "$file" | grep -q '^/\* SPDX-License-Identifier: MIT' || echo "$file"
    done
}
too_long_files()
{
    wc -l $c_files $scripts $rules | awk '$1 > 400 && $2 != "total" { print $2, $1, "lines" }' | none_but "$long_files"
}
# long_text DOCUMENT...: prints the lines of text that are longer than 120 columns. Tables and code cannot be broken.
long_text()
{
    awk '
        FNR == 1 { code = 0 }
        /^ *```/ { code = !code }
        code || /^ *\|/ || /^    / { next }
        { print FILENAME ":" FNR ": " $0 }' "$@" | LC_ALL=C.UTF-8 grep -E '^[^ ]+: .{121}' | cut -c 1-100
}
# long_sentences DOCUMENT...: the sentences of more than 25 words. A link and a piece of code count as one word.
long_sentences()
{
    awk '
        function tell(    parts, words, count, i, length_of_part)
        {
            gsub( /`[^`]*`/, "code", text )
            gsub( /\]\([^)]*\)/, "]", text )
            count = split( text, parts, /[.!?:][*)"]* +|[.!?:]$/ )
            for (i = 1; i <= count; i++)
            {
                length_of_part = split( parts[i], words, " " )
                if (length_of_part > 25) print document ":" line ": " length_of_part " words: " parts[i]
            }
            text = ""
        }
        FNR == 1 { tell(); code = 0 }
        /^ *```/ { code = !code }
        code || /^ *```|^ *[|]|^    |^#|^$/ { tell(); next }
        /^ *([-*]|[0-9]+[.]) / { tell(); sub( /^ *([-*]|[0-9]+[.]) /, "" ) }
        !text { document = FILENAME; line = FNR }
        { text = text " " $0 }
        END { tell() }' "$@" | cut -c 1-110
}
# comments_without_subject FILE...: comments that begin with a word by which a reader has to wait for the subject
comments_without_subject()
{
    grep -n -E '^[[:blank:]]*(/\*|#) (Of|Who|Whose|Whom|What|Whoever|Whatever|Whichever) ' /dev/null "$@" | cut -c 1-110
}
# bare_choices DOCUMENT...: the decisions that lack their reason, or the test that holds them
bare_choices()
{
    awk '
        function tell() { if (choice && !(why && held)) print place ": " choice; choice = "" }
        FNR == 1 || /^#/ { tell() }
        /^[*][*]Choice/ { tell(); choice = $0; place = FILENAME ":" FNR; why = held = 0 }
        /^[*][*]Why[.]/ { why = 1 }
        /^[*][*]Held by[.]/ { held = 1 }
        END { tell() }' "$@" | cut -c 1-100
}
# many_lines MOST DOCUMENT: names the document if it has more lines than that
many_lines()
{
    [ "$(wc -l <"$2")" -le "$1" ] || echo "$2 has more than $1 lines"
}
# long_functions FILE...: a function stands between { and } at the margin, behind its name. In awk a rule does, too.
long_functions()
{
    awk 'FNR == 1 { begun = 0 }
        /^\{/ && before ~ /\)[ \t]*(\/[*].*)?$/ { begun = FNR; name = before }
        FILENAME ~ /[.]awk$/ && /^[^ \t{}#].*\{$/ { begun = FNR; name = $0 }
        /^\}/ {
            lines = FNR - begun - 1
            if (begun && lines > 40) print FILENAME ":" begun ": " lines " lines: " name
            begun = 0
        }
        { before = $0 }' "$@"
}
check "some files are looked at" [ "$(echo $c_files | wc -w)" -gt 150 -a "$(echo $scripts | wc -w)" -gt 30 ]
check "no line is longer than 120 columns" finds_nothing long_lines
check "each file of C begins with its licence" finds_nothing without_licence
check "no file is longer than 400 lines" finds_nothing too_long_files
check "no function is longer than 40 lines" finds_nothing long_functions $c_files $scripts $rules
sees_in "void f( void ) /* and more */
{
$(seq 41)
}" "imitation.md:2: 41 lines" long_functions
check "no text of a document is longer than 120 columns" finds_nothing long_text $documents
sees_in "| a row |

$(printf '%0121d' 0)" "imitation.md:3: 000" long_text
check "no sentence of a document has more than 25 words" finds_nothing long_sentences $documents
sees_in "- One word, and $(printf 'more %.0s' $(seq 24))
  than 25." "imitation.md:1: 29 words" long_sentences
check "each decision has its reason and its test" finds_nothing bare_choices $documents
sees_in "**Choice.** We do so.
**Why.** It is better." "imitation.md:1: " bare_choices
check "comments begin with their subject" \
    finds_nothing comments_without_subject $c_files $scripts $rules
sees_in "/* Of the name the index tells. */" "imitation.md:1:" comments_without_subject
check "README.md has at most 100 lines" finds_nothing many_lines 100 README.md
check "HACKING.md has at most 130 lines" finds_nothing many_lines 130 HACKING.md
sees_in "one
two" "more than 1 lines" many_lines 1

# ---- what comments say about tests -----------------------------------------------------------------------------------

# references: prints a line for each "file.c, case" in the comments of C, as FILE NAMED-FILE CASE. A word that begins a
# clause is no case.
references()
{
    awk '{
            text = $0
            if (!inside && !match( text, /\/[*]/ )) next
            inside = text !~ /[*]\//
            while (match( text, /[a-z_0-9-]+[.](c|sh), [a-z_0-9]+/ ))
            {
                split( substr( text, RSTART, RLENGTH ), parts, ", " )
                if (parts[2] !~ /^(and|as|but|by|for|in|nor|or|so|that|the|what|when|where|which|who|with)$/)
                    print FILENAME, parts[1], parts[2]
                text = substr( text, RSTART + RLENGTH )
            }
        }' $c_files
}
# held_by DOCUMENT...: prints a line for each test that "Held by" names, as DOCUMENT NAMED-FILE CASE; the case is - for
# a whole file. Text in brackets, and clauses in plain words, are for readers only.
held_by()
{
    awk '
        function tell(    clauses, words, count, i, j, of)
        {
            gsub( /\([^)]*\)|`/, "", text )
            sub( /[.]$|[.] .*/, "", text )
            gsub( / and /, ", ", text )
            count = split( text, clauses, /; */ )
            for (i = 1; i <= count; i++)
            {
                of = split( clauses[i], words, /, */ )
                sub( / +$/, "", words[1] )
                if (words[1] !~ /^[a-z_0-9-]+[.](c|sh)$/) continue
                print document, words[1], "-"
                for (j = 2; j <= of; j++) if (words[j] ~ /^[a-z_0-9]+$/) print document, words[1], words[j]
            }
            text = ""
        }
        FNR == 1 { if (text) tell(); document = FILENAME }
        /^\*\*Held by/ { if (text) tell(); text = $0; sub( /^\*\*Held by[.]?\*\* */, "", text ); next }
        /^$|^\*\*/ { if (text) tell(); next }
        text { text = text " " $0 }
        END { if (text) tell() }' "$@"
}
# dangling: reads lines FILE NAMED-FILE CASE, and complains of those whose file or case does not exist. A case has an
# entry in the table of its program, or is a function of the file.
dangling()
{
    while read -r file named case; do
        place=$(find tests -path tests/work -prune -o -name "$named" -print)
        if [ -z "$place" ]; then
            # It may be a file of the engine's, with a comma of the sentence.
            [ -n "$(find dlls programs -name "$named")" ] || echo "$file: there is no $named"
        elif [ "$case" != - ] && ! grep -q -e "\.name = \"$case\"" -e "\.run = $case " \
            -e "^\(static \)\{0,1\}\(void \)\{0,1\}\(test_\)\{0,1\}$case(" -e "^ *$case()\$" $place; then
            echo "$file: $named has no case $case"
        fi
    done
}
dangling_references()
{
    references | dangling
}
# dangling_tests DOCUMENT...: complains of the tests that these documents name and that do not exist
dangling_tests()
{
    held_by "$@" | dangling
}
claims_differ()
{
    programs=$(for program in $WINDOWS_TESTS; do echo "tests/$program.c"; done)
    [ -n "$programs" ] || { echo "make names no test programs"; return; }
    ${AWK:-awk} -f tests/product/claims.awk $programs 2>&1 | diff docs/claims.md - | head -n 20
}
check "some comments name cases" [ "$(references | wc -l)" -gt 20 ]
check "comments name cases that there are" finds_nothing dangling_references
check "some documents name tests" [ "$(held_by $documents | wc -l)" -gt 100 ]
check "documents name tests that there are" finds_nothing dangling_tests $documents
sees_in "**Held by.** streams.c, order;
nobody.c, order." "there is no nobody.c" dangling_tests
sees_in "**Held by.** streams.c,
order, nothing." "streams.c has no case nothing" dangling_tests
check "docs/claims.md is current: make claims" finds_nothing claims_differ

# ---- other tools -----------------------------------------------------------------------------------------------------

# clang_format: prints the name of one that can say how we write. Older ones put blanks into "if (x)", or none into "f(
# x )".
clang_format()
{
    printf 'void f( int x )\n{\n    if (x) f( x );\n}\n' >"$work/probe.c"
    for name in $CLANG_FORMAT clang-format clang-format-24 clang-format-23 clang-format-22 clang-format-21; do
        command -v "$name" >/dev/null && "$name" <"$work/probe.c" 2>/dev/null | cmp -s - "$work/probe.c" || continue
        echo "$name"
        return
    done
}
formatter=$(clang_format)
if [ -n "$formatter" ]; then
    check "clang-format" "$formatter" --dry-run --Werror $c_files
else
    skip "clang-format" "no clang-format that can say how we write"
fi
if command -v shellcheck >/dev/null; then
    check "shellcheck" shellcheck -s sh -e "$shellcheck_excluded" $scripts
else
    skip "shellcheck" "no shellcheck"
fi
if command -v cppcheck >/dev/null; then
    printf '%s\n' "$cppcheck_suppressions" | sed 's/ .*//' | grep . >"$work/suppressions"
    check "cppcheck" cppcheck --quiet --error-exitcode=1 --enable=warning,portability,performance --inline-suppr \
        --suppressions-list="$work/suppressions" -I include -I dlls/copyfile2 -I tests -i tests/work dlls programs tests
else
    skip "cppcheck" "no cppcheck"
fi
tap_done
