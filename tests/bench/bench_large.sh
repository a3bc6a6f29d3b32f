# SPDX-License-Identifier: MIT
# bench.sh sources this file, which has more benchmarks of large files. They are case_new once more, with one processor,
# with a cold cache, in memory, and between two file systems.

# copies_once PREPARE SOURCE DESTINATION: measures the three ways once
copies_once()
{
    for way in ours wine cp; do large_sample "$1" $way "$2" "$3"; done
}
# large_targets LABEL WINE-LIMIT CP-LIMIT: writes down the two targets of a large file
large_targets()
{
    target "$1" ours faster wine "$2"
    target "$1" ours faster cp "$3"
}

# This case needs memory for three times as much. Each copy takes a second, so three runs must do.
case_new_4g()
{
    if [ "$(awk '/^MemAvailable/ { print int( $2 / 1048576 ) }' /proc/meminfo)" -lt 14 ]; then
        echo "# $case_name: skipped: less than 14 GiB of memory" >&2
        return 0
    fi
    disk ext4 10G -q || return 0
    native make "$on/source" $((4096 * MIB)) $((4096 * MIB)) 1
    all_runs=$BENCH_RUNS BENCH_RUNS=3
    repeat copies_once remove_copy "$on/source" "$on/copy"
    BENCH_RUNS=$all_runs
    native memcpy 0 "$on/source" -
    for run in 1 2 3; do sample memcpy 0 "$on/source" -; done
    large_targets "4 GiB, new file, ext4" 3 1.5
    target "4 GiB, new file, ext4" ours faster memcpy 0
}

# A source that was read from the disk lies in larger pieces of memory than one that a program has just written.
case_read_in()
{
    disk ext4 6G -q || return 0
    native make "$on/source" $((512 * MIB)) $((512 * MIB)) 1
    drop_caches && cat "$on/source" >/dev/null || return 0
    repeat copies_once remove_copy "$on/source" "$on/copy"
    large_targets "512 MiB that was read from the disk, new file, ext4" 5 2
}

drop_caches()
{
    sync -f "$on"
    { echo 1 >/proc/sys/vm/drop_caches; } 2>/dev/null && return
    echo "# $case_name: skipped: the cache cannot be dropped" >&2
    return 1
}
prepare_cold()
{
    rm -f "$on/copy"
    drop_caches
}
cold_once()
{
    for way in ours wine cp; do
        prepare_cold
        sample $way 0 "$on/source" "$on/copy"
    done
}
case_cold()
{
    disk ext4 6G -q || return 0
    native make "$on/source" $((512 * MIB)) $((512 * MIB)) 1
    drop_caches || return 0
    repeat cold_once
    large_targets "512 MiB, cold cache, new file, ext4" 1 1
}

# restart COMMAND...: ends both programs and Wine's server, runs the command, and starts them anew
restart()
{
    end_windows
    exec 5>&- 6<&-
    $wineserver -k -w >/dev/null 2>&1
    rm -f native.in native.out
    "$@" >/dev/null
    prefix_make
    start_native
    start_windows
}
# on_one_cpu: both programs have one processor, the first that this process may use.
on_one_cpu()
{
    all_cpus=$(taskset -c -p $$ | sed 's/.*: //')
    restart taskset -c -p "${all_cpus%%[,-]*}" $$
}
on_all_cpus()
{
    restart taskset -c -p "$all_cpus" $$
}
case_one_cpu()
{
    disk ext4 6G -q || return 0
    on_one_cpu
    native make "$on/source" $((512 * MIB)) $((512 * MIB)) 1
    case_name=one-cpu-new
    repeat copies_once remove_copy "$on/source" "$on/copy"
    large_targets "512 MiB, new file, ext4, one processor" 1 1
    case_name=one-cpu-over
    repeat copies_once sync_copy "$on/source" "$on/copy"
    large_targets "512 MiB onto an existing file, ext4, one processor" 1 1
    on_all_cpus
}

case_tmpfs()
{
    [ "$may_mount" ] || return 0
    end_disk
    on=tmpfs
    mkdir -p "$on" && mount -t tmpfs -o size=2G tmpfs "$on" || return 0
    native make "$on/source" $((512 * MIB)) $((512 * MIB)) 1
    repeat copies_once remove_copy "$on/source" "$on/copy"
    large_targets "512 MiB, new file, tmpfs" 1 1.15
}

# Between file systems nothing can be cloned.
prepare_between()
{
    rm -f "$to/copy"
}
between()
{
    case_name=between-$1-$2
    to=$2
    native make "$1/source" $((512 * MIB)) $((512 * MIB)) 1
    repeat copies_once prepare_between "$1/source" "$2/copy"
    large_targets "512 MiB, new file, $1 to $2" 1 1
    rm -f "$1/source" "$2/copy"
}
case_between()
{
    [ "$may_mount" ] || return 0
    end_disk
    on=
    mkdir -p tmpfs && mount -t tmpfs -o size=1G tmpfs tmpfs || return 0
    for type in ext4 xfs btrfs; do
        mounts_options=loop,discard mounts_disk $type 4G $type -q || continue
        between tmpfs $type
        between $type tmpfs
    done
    [ -d ext4 ] && [ -d xfs ] && between ext4 xfs
    for type in tmpfs ext4 xfs btrfs; do
        umount $type 2>/dev/null
        rm -rf $type $type.img
    done
}
