# SPDX-License-Identifier: MIT
# Makes docs/conformance.md: awk -f table.awk list N-KIND.tap...
# `list` is what copyfile2-conformance.exe --list prints, N.name has the name of the Nth Wine, and each N-KIND.tap is
# the TAP of one run. KIND is host or nt, of our engine, or own, which is what the Wine itself has.

BEGIN { FS = "\t" }

# Reads "1, 2" and "8-15" alike: sets rows[1...] to the numbers, and answers how many there are.
function rows_of( text, rows,    parts, count, i, ends, row, number )
{
    count = split( text, parts, /, */ )
    number = 0
    for (i = 1; i <= count; i++)
    {
        split( parts[i], ends, "-" )
        if (ends[2] == "") ends[2] = ends[1]
        for (row = ends[1] + 0; row <= ends[2] + 0; row++) if (row) rows[++number] = row
    }
    return number
}

# CopyFileEx and the moves are other functions.
function function_of( case ) { return case ~ /^copy_ex[.]/ ? "ex" : case ~ /^move[.]/ ? "move" : "2" }

FILENAME == "list" {
    cases[++case_count] = $1
    profile[$1] = $4
    rows_text[$1] = $2
    number = rows_of( $2, rows )
    for (i = 1; i <= number; i++)
    {
        held[rows[i], function_of( $1 )] = 1
        if (rows[i] > last) last = rows[i]
    }
    if ($5 != "-" && !( rows[1] in claim )) { claim[rows[1]] = $5; sure[rows[1]] = $3 }
    next
}

FNR == 1 {
    column[++columns] = FILENAME
    name = FILENAME
    sub( /.*\//, "", name )
    split( name, parts, /[-.]/ )
    getline name < ( parts[1] ".name" )
    close( parts[1] ".name" )
    title[columns] = ( parts[2] == "own" ? name "'s own" : "ours, " parts[2] ", " name )
    kind[columns] = parts[2]
}
/^(not )?ok / {
    match( $0, / - [^ ]*/ )
    case = substr( $0, RSTART + 3, RLENGTH - 3 )
    outcome = /^ok.* # SKIP / ? "skip" : /# TODO/ ? "todo" : /^ok/ ? "pass" : "fail"
    result[case, columns] = outcome
    which = profile[case]
    counted[which, outcome, columns]++
}
/^# died with/ { died[columns]++ }
/^# took longer/ { slow[columns]++ }

# Answers what the cases of one function say of a row; the worst of them counts. When some of them were skipped, those
# that pass do not hold the row, for they are not all of the claim.
function outcome_of( row, of, c,    i, j, case, number, seen, rows )
{
    for (i = 1; i <= case_count; i++)
    {
        case = cases[i]
        if (function_of( case ) != of || !( ( case, c ) in result )) continue
        if (profile[case] == "own" && kind[c] == "own") continue
        number = rows_of( rows_text[case], rows )
        for (j = 1; j <= number; j++) if (rows[j] == row) seen[result[case, c]] = 1
    }
    if (( "pass" in seen ) && ( "skip" in seen )) seen["part"] = 1
    return "fail" in seen ? "fail" : "todo" in seen ? "todo" : "part" in seen ? "part" : "pass" in seen ? "pass" : \
           "skip" in seen ? "skip" : ""
}
function cell( outcome )
{
    return outcome == "pass" ? "yes" : outcome == "fail" ? "**no**" : outcome == "todo" ? "not yet" : \
           outcome == "skip" ? "skipped" : outcome == "part" ? "in part" : ""
}
function head( first,    c, line )
{
    line = "| " first " |"
    for (c = 1; c <= columns; c++) line = line " " title[c] " |"
    print line
    gsub( /[^|]+/, "---", line )
    print line
}
function count_line( what, which, outcome,    c, line )
{
    line = "| " what " |"
    for (c = 1; c <= columns; c++) line = line " " ( which == "own" && kind[c] == "own" ? "" : \
        counted[which, outcome, c] + 0 ) " |"
    print line
}
function claims_line( what, letter,    c, line, row, held_here, all, outcome )
{
    line = "| " what " |"
    for (c = 1; c <= columns; c++)
    {
        held_here = all = 0
        for (row = 1; row <= last; row++)
        {
            if (letter ? substr( sure[row], 1, 1 ) != letter : sure[row] == "R") continue
            if (!( ( row, "2" ) in held )) continue
            outcome = outcome_of( row, "2", c )
            if (outcome == "pass") held_here++
            if (outcome != "") all++
        }
        line = line " " held_here " of " all " |"
    }
    print line
}
function rows_table( of,    row, c, line, text )
{
    head( "row | claim | sure" )
    for (row = 1; row <= last; row++)
    {
        if (!( ( row, of ) in held )) continue
        text = claim[row]
        gsub( /[|*]/, "\\\\&", text )
        line = "| " row " | " text " | " sure[row] " |"
        for (c = 1; c <= columns; c++) line = line " " cell( outcome_of( row, of, c ) ) " |"
        print line
    }
}
function programs_table(    i, c, case, name, names, n, line, passed, all )
{
    head( "program" )
    for (i = 1; i <= case_count; i++)
    {
        name = cases[i]
        sub( /[.].*/, "", name )
        if (!( name in all )) { names[++n] = name; all[name] = 1 }
        for (c = 1; c <= columns; c++)
        {
            if (( cases[i], c ) in result) all[name, c]++
            if (result[cases[i], c] == "pass") passed[name, c]++
        }
    }
    for (i = 1; i <= n; i++)
    {
        line = "| " names[i] " |"
        for (c = 1; c <= columns; c++)
            line = line " " ( all[names[i], c] ? passed[names[i], c] + 0 " of " all[names[i], c] : "" ) " |"
        print line
    }
}
function put_counts(    c, line )
{
    head( "cases" )
    count_line( "of Windows: passed", "windows", "pass" )
    count_line( "failed", "windows", "fail" )
    count_line( "not yet", "windows", "todo" )
    count_line( "skipped", "windows", "skip" )
    count_line( "of our own: passed", "own", "pass" )
    count_line( "failed", "own", "fail" )
    count_line( "not yet", "own", "todo" )
    count_line( "skipped", "own", "skip" )
    line = "| died, or took too long |"
    for (c = 1; c <= columns; c++) line = line " " died[c] + slow[c] + 0 " |"
    print line
    claims_line( "claims about Windows, held", "" )
    claims_line( "claims that were observed (A), held", "A" )
    claims_line( "claims that are documented (B), held", "B" )
    claims_line( "claims that were inferred (C), held", "C" )
}

END {
    if (!case_count || !columns) { print "no list, or no runs" > "/dev/stderr"; exit 1 }
    print "# Who does what Windows does\n"
    print "This file is made by `make conformance` from real runs of copyfile2-conformance.exe, 64-bit, on one machine."
    print "Nobody has run it on Windows yet: [conformance-on-windows.md](conformance-on-windows.md) tells how.\n"
    print "`ours, host` is our engine with its host half, and `ours, nt` goes without it. A Wine's own is what its"
    print "kernel32.dll has. Wine 8.0 has no CopyFile2, so each case that calls it fails there.\n"
    print "Each claim says how sure it is: **A** it was observed on Windows, **B** Microsoft documents it, **C** it was"
    print "inferred, **R** it is our choice. [claims.md](claims.md) names the cases of each. A row holds when all of"
    print "its cases pass. `not yet` is a fault that we know of: the case passes on Windows, and not under Wine."
    print "`skipped` means that no case of the row could be judged there, and `in part` that some could not: the others"
    print "pass. Neither counts as held. Without its host half our engine refuses to copy links, so their cases skip.\n"
    print "## Counts\n"
    print "Cases of Windows judge everybody. Those of our own are about what only our engine promises.\n"
    put_counts()
    print "\n## CopyFile2\n"
    rows_table( "2" )
    print "\n## CopyFileExW, CopyFileExA, CopyFileW and CopyFileA\n"
    print "One case holds several of these rows. When it fails, all of them are said to fail.\n"
    rows_table( "ex" )
    print "\n## Cases by program\n"
    print "These are all cases, also those without a row: how many passed.\n"
    programs_table()
}
