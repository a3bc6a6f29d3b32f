# SPDX-License-Identifier: MIT
# This makes docs/phases.md: awk -f phases.awk copyfile2.h fault_rows.h operation_rows.h PROBE
#
# The header tells what a phase means, and the two tables of rows tell what can fail in it. PROBE is what
# copyfile2-conformance.exe --probe --filter phases has printed.

# Sets word[] to the arguments of the row in this line.
function words( line,    i )
{
    sub( /^[A-Z]+\( */, "", line )
    sub( / *\)[^)]*$/, "", line )
    count = split( line, word, / *, */ )
    for (i = 1; i <= count; i++) gsub( /"/, "", word[i] )
}
function join( old, new ) { return old == "" ? new : old ", " new }
function is_file( name ) { return FILENAME ~ name "$" }

# ---- the header: a comment, and the member behind it

is_file( "copyfile2.h" ) && /^typedef enum _COPYFILE2_COPY_PHASE/ { inside = 1; next }
is_file( "copyfile2.h" ) && /^}/ { inside = 0 }
inside && /^ *(\/[*]|[*]|[A-Z].*[*]\/)/ || inside && /^     [*]/ {
    text = $0
    gsub( /^ *\/?[*] ?|[*]\/ *$/, "", text )
    sub( /^ +/, "", text )
    sub( / +$/, "", text )
    comment = comment ( comment == "" ? "" : " " ) text
}
inside && match( $0, /COPYFILE2_PHASE_[A-Z_]+ = [0-9]+/ ) {
    split( substr( $0, RSTART + 16, RLENGTH - 16 ), parts, " = " )
    if (parts[1] != "MAX") { phase[++phases] = parts[1]; value[phases] = parts[2]; meaning[parts[1]] = comment }
    comment = ""
}

# ---- what can fail

is_file( "fault_rows.h" ) && /^FAULT\(/ {
    words( $0 )
    if (word[2] != "NULL" && word[3] != "NULL") operations[word[3]] = join( operations[word[3]], "`" word[2] "`" )
}
is_file( "operation_rows.h" ) && /^OPERATION\(/ {
    words( $0 )
    who = word[6] == "WINE" ? "Wine's server says what it becomes" : "the host half says what it becomes"
    which = word[8] == "" ? "every errno" : word[8]
    hosts[word[7]] = hosts[word[7]] "- " word[1] ": " which "; " who "\n"
}

# A file system that fails when told to has no links and clones, so the table has no rows of them.
BEGIN {
    hosts["SERVER_COPY"] = "- clone: EIO ENOMEM ENOSPC EDQUOT; after every other errno the next way is tried\n"
    hosts["NAMEGRAFT_COPY"] = "- read the link, or make the new one: every errno; the host half says what it becomes\n"
}

# ---- what was seen

is_file( "phases.run" ) && /^    COPYFILE2_FAULT=/ {
    text = $0
    sub( /.*COPYFILE2_FAULT=/, "", text )
    now = text
    sub( /:.*/, "", now )
}
is_file( "phases.run" ) && now != "" && /^    / {
    seen[now] = seen[now] $0 "\n"
    if ($0 ~ "ERROR phase=" now " ") told[now] = 1
}

END {
    print "# The phases of a copy\n"
    print "This file is made by `make phases`: of copyfile2.h, of the tables that the engine is built from, and of real"
    print "runs. The ERROR message names the phase in which a copy failed, and no other message does.\n"
    print "![The states of a copy, with their messages, phases and ends](phases.svg)\n"
    print "The phases are the same without the host half. [own] marks what only our engine is known to do."
    print "`man copyfile2-errors` tells what becomes of each errno.\n"
    print "| value | phase | what COPYFILE2_FAULT calls the operations in it |"
    print "|---|---|---|"
    for (i = 1; i <= phases; i++)
        print "| " value[i] " | [" phase[i] "](#" tolower( phase[i] ) ") | " \
            ( operations[phase[i]] == "" ? "the phase itself" : operations[phase[i]] ) " |"
    for (i = 1; i <= phases; i++)
    {
        name = phase[i]
        if (!told[name]) { print "no run has shown " name > "/dev/stderr"; bad = 1 }
        print "\n## " name "\n\n" wrapped( meaning[name] ) "\n"
        if (hosts[name] != "") print "These operations of Linux lead to it:\n\n" hosts[name]
        print "Our engine rehearses it so. Lines that begin with a word in capitals are messages:\n"
        print substr( seen[name], 1, length( seen[name] ) - 1 )
    }
    exit bad
}

function wrapped( text,    parts, n, i, line, all )
{
    n = split( text, parts, / +/ )
    for (i = 1; i <= n; i++)
    {
        if (length( line ) + length( parts[i] ) >= 119) { all = all line "\n"; line = "" }
        line = line ( line == "" ? "" : " " ) parts[i]
    }
    return all line
}
