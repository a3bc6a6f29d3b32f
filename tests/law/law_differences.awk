# SPDX-License-Identifier: MIT
# Compares what differs with the list: awk -f law_differences.awk law-differences differences. The head of the list
# tells what its lines mean.

function trim( text )
{
    gsub( /^ +| +$/, "", text )
    return text
}

{ file = FILENAME == ARGV[1] ? 1 : 2 }

file == 1 && !/^#/ && NF {
    # No blank stands around the bars within a regular expression.
    count = split( $0, part, " [|] " )
    if (count != 5) print "unknown line: " $0
    lines++
    for (i = 1; i < 5; i++) list[lines, i] = trim( part[i] )
    text[lines] = $0
}

file == 2 {
    split( $0, part, "\t" )
    met = 0
    for (i = 1; i <= lines; i++)
        if (part[1] ~ "^(" list[i, 1] ")$" && part[2] ~ "^(" list[i, 2] ")$" && part[3] ~ "^(" list[i, 3] ")$")
        {
            met = 1
            used[i] = 1
        }
    if (!met) print "unknown: " $0
}

END {
    for (i = 1; i <= lines; i++)
        if (!used[i]) print ( list[i, 4] == "all" ? "needless: " : "not met here: " ) text[i]
}
