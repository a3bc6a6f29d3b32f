#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the benchmarks: make bench, or make bench CASE='new over'. Copies by our CopyFile2, by Wine's CopyFileExW and by
# Linux programs are measured in turn in one run. It leaves in $BENCH_OUT (the build tree) bench.csv, a line for each
# case and way, and bench.md, the table of docs/speed.md. BENCH_RUNS says how often each way is measured, BENCH_DIR
# where the files are, and BENCH_CPU on which CPU everything is to run, else on all. Two runs at once need different
# BENCH_NAMEs.

: "${builddir:=$PWD}" "${srcdir:=.}" "${BENCH_RUNS:=7}" "${BENCH_OUT:=$builddir}"
all_cases='new new-4g read-in cold one-cpu tmpfs between reflink-btrfs reflink-xfs over'
all_cases="$all_cases small-over small-new small-nt new-nt sparse callback peak"
: "${CASE:=$all_cases}"

if [ "$BENCH_CPU" ]; then
    taskset -p -c "$BENCH_CPU" $$ >/dev/null || exit 1
fi
. "$srcdir/tests/harness/mounts.sh"
mounts_begin "${BENCH_DIR:-$builddir/tests/work}/bench$BENCH_NAME" "$@"

fail()
{
    echo "bench: $*" >&2
    exit 1
}

[ -n "$WINE" ] || fail "no Wine"
prefix_suffix=-bench$BENCH_NAME
. "$srcdir/tests/harness/prefix.sh"
unset COPYFILE2_BACKEND COPYFILE2_TRACE
WINEDLLPATH=$builddir/stage/lib/wine
dll=$WINEDLLPATH/x86_64-windows/copyfile2.dll
[ -s "$dll" ] && [ -s "$WINEDLLPATH/x86_64-unix/copyfile2.so" ] || fail "not staged, or no host half"

# ---- the two programs that copy --------------------------------------------------------------------------------------

start_windows()
{
    rm -f windows.in windows.out
    mkfifo windows.in windows.out
    $WINE "$builddir/x86_64-windows/tests/bench/bench_windows.exe" "$(windows_path "$dll")" <windows.in >windows.out \
        2>/dev/null &
    exec 3>windows.in 4<windows.out
    read -r ready <&4
    case $ready in
        ready*) ;;
        *) fail "bench_windows.exe did not start: $ready" ;;
    esac
}

end_windows()
{
    exec 3>&- 4<&-
    wait "$!" 2>/dev/null
}

start_native()
{
    mkfifo native.in native.out
    "$builddir/tests/bench/bench_native" <native.in >native.out &
    exec 5>native.in 6<native.out
}

windows()
{
    printf '%s\n' "$*" >&3
    read -r said <&4
    answer "$*" "${said%"$carriage_return"}"
}

native()
{
    printf '%s\n' "$*" >&5
    read -r said <&6
    answer "$*" "$said"
}

# answer COMMAND ANSWER: sets $nanoseconds and $files.
answer()
{
    nanoseconds=${2% *} files=${2#* }
    case $nanoseconds in
        '' | failed) fail "$case_name: $1: $2" ;;
    esac
}

# ---- what is measured ------------------------------------------------------------------------------------------------

# note WAY UNIT VALUE: writes the value down, unless this run does not count
note()
{
    [ "$run" = 0 ] || echo "$case_name $1 $2 $3" >>raw
}

# sample WAY COUNT SOURCE DESTINATION [NAME]: makes one copy, or COUNT, by this way, and notes the time of one, as
# NAME's.
sample()
{
    case $1 in
        ours | callback | filling | wine) windows "$1" "$2" "$3" "$4" ;;
        *) native "$1" "$2" "$3" "$4" ;;
    esac
    note "${5:-$1}" ns $((nanoseconds / files))
}

# large_sample PREPARE WAY SOURCE DESTINATION: the second of two copies in a row counts. A virtual machine gives free
# memory back to its host after a while (page reporting). To get it again costs as much as the copy, and the first of
# the two pays that.
large_sample()
{
    $1
    counted=$run run=0
    sample "$2" 0 "$3" "$4"
    run=$counted
    $1
    sample "$2" 0 "$3" "$4"
}
remove_copy()
{
    rm -f "$on/copy"
}
sync_copy()
{
    sync -f "$on/copy"
}

# repeat COMMAND [ARG...]: runs the command $BENCH_RUNS times, and once before that does not count
repeat()
{
    run=0
    while [ $run -le "$BENCH_RUNS" ]; do
        "$@"
        run=$((run + 1))
    done
}

# target LABEL WAY KIND REFERENCE LIMIT [REFERENCE-CASE]: writes down what the report is to say, and to judge. KIND is
# faster (so many times), within (so many microseconds more), below (so many percent more), plain (in units of its own)
target()
{
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$case_name" "$1" "$2" "$3" "$4" "$5" "${6:-$case_name}" >>targets
}

# disk TYPE SIZE MKFS-ARGUMENT...: makes $on a new file system of this type; or, for ext4, a folder of the one we are on
disk()
{
    end_disk
    type=$1 on=$1 size=$2
    shift 2
    mkdir -p "$on"
    if [ "$may_mount" ] && mounts_options=loop,discard mounts_disk "$on" "$size" "$type" "$@"; then return; fi
    [ "$type-$(stat -f -c %T .)" = ext4-ext2/ext3 ] && return
    echo "# $case_name: skipped: no $type can be mounted" >&2
    return 1
}

end_disk()
{
    [ "$on" ] || return 0
    ! mountpoint -q "$on" || umount "$on"
    rm -rf "$on" "$on.img"
}

MIB=1048576

new_once()
{
    for way in ours wine cp; do
        large_sample remove_copy $way "$on/source" "$on/copy"
    done
    sample memcpy 0 "$on/source" -
}
case_new()
{
    disk ext4 6G -q || return 0
    native make "$on/source" $((512 * MIB)) $((512 * MIB)) 1
    repeat new_once
    target "512 MiB, new file, ext4" ours faster wine 3
    target "512 MiB, new file, ext4" ours faster cp 1.5
    target "512 MiB, new file, ext4" ours faster memcpy 0
}

reflink_once()
{
    for way in ours wine cp-reflink; do
        large_sample remove_copy $way "$on/source" "$on/copy"
    done
    rm -f "$on/copy"
    sample ours 0 "$on/empty" "$on/copy" empty
}
reflink()
{
    disk "$@" || return 0
    native make "$on/source" $((1024 * MIB)) $((1024 * MIB)) 1
    : >"$on/empty"
    repeat reflink_once
    target "1 GiB, new file, $1 (clone)" ours faster wine 300
    target "1 GiB, new file, $1 (clone)" ours within cp-reflink 2000
    target "1 GiB, new file, $1 (clone)" ours within empty 2000
}
case_reflink_btrfs()
{
    reflink btrfs 5G -q
}
case_reflink_xfs()
{
    reflink xfs 5G -q
}

# A file that is overwritten has been on the disk for a while, so it is flushed before.
over_once()
{
    for way in ours wine cp; do
        large_sample sync_copy $way "$on/source" "$on/copy"
    done
}
case_over()
{
    disk ext4 6G -q || return 0
    native make "$on/source" $((512 * MIB)) $((512 * MIB)) 1
    native make "$on/copy" $((512 * MIB)) $((512 * MIB)) 1
    repeat over_once
    target "512 MiB onto an existing file, ext4" ours faster wine 4
    target "512 MiB onto an existing file, ext4" ours faster cp 3
}

small_over_once()
{
    for way in ours wine loop; do
        sync -f "$on"
        sample $way 300 "$on/source" "$on/copy"
    done
}
case_small_over()
{
    disk ext4 1G -q || return 0
    native make "$on/source" 4096 4096 1
    native loop 300 "$on/source" "$on/copy"
    repeat small_over_once
    target "4 KiB onto an existing name, ext4" ours faster wine 4
    target "4 KiB onto an existing name, ext4" ours faster loop 1
}

remove_new()
{
    find "$1" -name 'new*' -delete
}
# The directories of one way come in a row, for they are compared with each other. They come by turns in either order,
# for the first is the fastest by a sixth. Before each the disk gets done with what was removed.
small_new_once()
{
    case $order in
        '0 '*) order='50000 10000 0' ;;
        *) order='0 10000 50000' ;;
    esac
    for way in ours wine loop; do
        for entries in $order; do
            case_name=small-new-$entries
            sync -f "$on"
            sample $way 1000 "$on/source" "$on/$entries/new"
            remove_new "$on/$entries"
        done
    done
}
case_small_new()
{
    disk ext4 1G -q || return 0
    native make "$on/source" 4096 4096 1
    for entries in 0 10000 50000; do
        mkdir "$on/$entries"
        native fill "$on/$entries" $entries
    done
    order=
    repeat small_new_once
    case_name=small-new-0
    target "4 KiB to new names, empty directory" ours faster wine 0
    case_name=small-new-10000
    target "4 KiB to new names, directory of 10,000" ours faster wine 50
    case_name=small-new-50000
    target "4 KiB to new names, directory of 50,000" ours faster wine 200
    target "4 KiB to new names, directory of 50,000" ours below ours@empty 10 small-new-0
}

sparse_once()
{
    for way in ours cp; do
        large_sample remove_copy $way "$on/source" "$on/copy"
        note "disk-$way" KiB "$(du -k "$on/copy" | cut -f1)"
    done
}
case_sparse()
{
    disk ext4 2G -q || return 0
    native make "$on/source" $((10240 * MIB)) $((64 * MIB)) 64
    repeat sparse_once
    target "10 GiB with 64 MiB of data, ext4" ours faster cp 1
    target "10 GiB with 64 MiB of data, ext4: disk" disk-ours plain disk-cp 0
}

# The ways come by turns in either order.
callback_once()
{
    case $order in
        'ours '*) order='callback ours' ;;
        *) order='ours callback' ;;
    esac
    for way in $order; do
        large_sample remove_copy $way "$on/source" "$on/copy"
    done
}
case_callback()
{
    disk ext4 6G -q || return 0
    native make "$on/source" $((512 * MIB)) $((512 * MIB)) 1
    # A few percent need more samples.
    order=
    repeat callback_once
    repeat callback_once
    repeat callback_once
    target "512 MiB, with a callback on every chunk" callback below ours 3
}

# peak_of WAY SOURCE NAME: notes how much memory a process has at most that copies this file once
peak_of()
{
    end_windows
    start_windows
    windows "$1" 0 "$2" "$on/copy"
    windows peak
    note "$3" KiB "$nanoseconds"
    rm -f "$on/copy"
}
case_peak()
{
    disk ext4 6G -q || return 0
    run=1
    native make "$on/small" 4096 4096 1
    native make "$on/large" $((4096 * MIB)) 0 1
    for run in 1 2 3; do
        peak_of filling "$on/small" 4KiB
        peak_of filling "$on/large" 4GiB
    done
    target "peak memory, 4 GiB file against 4 KiB" 4GiB plain 4KiB 4096
}

. "$srcdir/tests/bench/bench_large.sh"
. "$srcdir/tests/bench/bench_nt.sh"
. "$srcdir/tests/bench/bench_results.sh"

# Wine's server opens the files, so it has to see our file systems, and to end with them.
clean_up()
{
    exec 3>&- 4<&- 5>&- 6<&-
    $wineserver -k -w >/dev/null 2>&1
    end_disk
    cd / && rm -rf "$work"
}

carriage_return=$(printf '\r')
on=
cd "$work" || exit 1
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
$wineserver -k -w >/dev/null 2>&1
prefix_make
: >raw
: >targets
start_native
start_windows
for case in $CASE; do
    case_name=$case
    case " $all_cases " in
        *" $case "*) ;;
        *) fail "no case $case; there are: $all_cases" ;;
    esac
    echo "# $case" >&2
    "case_$(echo "$case" | tr - _)"
done
leave_results
