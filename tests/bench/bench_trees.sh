#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures copies of a tree of 10,000 files, as a real program has them: make bench-trees. CopyFileExW under plain Wine,
# CopyFileExW under wine-copyfile2 --all, and cp -r take turns. It prints a table of medians, and leaves bench-trees.csv
# (case, way, nanoseconds of one file) in the build tree. BENCH_RUNS says how often each is measured (3), CASE which
# cases, BENCH_CPU on which CPU all runs. The case node-1 is fs.cpSync of the Windows node.exe, whose path
# COPYFILE2_TEST_NODE is. The cases open-N only open and close the files.

: "${builddir:=$PWD}" "${srcdir:=.}" "${BENCH_RUNS:=3}" "${CASE:=flat-1 flat-2 flat-8 tree-1 open-1 open-2}"
files=10000

fail()
{
    echo "bench-trees: $*" >&2
    exit 1
}

[ -z "$BENCH_CPU" ] || taskset -p -c "$BENCH_CPU" $$ >/dev/null || exit 1
. "$srcdir/tests/harness/mounts.sh"
mounts_begin "$builddir/tests/work/bench-trees" "$@"
[ -n "$WINE" ] || fail "no Wine"
[ "$may_mount" ] || fail "not root: no file system can be mounted"
prefix_suffix=-bench-trees
. "$srcdir/tests/harness/prefix.sh"
$wineserver -k 2>/dev/null
prefix_make
unset WINEDLLPATH COPYFILE2_BACKEND COPYFILE2_TRACE
export WINE
cd "$work" || exit 1
mounts_disk disk 8G ext4 -q || fail "$(tail -n 1 mkfs.log)"
echo "tree disk/source $files" | "$builddir/tests/bench/bench_native" >made
[ "$(cat made)" = "0 $files" ] || fail "no tree: $(cat made)"

. "$srcdir/tests/bench/bench_pair.sh"
start_pair bench_trees.exe
end()
{
    exec 3>&- 4<&- 5>&- 6<&-
    $wineserver -k -w >/dev/null 2>&1
    umount disk
    cd / && rm -rf "$work"
}
trap end EXIT

# by_node COMMAND...: copies by Node, whose start is not counted. Node answers by a file, because its console output to
# a pipe fails under Wine 8.
by_node()
{
    printf '%s\n' "const fs = require( 'fs' ), begin = process.hrtime.bigint();" \
        "fs.cpSync( 'disk/source', 'disk/copy$number', { recursive: true } );" \
        "const each = ( process.hrtime.bigint() - begin ) / ${files}n;" \
        "fs.writeFileSync( 'said', each + '\\n' );" >cp.js
    rm -f said
    "$@" node.exe cp.js >node.log 2>&1 && cat said
}

# On ext4 it takes long to allocate an inode that was freed in the last seconds. So nothing is removed between the
# measurements, and each copy has a name of its own.
sample()
{
    number=$((number + 1))
    sync -f disk
    case $case_name:$1 in
        node-*:wine) said=$(by_node "$WINE") ;;
        node-*:ours) said=$(by_node "$builddir/stage/bin/wine-copyfile2" run --all) ;;
        *:wine) printf '%s disk\\source disk\\copy%s\n' "$command" $number >&3 && read -r said <&4 ;;
        *:ours) printf '%s disk\\source disk\\copy%s\n' "$command" $number >&5 && read -r said <&6 ;;
        *:cp)
            begin=$(date +%s%N)
            cp -r disk/source "disk/copy$number" || fail "cp"
            said=$((($(date +%s%N) - begin) / files))
            ;;
    esac
    said=$(printf '%s' "$said" | tr -d '\r')
    case $said in
        *[!0-9]* | '') fail "$case_name: $1: $said" ;;
    esac
    [ "${case_name%-*}" = open ] ||
        [ "$(find "disk/copy$number" -type f | wc -l)" = $files ] || fail "$case_name: $1: files are missing"
    [ "$run" = 0 ] || echo "$case_name,$1,$said" >>"$builddir/bench-trees.csv"
}

: >"$builddir/bench-trees.csv"
number=0
for case_name in $CASE; do
    command=$(printf '%s' "$case_name" | tr - ' ')
    ways="ours wine cp"
    case $case_name in
        open-*) ways="ours wine" ;;
        node-*)
            cp "$COPYFILE2_TEST_NODE" node.exe || fail "COPYFILE2_TEST_NODE has to be the path of node.exe"
            # Node refuses a Windows older than 8.1.
            $WINE reg add 'HKCU\Software\Wine' /v Version /d win10 /f >/dev/null 2>&1
            ;;
    esac
    run=0
    while [ $run -le "$BENCH_RUNS" ]; do
        for way in $ways; do sample "$way"; done
        run=$((run + 1))
    done
done

sort -t , -k 1,1 -k 2,2 -k 3,3n "$builddir/bench-trees.csv" | awk -F , '
    function median( way ) { return value[name, way, int( ( count[name, way] + 1 ) / 2 )] / 1000 }
    { value[$1, $2, ++count[$1, $2]] = $3; if (!seen[$1]++) cases[++n] = $1 }
    END {
        print "| case | ours, us a file | plain Wine | | cp -r | |"
        print "|---|---|---|---|---|---|"
        for (i = 1; i <= n; i++)
        {
            name = cases[i]
            printf "| %s | %.0f | %.0f | %.1f x |", name, median( "ours" ), median( "wine" ),
                   median( "wine" ) / median( "ours" )
            if (median( "cp" )) printf " %.0f | %.1f x |\n", median( "cp" ), median( "ours" ) / median( "cp" )
            else print " | |"
        }
    }'
