# SPDX-License-Identifier: MIT
# Makes docs/claims.md of the tables of cases: awk -f claims.awk TEST-PROGRAM.c... A table begins with "struct test_case
# cases[] = {" and has an entry { .name = "...", .row = "...", ... } for a case. The program's name stands in TEST_MAIN
# behind it. It fails when a row has no claim, or two.

function complain( what ) { print FILENAME ": " what > "/dev/stderr"; bad = 1 }

# Answers the text of a member of the entry: string literals side by side are one.
function member( entry, name,    text, literal )
{
    if (!match( entry, "[.]" name " =[ \n]*\"" )) return ""
    entry = substr( entry, RSTART + RLENGTH - 1 )
    text = ""
    while (match( entry, /^[ \n]*"([^"\\]|\\.)*"/ ))
    {
        literal = substr( entry, RSTART, RLENGTH )
        sub( /^[ \n]*"/, "", literal )
        sub( /"$/, "", literal )
        text = text literal
        entry = substr( entry, RLENGTH + 1 )
    }
    gsub( /\\"/, "\"", text )
    gsub( /\\\\/, "\\", text )
    return text
}

# Reads "1, 2" and "8-15" alike: sets rows[1...] to the numbers, and answers how many there are.
function rows_of( text,    parts, count, i, ends, row, number )
{
    count = split( text, parts, /, */ )
    number = 0
    for (i = 1; i <= count; i++)
    {
        split( parts[i], ends, "-" )
        if (ends[2] == "") ends[2] = ends[1]
        for (row = ends[1] + 0; row <= ends[2] + 0; row++) rows[++number] = row
    }
    return number
}

function take( entry,    name, text, number, i )
{
    name = member( entry, "name" )
    text = member( entry, "row" )
    if (name == "" || text == "") complain( "an entry without a name, or a row: " entry )
    if (text == "-") return
    number = rows_of( text )
    for (i = 1; i <= number; i++)
    {
        held[rows[i]] = held[rows[i]] ( held[rows[i]] == "" ? "" : ", " ) "@." name
        if (rows[i] > last) last = rows[i]
    }
    if (member( entry, "claim" ) == "") return
    if (rows[1] in claim) complain( "row " rows[1] " is claimed twice" )
    claim[rows[1]] = member( entry, "claim" )
    sure[rows[1]] = member( entry, "sure" )
    if (sure[rows[1]] !~ /^[ABCR](\/[ABCR])?$/) complain( "row " rows[1] " is not said to be sure, or how" )
}

/struct test_case cases\[\] = \{/ { inside = 1; entry = ""; next }
inside && /^};/ { inside = 0 }
inside {
    entry = entry $0 "\n"
    if ($0 ~ /[^"]\},?$/)
    {
        take( entry )
        entry = ""
    }
}

# A line of TEST_MAIN tells the program's name, which the held rows have as "@".
/^TEST_MAIN\(/ {
    match( $0, /"[a-z0-9_]*"/ )
    program = substr( $0, RSTART + 1, RLENGTH - 2 )
    for (row in held) gsub( /@/, program, held[row] )
}

END {
    print "# What is claimed about Windows\n"
    print "This file is made by `make claims` from the test programs in tests/windows and tests/model. Each row is held"
    print "by the cases that are named at its end, as in `program.case`.\n"
    print "How sure a claim is: **A** it was observed on Windows, **B** Microsoft documents it, **C** it was inferred,"
    print "**R** it is our choice. `hr(x)` is HRESULT_FROM_WIN32(x).\n"
    print "The program copy_ex holds CopyFileExW, CopyFileExA, CopyFileW and CopyFileA to its rows. They answer TRUE or"
    print "FALSE, and the last error stands for the HRESULT. Rows 19 and 20 were observed of CopyFileEx first.\n"
    print "| row | claim | sure | cases |"
    print "|---|---|---|---|"
    for (row = 1; row <= last; row++)
    {
        if (!( row in claim )) complain( "row " row " has no claim" )
        gsub( /[|*]/, "\\\\&", claim[row] )
        printf "| %d | %s | %s | %s |\n", row, claim[row], sure[row], held[row]
    }
    exit bad
}
