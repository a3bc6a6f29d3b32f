#!/bin/sh
# SPDX-License-Identifier: MIT
# Linux programs that watch a folder hear of a copy the same as of any file that is made, written and closed. They never
# hear a name that no file has.

. "$srcdir/tests/harness/mounts.sh"
mounts_begin "$builddir/tests/work/watch" "$@"
. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/host_half.sh"
prefix_suffix=-watch
. "$srcdir/tests/harness/prefix.sh"
. "$srcdir/tests/harness/programs.sh"
unset COPYFILE2_BACKEND
mounts_own_server

[ -n "$WINE" ] || skip_rest "who watches a folder" "no Wine"
host_half_built || skip_rest "who watches a folder" "not built"
cd "$work" || exit 99
build_index_program "$work" || exit 99
$HOST64_CC -o watch "$srcdir/tests/wine/watch.c" || exit 99
head -c 4096 /dev/urandom >source
: >empty
head -c 300000 /dev/urandom >large
head -c 100 /dev/urandom >old

# heard FOLDER LINE...: leaves in ./once what is heard in the folder while the program obeys the lines. Each event of a
# name is there once, in the order in which they came first.
heard()
{
    folder=$1
    shift
    ./watch "$folder" >events &
    watcher=$!
    for wait in $(seq 100); do
        grep -q ready events && break
        sleep 0.1
    done
    printf '%s\n' "$@" >input
    prefix_make
    COPYFILE2_TRACE=1 timeout --foreground 300 ${WINE} ./program.exe <input >said 2>&1
    : >"$folder/end"
    wait $watcher
    rm "$folder/end"
    cat said
    grep -v ready events | awk '!seen[$0]++' >once
    cat once
}
# hears FOLDER NAME EVENT...: answers whether these events of this name were heard, and nothing else
hears()
{
    name=$2
    shift 2
    for event in "$@"; do echo "$name $event"; done | cmp - once
}

by_path()
{
    heard "$1" "0 source $1/small" && grep -q '; without handles' said &&
        hears "$1" small CREATE OPEN MODIFY ATTRIB CLOSE_WRITE && cmp source "$1/small"
}
of_nothing()
{
    heard "$1" "0 empty $1/empty" && grep -q '; without handles' said &&
        hears "$1" empty CREATE OPEN MODIFY ATTRIB CLOSE_WRITE
}
onto_old()
{
    cp old "$1/small"
    heard "$1" "0 source $1/small" && grep -q '; without handles' said &&
        hears "$1" small OPEN MODIFY ATTRIB CLOSE_WRITE && cmp source "$1/small"
}
# Wine's server may set the times twice, and looks before it makes a file, so only these events have to be there.
by_handles()
{
    heard "$1" "0x2000 source $1/handles" "0 large $1/large" || return 1
    for name in handles large; do
        for event in CREATE OPEN MODIFY ATTRIB CLOSE_WRITE; do grep -qx "$name $event" once || return 1; done
    done
    ! grep -v '^handles \|^large ' once
}
refused()
{
    heard "$1" "1 source $1/small" && ! grep MODIFY once
}

# test_in FOLDER NAME
test_in()
{
    check "$2: a small new file" by_path "$1"
    check "$2: a file without bytes" of_nothing "$1"
    check "$2: a small file onto an old one" onto_old "$1"
    check "$2: files by handles" by_handles "$1"
    check "$2: a copy that is refused" refused "$1"
}
mkdir here
test_in here "the folder of the tests"
if [ -z "$may_mount" ]; then
    skip_rest "tmpfs, ext4, xfs and btrfs" "not root: no file system can be mounted"
fi
mkdir tmpfs
if mount -t tmpfs none tmpfs; then
    test_in tmpfs tmpfs
    umount -l tmpfs
else
    skip tmpfs "cannot be mounted"
fi
for type in ext4 xfs btrfs; do
    if mounts_disk $type 400M $type -q; then
        test_in $type $type
        umount -l $type
    else
        skip $type "$(cat mkfs.log)"
    fi
done
tap_done
