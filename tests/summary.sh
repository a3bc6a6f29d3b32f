#!/bin/sh
# Counts the cases of the last "make check": names what failed and what was skipped and why, and ends with the line
#   N passed, N failed, N skipped
# Fails when a case failed or when none ran.
#   summary.sh BUILD-FOLDER

cd "${1:-.}" || exit 2
results=$(find tests x86_64-windows i386-windows -name '*.trs' 2>/dev/null | LC_ALL=C sort)

# lines RESULT...: the cases with this result, as "PROGRAM: CASE"
lines()
{
    for file in $results; do
        sed -n "s,^:test-result: \($1\) *,${file%.trs}: ,p" "$file"
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
