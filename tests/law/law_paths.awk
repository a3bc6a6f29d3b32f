# SPDX-License-Identifier: MIT
# Names in a call of law-situations become full paths: those that have no drive or @PLACE@ lie in the folder here.

function full( name )
{
    if (name ~ /^%00$/) return ""
    if (name ~ /^[0-9]/ && name !~ /^00/) return name
    if (name == "NUL" || name ~ /^Z:/ || name ~ /^0x/) return name
    if (sub( /^@other@/, "", name )) return ENVIRON["other"] name
    if (sub( /^@faults@/, "", name )) return ENVIRON["faults"] name
    if (name == ".") return ENVIRON["here"]
    return ENVIRON["here"] "\\" name
}

{
    line = $1
    for (i = 2; i <= NF; i++) line = line " " full( $i )
    print line
}
