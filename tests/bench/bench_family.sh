#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures CopyFileW under plain Wine against CopyFileW under wine-copyfile2 --all, in turn, by the same program in two
# processes: make bench-family. It prints a table of medians, and leaves bench-family.csv (case, way, nanoseconds of one
# copy) in the build tree. BENCH_RUNS says how often each is measured (7), CASE which cases.

: "${builddir:=$PWD}" "${srcdir:=.}" "${BENCH_RUNS:=7}" \
    "${CASE:=new over small-over small-new small-new-10000 reflink-btrfs reflink-xfs}"
MIB=1048576

fail()
{
    echo "bench-family: $*" >&2
    exit 1
}

. "$srcdir/tests/harness/mounts.sh"
mounts_begin "$builddir/tests/work/bench-family" "$@"
[ -n "$WINE" ] || fail "no Wine"
prefix_suffix=-bench-family
. "$srcdir/tests/harness/prefix.sh"
$wineserver -k 2>/dev/null
prefix_make
unset WINEDLLPATH COPYFILE2_BACKEND COPYFILE2_TRACE
export WINE
cd "$work" || exit 1

# ---- the two processes -----------------------------------------------------------------------------------------------

. "$srcdir/tests/bench/bench_pair.sh"
start_pair bench_family.exe

# sample WAY COUNT SOURCE DESTINATION: makes the copies by this way, and notes the time of one
sample()
{
    if [ "$1" = wine ]; then
        echo "$2 $3 $4" >&3
        read -r said <&4
    else
        echo "$2 $3 $4" >&5
        read -r said <&6
    fi
    said=$(printf '%s' "$said" | tr -d '\r')
    case $said in
        *[!0-9]* | '') fail "$case_name: $1: $said" ;;
    esac
    [ "$run" = 0 ] || echo "$case_name,$1,$said" >>"$builddir/bench-family.csv"
}

# ---- the cases -------------------------------------------------------------------------------------------------------

# disk TYPE SIZE MKFS-OPTION...: makes $on a new file system of this type
disk()
{
    on=$1.mounted type=$1 size=$2
    shift 2
    mounts_disk "$on" "$size" "$type" "$@"
}
end_disk()
{
    umount "$on" 2>/dev/null
    rm -rf "$on" "$on.img"
}
data()
{
    head -c "$1" /dev/urandom >"$on/source"
}

case_new()
{
    disk ext4 6G -q && data $((512 * MIB)) || return 1
    repeat new_once
}
# The second of two runs counts, as in bench.sh: the first may have to get its memory back from the host of a virtual
# machine.
new_once()
{
    rm -f "$on/copy"
    sync -f "$on"
    counted=$run run=0
    sample "$1" 0 "$on/source" "$on/copy"
    run=$counted
    rm -f "$on/copy"
    sample "$1" 0 "$on/source" "$on/copy"
}
case_over()
{
    disk ext4 6G -q && data $((512 * MIB)) && cp "$on/source" "$on/copy" || return 1
    repeat over_once
}
over_once()
{
    sync -f "$on"
    counted=$run run=0
    sample "$1" 0 "$on/source" "$on/copy"
    run=$counted
    sync -f "$on"
    sample "$1" 0 "$on/source" "$on/copy"
}
case_small_over()
{
    disk ext4 1G -q && data 4096 || return 1
    for i in $(seq 0 299); do cp "$on/source" "$on/copy$i"; done
    repeat small_over_once
}
small_over_once()
{
    sync -f "$on"
    sample "$1" 300 "$on/source" "$on/copy"
}
case_small_new()
{
    disk ext4 1G -q && data 4096 && mkdir "$on/folder" || return 1
    repeat small_new_once
}
case_small_new_10000()
{
    disk ext4 1G -q && data 4096 && mkdir "$on/folder" &&
        (cd "$on/folder" && seq -f 'entry-%06g' 10000 | xargs touch) || return 1
    repeat small_new_once
}
small_new_once()
{
    sample "$1" 200 "$on/source" "$on/folder/new"
    rm -f "$on"/folder/new*
}
case_reflink_btrfs()
{
    disk btrfs 4G -q && data $((1024 * MIB)) || return 1
    repeat new_once
}
case_reflink_xfs()
{
    disk xfs 4G -q && data $((1024 * MIB)) || return 1
    repeat new_once
}

# The ways come by turns, and the first run does not count.
repeat()
{
    run=0
    while [ $run -le "$BENCH_RUNS" ]; do
        "$1" wine
        "$1" ours
        run=$((run + 1))
    done
}

: >"$builddir/bench-family.csv"
for case_name in $CASE; do
    "case_$(printf '%s' "$case_name" | tr - _)" || echo "# $case_name: skipped: $(tail -n 1 mkfs.log)" >&2
    end_disk
done
echo quit >&3
echo quit >&5
exec 3>&- 4<&- 5>&- 6<&-
wait

sort -t , -k 1,1 -k 2,2 -k 3,3n "$builddir/bench-family.csv" | awk -F , '
    function median( key ) { return value[key, int( ( count[key] + 1 ) / 2 )] }
    { key = $1 SUBSEP $2; value[key, ++count[key]] = $3; if (!seen[$1]++) cases[++n] = $1 }
    END {
        print "| CopyFileW | plain Wine, ms | wine-copyfile2 --all, ms | ratio | spread, ours |"
        print "|---|---|---|---|---|"
        for (i = 1; i <= n; i++)
        {
            name = cases[i]; key = name SUBSEP "ours"
            wine = median( name SUBSEP "wine" ); ours = median( key )
            printf "| %s | %.3f | %.3f | %.2f | %.3f to %.3f |\n", name, wine / 1e6, ours / 1e6, wine / ours,
                   value[key, 1] / 1e6, value[key, count[key]] / 1e6
        }
    }'
