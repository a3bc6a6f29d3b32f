#!/bin/sh
# SPDX-License-Identifier: MIT
# Counts the cases of the last "make check": names what failed and what was skipped and why, and ends with the line
#   N passed, N failed, N skipped
# Fails when a case failed or when none ran.
#   summary.sh BUILD-FOLDER...

# Each case is a line of automake's in the log of its program: RESULT: PROGRAM NUMBER - NAME
logs=$(for folder; do
    find "$folder/tests" "$folder/x86_64-windows" "$folder/i386-windows" -name '*.trs' ! -path '*/work/*' 2>/dev/null
done | LC_ALL=C sort | sed 's/trs$/log/')

# lines RESULT...: prints the cases with this result, as "PROGRAM - NAME". The build folder stands in front, unless it
# is the current one.
lines()
{
    for log in $logs; do
        folder=${log%/tests/*}
        folder=${folder%/*-windows}
        [ "$folder" = . ] && folder= || folder=$folder/
        sed -n "s,^\($1\): \(.*\),$folder\2,p" "$log" | sed 's/ [0-9]* - / - /'
    done
}

count()
{
    lines "$1" | wc -l | tr -d ' '
}

failed=$(lines 'FAIL\|XPASS\|ERROR')
skipped=$(lines SKIP)
[ -z "$failed" ] || { echo "Failed:"; printf '%s\n' "$failed" | sed 's/^/  /'; }
[ -z "$skipped" ] || { echo "Skipped:"; printf '%s\n' "$skipped" | sed 's/^/  /'; }
passed=$(count 'PASS\|XFAIL')
echo "$passed passed, $(count 'FAIL\|XPASS\|ERROR') failed, $(count SKIP) skipped"
[ -z "$failed" ] && [ "$passed" -gt 0 ]
