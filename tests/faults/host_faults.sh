#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes errors of the host by faultfs and by fault_calls.c (LD_PRELOAD); host_faults.c claims what becomes of them. Each
# mover is tried on the file system that it is for.

. "$srcdir/tests/harness/mounts.sh"
mounts_begin "$builddir/tests/work/host-faults" "$@"
. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/host_half.sh"
prefix_suffix=-faults
export prefix_suffix
. "$srcdir/tests/harness/prefix.sh"
unset COPYFILE2_BACKEND
mounts_own_server "$work/faultfs"

[ -n "$WINE" ] || skip_rest "errors of the host under Wine" "no Wine"
host_half_built || skip_rest "errors of the host under Wine" "not built"
$HOST64_CC -std=gnu11 -Wall -Wextra $PE_WERROR -O2 -fPIC -shared -D_GNU_SOURCE -D_LARGEFILE64_SOURCE \
    -o "$work/fault_calls.so" "$srcdir/tests/faults/fault_calls.c" || exit 99
truncate -s 4096 "$work/calls"

# run FOLDER CASE: runs the program's case in this folder, with its output in $work/output
run()
{
    (
        FAULT_CALLS=$work/calls COPYFILE2_TEST_CALLS=$(windows_path "$work/calls")
        COPYFILE2_TEST_PLACE=$(windows_path "$1") COPYFILE2_TEST_CASE=$2
        export FAULT_CALLS COPYFILE2_TEST_CALLS COPYFILE2_TEST_PLACE COPYFILE2_TEST_CASE
        prefix_make
        LD_PRELOAD=$work/fault_calls.so sh "$srcdir/tests/harness/run-wine.sh" \
            "$builddir/x86_64-windows/tests/faults/host_faults.exe"
    ) >"$work/output" 2>&1
    cat "$work/output"
    grep -q '^ok ' "$work/output" && ! grep -q '^not ok\|# SKIP' "$work/output"
}

# law FOLDER CASE CALL...: runs the case, and answers whether faults struck in each of these calls
law()
{
    folder=$1 case=$2
    shift 2
    run "$folder" "$case" || return 1
    for call; do
        grep -q "^# $call: [1-9]" "$work/output" || { echo "no fault in $call"; return 1; }
    done
}
by_nt()
{
    COPYFILE2_BACKEND=nt "$@"
}

mkdir -p "$work/local"
check "each call in its turn: host read/write" law "$work/local" calls \
    ioctl pread64 pwrite64 fallocate64 ftruncate64 fstat64 fstatfs64 futimens fchmod flistxattr fgetxattr close
# A large file is moved by as many threads as there are processors.
threads=$(nproc)
threads_needed="fcntl64 pthread_create"
[ "$threads" -gt 1 ] || threads_needed=
check "each call in its turn: a large file" law "$work/local" calls_large \
    pread64 pwrite64 preadv64v2 pwritev64v2 fstat64 close fallocate64 $threads_needed
check "each call in its turn: NT read/write" by_nt law "$work/local" calls pread pwrite fstat futimens fchmod close
check "flushes that fail" run "$work/local" flush
check "flushes that fail, NT read/write" by_nt run "$work/local" flush
check "no memory" run "$work/local" memory

[ -n "$may_mount" ] || skip_rest "errors of file systems" "not root: no file system can be mounted"
cd "$work" || exit 99

mkdir -p "$work/below" "$work/faultfs"
if mounts_disk btrfs 1G btrfs -q; then
    check "each call in its turn: clone" law "$work/btrfs" calls ioctl fstat64 close
    check "clones that fail" run "$work/btrfs" clone
else
    skip "clones" "no mkfs.btrfs, or the kernel has none"
fi

faultfs=$builddir/tests/faults/faultfs/faultfs
if ! [ -x "$faultfs" ] || ! [ -e /dev/fuse ]; then
    skip_rest "faultfs" "no libfuse 3, or no /dev/fuse"
fi
"$faultfs" "$work/below" "$work/faultfs" >"$work/faultfs.log" 2>&1 &
for moment in 1 2 3 4 5 6 7 8 9 10; do
    [ -e "$work/faultfs/.faultfs" ] && break
    sleep 0.2
done
check "each call in its turn: copy_file_range" law "$work/faultfs" calls \
    ioctl copy_file_range fstatfs64 ftruncate64 close
check "each operation in its turn" law "$work/faultfs" operations \
    open create read write copy_file_range fallocate truncate getxattr utimens chmod flush release getattr
check "each operation in its turn, NT calls" by_nt law "$work/faultfs" operations \
    open create read write truncate getattr
check "late errors" run "$work/faultfs" late
check "a slow daemon: nothing is written ahead of a callback" run "$work/faultfs" not_ahead
check "every errno of every operation" law "$work/faultfs" matrix \
    "open of src.bin" "write of dst.bin" "flush of dst.bin"
check "every errno of every operation, NT calls" by_nt law "$work/faultfs" matrix "open of src.bin" "write of dst.bin"
for case in sizes sizes_said sizes_ended sizes_stream sizes_family sizes_written sizes_cut; do
    check "sizes that are not the truth: $case" run "$work/faultfs" $case
    check "sizes that are not the truth: $case, NT calls" by_nt run "$work/faultfs" $case
done
check "a daemon that dies in mid-copy" run "$work/faultfs" death
tap_done
