#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes errors of real file systems: full by blocks and by inodes, out of quota, read-only, protected, and names that
# lead nowhere. The errors that host.sh and full.c have are not repeated here.

. "$srcdir/tests/harness/mounts.sh"
mounts_begin "$builddir/tests/work/disks" "$@"
. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/host_half.sh"
prefix_suffix=-disks
. "$srcdir/tests/harness/prefix.sh"
. "$srcdir/tests/harness/programs.sh"
unset COPYFILE2_BACKEND
mounts_own_server "$work/slow"

all="errors of real file systems"
[ -n "$WINE" ] || skip_rest "$all" "no Wine"
[ -n "$may_mount" ] || skip_rest "$all" "not root: no file system can be mounted"
host_half_built || skip_rest "$all" "not built"
program=$work/program.exe
build_host_program "$work" || exit 99
head -c 3000000 /dev/urandom >"$work/source"
cd "$work" || exit 99

# the numbers of the phases, as the program prints them
PREPARE_SOURCE=1 PREPARE_DEST=2 WRITE_DESTINATION=4 NAMEGRAFT=6
NO_OFFLOAD=0x40000 DISABLE_PREALLOCATION=0x4000000 COPY_SYMLINK=0x800

# run FLAGS SOURCE DESTINATION: copies, and sets $said to the output. A process of Wine's own that happens to start
# keeps what it inherits, so the output goes through a file.
run()
{
    wine_run_into "$work/output" "$program" "$1" 0 "$2" "$3"
    said=$(tr -d '\r' <"$work/output")
    printf '%s\n' "$said"
}

# fails FLAGS SOURCE DESTINATION PHASE ERROR: answers whether the copy fails so, and the source is as it was
fails()
{
    sum=$(cksum <"$2" 2>/dev/null)
    run "$1" "$2" "$3"
    printf '%s\n' "$said" | grep -qx "result $(printf '0x%x' $((0x80070000 + $5)))" &&
        printf '%s\n' "$said" | grep -qx "phase $4 of stream 1" && [ "$sum" = "$(cksum <"$2" 2>/dev/null)" ]
}
# leaves_nothing FLAGS SOURCE DESTINATION PHASE ERROR: answers whether the copy fails so, and leaves no fragment
leaves_nothing()
{
    fails "$@" && [ ! -e "$3" ]
}
# leaves_old FLAGS SOURCE DESTINATION PHASE ERROR: answers whether the copy fails so, and leaves the old file as it was
leaves_old()
{
    old=$(cksum <"$3")
    fails "$@" && [ "$old" = "$(cksum <"$3")" ]
}
copies()
{
    run "$@"
    printf '%s\n' "$said" | grep -qx 'result 0x0' && cmp "$2" "$3"
}
by_nt()
{
    COPYFILE2_BACKEND=nt "$@"
}

leaves_no_link()
{
    leaves_nothing "$@" && [ ! -L "$3" ] && [ -L "$2" ] &&
        [ -z "$(find "$(dirname "$3")" -maxdepth 1 -name '.copyfile2*')" ]
}
ln -s source link

fill()
{
    dd if=/dev/zero of="$1/filler" bs=4k 2>/dev/null
    sync -f "$1"
}

# ---- full, and read-only ---------------------------------------------------------------------------------------------

if mounts_disk ext4 8M ext4 -q -m 0 -N 32; then
    head -c 8000 /dev/urandom >ext4/small
    fill ext4
    truncate -s -2M ext4/filler
    sync -f ext4
    free=$(stat -f -c %f ext4)
    check "ext4 full: in PREPARE_DEST" leaves_nothing 0 source ext4/copy $PREPARE_DEST 112
    check "... without preallocation" leaves_nothing $DISABLE_PREALLOCATION source ext4/copy $WRITE_DESTINATION 112
    check "... by NT calls" by_nt leaves_nothing 0 source ext4/copy $WRITE_DESTINATION 112
    check "... and its room is given back" test "$free" = "$(stat -f -c %f ext4)"
    check "... a small file goes in" copies 0 ext4/small ext4/copy
    number=0
    while touch ext4/inode$number 2>/dev/null; do number=$((number + 1)); done
    check "ext4 without inodes" leaves_nothing 0 source ext4/second $PREPARE_DEST 112
    check "... by NT calls" by_nt leaves_nothing 0 source ext4/second $PREPARE_DEST 112
    check "... over a file that is there" copies 0 ext4/small ext4/inode0
    check "... a link" leaves_no_link $COPY_SYMLINK link ext4/link $NAMEGRAFT 112
    check "... a link over a file" fails $COPY_SYMLINK link ext4/inode1 $NAMEGRAFT 112
    check "... which stays" test -f ext4/inode1 -a ! -L ext4/inode1
    mount -o remount,ro ext4
    # Wine says 5 where Windows says 19
    check "read-only: a new file" leaves_nothing 0 source ext4/third $PREPARE_DEST 5
    check "read-only: over a file" leaves_old 0 source ext4/small $PREPARE_DEST 5
    check "read-only: from there" copies 0 ext4/small copy
    check "read-only: a link" leaves_no_link $COPY_SYMLINK link ext4/third $NAMEGRAFT 19
    umount ext4
else
    skip "ext4 full and read-only" "no mkfs.ext4, or no loop devices"
fi

if mounts_disk btrfs 256M btrfs -q && btrfs quota enable btrfs 2>/dev/null &&
    btrfs subvolume create btrfs/sub >/dev/null 2>&1 && btrfs qgroup limit 2M btrfs/sub 2>/dev/null; then
    check "quota: in PREPARE_DEST" leaves_nothing 0 source btrfs/sub/copy $PREPARE_DEST 112
    check "... without preallocation" leaves_nothing $DISABLE_PREALLOCATION source btrfs/sub/copy $WRITE_DESTINATION 112
    head -c 100000 source >btrfs/sub/small
    check "... a small file goes in" copies 0 btrfs/sub/small btrfs/sub/small-copy
    cp source btrfs/source
    btrfs qgroup limit none btrfs/sub
    check "... a clone after the limit went" copies 0 btrfs/source btrfs/sub/clone
    fill btrfs
    check "btrfs full" leaves_nothing $NO_OFFLOAD btrfs/source btrfs/copy $PREPARE_DEST 112
    check "... what is cloned needs no room" copies 0 btrfs/source btrfs/cloned
    umount btrfs
else
    skip "quota" "no btrfs"
fi

if mounts_disk xfs 320M xfs -q; then
    cp source xfs/source
    echo small >xfs/small
    fill xfs
    check "xfs full" leaves_nothing $NO_OFFLOAD xfs/source xfs/copy $PREPARE_DEST 112
    check "... from another file system, over a file" leaves_nothing 0 source xfs/small $PREPARE_DEST 112
    umount xfs
else
    skip "xfs full" "no mkfs.xfs, or the kernel has none"
fi

# ---- protected -------------------------------------------------------------------------------------------------------

printf 'was here first' >immutable
cp immutable append
if chattr +i immutable 2>/dev/null && chattr +a append 2>/dev/null; then
    check "over an immutable file" leaves_old 0 source immutable $PREPARE_DEST 5
    check "over an append-only file" leaves_old 0 source append $PREPARE_DEST 5
    check "from an immutable file" copies 0 immutable copy
    check "... whose copy is not immutable" sh -c 'echo more >>copy'
    check "a link over an immutable file" fails $COPY_SYMLINK link immutable $NAMEGRAFT 5
    check "... which stays" cmp immutable append
    mkdir locked
    chattr +i locked
    check "a link into an immutable folder" leaves_no_link $COPY_SYMLINK link locked/link $NAMEGRAFT 5
    chattr -i locked immutable
    chattr -a append
else
    skip "immutable and append-only files" "this file system has none"
fi
cp "$(command -v sleep)" running
./running 60 &
runner=$!
check "over a program that runs" leaves_old 0 source running $PREPARE_DEST 32
check "... by NT calls" by_nt leaves_old 0 source running $PREPARE_DEST 32
check "from a program that runs" copies 0 running copy
kill $runner

# ---- names that lead nowhere -----------------------------------------------------------------------------------------

long=$(printf '%0251d' 0)
wide=$(printf '%085d' 0 | sed 's/0/水/g')
ln -s loop-b loop-a
ln -s loop-a loop-b
ln -s nowhere dangling
# Linux takes names of 255 bytes, whatever the number of letters.
check "a name of 255 bytes" copies 0 source "${long}0123"
check "a name of 255 bytes, in wide letters" copies 0 source "$wide"
# Wine answers 2 for a name that is too long for Linux.
check "a longer one, as destination" leaves_nothing 0 source "${long}01234" $PREPARE_DEST 2
check "a longer one, as source" fails 0 "${long}01234" copy $PREPARE_SOURCE 2
check "a loop of links, as source" fails 0 loop-a copy $PREPARE_SOURCE 1921
check "a loop of links, as destination" fails 0 source loop-a $PREPARE_DEST 1921
check "a link to nowhere, as source" fails 0 dangling copy $PREPARE_SOURCE 2
check "a file as folder, as source" fails 0 source/inside copy $PREPARE_SOURCE 3
check "a link into a file as folder" fails $COPY_SYMLINK link source/inside $NAMEGRAFT 3
check "a file as folder, as destination" fails 0 source source/inside $PREPARE_DEST 3

# ---- in mid-copy -----------------------------------------------------------------------------------------------------

faultfs=$builddir/tests/faults/faultfs/faultfs
mkdir -p below slow
if [ -x "$faultfs" ] && [ -e /dev/fuse ] && { "$faultfs" below slow >faultfs.log 2>&1 & } && sleep 1 &&
    [ -e slow/.faultfs ]; then
    mkdir slow/folder
    cp source slow/source
    # in_mid_copy COMMAND...: copies, and runs the command while the third chunk is being read
    in_mid_copy()
    {
        echo "clear" >slow/.faultfs
        echo "delay read 2000 at 3 name source" >slow/.faultfs
        (
            while [ "$(stat -c %s below/folder/copy 2>/dev/null || echo 0)" -lt 3000000 ]; do sleep 0.1; done
            sleep 1
            "$@"
        ) &
        run $NO_OFFLOAD slow/source slow/folder/copy
        wait $!
    }
    source_cut()
    {
        in_mid_copy truncate -s 2000000 below/source
        # The error is ERROR_HANDLE_EOF in READ_SOURCE, so that nobody believes that this is a copy.
        printf '%s\n' "$said" | grep -qx 'result 0x80070026' &&
            printf '%s\n' "$said" | grep -qx 'phase 3 of stream 1' && [ ! -e below/folder/copy ]
    }
    folder_gone()
    {
        cp source below/source
        in_mid_copy rm -rf below/folder
        # The file has lost its name, and no other file gets it. It is as if the file had been deleted right after the
        # copy.
        [ ! -e below/folder ] && cmp source below/source && printf '%s\n' "$said" | grep -x 'result 0x0'
    }
    check "a source that is cut in mid-copy" source_cut
    rm -f below/folder/copy
    check "a folder that is deleted in mid-copy" folder_gone
    check "... and the next copy" copies 0 slow/source slow/copy
else
    skip "in mid-copy" "no libfuse 3, or no /dev/fuse"
fi
# ---- an old file that can be reached in another way ------------------------------------------------------------------

# holds_only_new FILE SOURCE: answers whether FILE has only bytes of SOURCE, none of its old zeros, and not the whole
# length
holds_only_new()
{
    cmp -n "$(wc -c <"$1")" "$1" "$2" && [ "$(wc -c <"$1")" -lt "$(wc -c <"$2")" ]
}
# fails_over FOLDER FILE: the third chunk of a copy over FOLDER/old finds the disk full; FILE is what is left of it
fails_over()
{
    COPYFILE2_FAULT=write:ENOSPC@3 run 0 source "$1/old"
    printf '%s\n' "$said" | grep -qx 'result 0x80070070' && holds_only_new "$2" source
}
linked()
{
    rm -rf linked && mkdir linked && head -c 3000000 /dev/zero >linked/old && ln linked/old linked/other || return 1
    fails_over linked linked/other
}
mounted_on()
{
    rm -rf mounted && mkdir mounted && head -c 3000000 /dev/zero >under && touch mounted/old || return 1
    mount --bind under mounted/old || return 1
    fails_over mounted under
    mounted_on_status=$?
    umount mounted/old
    return $mounted_on_status
}
for way in '' by_nt; do
    check "a failed copy over a file with another link${way:+, by NT calls}" $way linked
    check "... over a file that is a mount point${way:+, by NT calls}" $way mounted_on
done

# ---- few descriptors -------------------------------------------------------------------------------------------------

# Wine itself needs some descriptors. With as many as it takes to start, or more, a copy is refused, or right.
few_descriptors()
{
    refused=0
    wine_run cmd /c exit >/dev/null 2>&1
    for limit in 10 11 12 13 14 15 16 17 18 19 20 24 32; do
        rm -f few-copy
        (
            ulimit -n $limit
            COPYFILE2_TEST_SECONDS=20 run 0 source few-copy
        ) >few.said 2>&1
        case $(cat few.said) in
            *'result 0x0'*) cmp source few-copy && [ $refused -gt 0 ] && return ;;
            *'result 0x80070004'*) refused=$((refused + 1)) && [ ! -e few-copy ] || return 1 ;;
            *result*) cat few.said && return 1 ;;
        esac
        echo "$limit descriptors: $(grep -c 0x80070004 few.said) refused"
    done
    return 1
}
check "few descriptors: refused, or right" few_descriptors
tap_done
