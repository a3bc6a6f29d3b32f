#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests the host half under Wine: which way the bytes go on each file system. So a test fails when a fast way is lost.

. "$srcdir/tests/harness/mounts.sh"
mounts_begin "$builddir/tests/work/host" "$@"
. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/host_half.sh"
prefix_suffix=-host
. "$srcdir/tests/harness/prefix.sh"
. "$srcdir/tests/harness/programs.sh"
unset COPYFILE2_BACKEND
mounts_own_server

target=x86_64-windows
program=$work/program.exe

[ -n "$WINE" ] || skip_rest "the host half under Wine" "no Wine"
host_half_built || skip_rest "the host half under Wine" "not built"
build_host_program "$work" || exit 99

. "$srcdir/tests/harness/told.sh"
build_attribute "$work" || exit 99
head -c 3000000 /dev/urandom >"$work/source"
cd "$work" || exit 99
read_write='3000000 bytes by host read/write\(; new name by index\)\?\(; over the old content\)\?; not by clone: [^;]*'
read_write="$read_write"'([A-Z]*); not by copy_file_range: a local file system would only read and write$'

NO_BUFFERING=0x1000 NO_OFFLOAD=0x40000 LOW_FREE_SPACE=0x8000000
DISABLE_SPARSE=0x80000000 DISABLE_PREALLOCATION=0x4000000 DISABLE_CLONING=2

by_nt()
{
    COPYFILE2_BACKEND=nt copies 0 0 source copy \
        '3000000 bytes by NT read/write; not by .*: switched off by COPYFILE2_BACKEND$'
}
without_path()
{
    (unset WINEDLLPATH; copies 0 0 source copy '3000000 bytes by NT read/write; not by .*: no copyfile2.so .*$')
}
demanded_but_absent()
{
    (unset WINEDLLPATH; export COPYFILE2_BACKEND=host; copies 0 0 source not-made 'result 0x8007007e') &&
        [ ! -e not-made ]
}
demanded()
{
    COPYFILE2_BACKEND=host copies 0 0 source copy 'by host read/write\|by clone'
}
in_wine_channel()
{
    WINEDEBUG=+copyfile2 run 0 0 source copy &&
        grep 'trace:copyfile2:CopyFile2 source -> copy: 3000000 bytes by ' output
}
not_in_wine_channel()
{
    run 0 0 source copy && ! grep 'bytes by' output
}
# copies_beside: copies by the host half in the program's folder, or without one where this Wine is too old
copies_beside()
{
    expected='3000000 bytes by NT read/write; not by .*: no copyfile2.so .*$'
    if loads_by_name; then expected='by host read/write\|by clone'; fi
    cp "$builddir/x86_64-unix/copyfile2.so" beside &&
        (unset WINEDLLPATH; program=$work/beside/program.exe; copies 0 0 source copy "$expected")
}
beside()
{
    rm -rf beside && mkdir beside && build_host_program beside && copies_beside
}
beside_static()
{
    rm -rf beside && mkdir beside &&
        $PE64_CC -I"$srcdir/include" -o beside/program.exe "$srcdir/tests/wine/host_program.c" -municode \
            -static-libgcc -L"$builddir/x86_64-windows" -l:libcopyfile2.a && copies_beside
}
# of_another_build: this host half differs from the DLL only in the number of the build
of_another_build()
{
    mkdir -p other/include other/x86_64-unix other/$target
    echo '#define HOST_BUILD 1ull' >other/include/host_build.h
    cp "$builddir/$target/copyfile2.dll" other/$target
    host_half_compile -fPIC -fvisibility=hidden -Iother/include -shared -o other/x86_64-unix/copyfile2.so || return 1
    WINEDLLPATH=$work/other copies 0 0 source copy \
        '3000000 bytes by NT read/write; not by .*: copyfile2.so is of another build$'
}
check "COPYFILE2_BACKEND=nt" by_nt
check "no WINEDLLPATH: no host half" without_path
# no_complaint: claims that Wine is asked for no information class that it does not know
no_complaint()
{
    (unset WINEDLLPATH; WINEDEBUG=fixme+all run 0 0 source copy) && grep 'result 0x0' output &&
        ! grep 'fixme:.*Unknown information class' output
}
check "no WINEDLLPATH: Wine does not complain" no_complaint
check "no WINEDLLPATH, and copyfile2.so beside the DLL" beside
check "... beside a program with the static library" beside_static
check "COPYFILE2_BACKEND=host without one" demanded_but_absent
check "COPYFILE2_BACKEND=host" demanded
check "WINEDEBUG=+copyfile2" in_wine_channel
check "no trace unless asked for" not_in_wine_channel
check "a host half of another build" of_another_build

file_too_large()
{
    # dash counts blocks of 512 bytes
    (ulimit -f 1000; copies 0 0 source large 'result 0x800700df' 'phase 2') && [ ! -e large ]
}
file_too_large_later()
{
    (ulimit -f 1000; copies $DISABLE_PREALLOCATION 0 source large 'result 0x800700df' 'phase 4') && [ ! -e large ]
}
check "the limit of file sizes: ERROR_FILE_TOO_LARGE in PREPARE_DEST" file_too_large
check "... in WRITE_DESTINATION without preallocation" file_too_large_later

keeps_metadata()
{
    printf 'a program' >tool
    chmod 755 tool
    touch -d '2001-02-03 04:05:06.123456789Z' tool
    (umask 027; copies 0 0 tool tool-copy 'result 0x0') || return 1
    [ "$(stat -c %y tool)" = "$(stat -c %y tool-copy)" ] || { stat tool tool-copy; return 1; }
    [ -x tool-copy ] && stat -c %a tool-copy
}
check "nanoseconds and x bits are kept" keeps_metadata

keeps_holes()
{
    truncate -s 200M sparse
    printf 'in the middle' | dd of=sparse bs=1 seek=100000000 conv=notrunc status=none
    copies "$1" 0 sparse sparse-copy 'result 0x0' && [ "$(du -k sparse-copy | cut -f1)" -lt 1000 ]
}
fills_holes()
{
    truncate -s 30M sparse
    copies $DISABLE_SPARSE 0 sparse sparse-copy 'not by clone: holes are not wanted' &&
        [ "$(du -k sparse-copy | cut -f1)" -ge 30000 ]
}

onto_longer()
{
    cat source source >copy && copies "$1" 0 source copy "$2"
}
# A file that is emptied first has no old blocks where the source has holes.
keeps_holes_over()
{
    truncate -s 200M sparse
    head -c 3000000 /dev/urandom >sparse-copy
    copies 0 0 sparse sparse-copy '; not by clone: .*only read and write$' &&
        [ "$(du -k sparse-copy | cut -f1)" -lt 1000 ]
}

# make_disk TYPE MKFS-ARGUMENT...: mounts a file system of this type at ./TYPE, and puts the source on it
make_disk()
{
    type=$1
    shift
    mounts_disk "$type" 1G "$type" "$@" && cp source "$type"
}
attribute=$work/attribute
one='user.DosStream.one:$DATA' two='user.DosStream.two:$DATA'
SKIP_STREAMS=0x8000

# Streams that Samba keeps as attributes are told of after those that are files, by the handles of the main file.
copies_attributes()
{
    printf main >streams
    printf sibling >streams:strm
    "$attribute" streams "$one" 5 && "$attribute" streams "$two" 0 || return 1
    copies 0 0 streams streams-copy 'result 0x0' 'stream 1: 4 of 16 bytes' 'stream 2: 7 of 16 bytes, by its own' \
        'stream 3: [05] of 16 bytes, by the file' 'stream 4: [05] of 16 bytes, by the file' ' 5 bytes by attribute' ||
        return 1
    cmp streams:strm streams-copy:strm && "$attribute" streams-copy "$one" && "$attribute" streams-copy "$two"
}
skips_attributes()
{
    rm -f streams-copy*
    copies $SKIP_STREAMS 0 streams streams-copy 'stream 1: 4 of 4 bytes' 'result 0x0' || return 1
    ! "$attribute" streams-copy "$one" && [ ! -e streams-copy:strm ]
}
old_attributes_go()
{
    printf old >streams-copy
    "$attribute" streams-copy 'user.DosStream.old:$DATA' 5 && "$attribute" streams-copy user.note 5 || return 1
    copies 0 0 source streams-copy 'result 0x0' || return 1
    ! "$attribute" streams-copy 'user.DosStream.old:$DATA' && ! "$attribute" streams-copy user.note
}
# A stream of the destination is in the way and cannot be touched, beside a new file, and beside one that is
# overwritten.
immutable_in_the_way()
{
    printf main >streams && printf sibling >streams:strm && printf old >fixed:strm && chattr +i fixed:strm || return 1
    copies 0 0 streams fixed 'result 0x80070005' 'phase 2 of stream 2' && [ ! -e fixed ] || return 1
    printf old >fixed
    copies $SKIP_STREAMS 0 streams fixed 'result 0x0' && [ "$(cat fixed:strm)" = old ] && chattr -i fixed:strm
}
# held_by DIRECTORY: a file system without attributes loses the streams that are attributes, as Windows drops all
# streams where there can be none.
held_by()
{
    copies 0 0 streams "$1/streams" 'stream 1: 4 of 11 bytes' 'stream 2: 7 of 11 bytes' 'result 0x0' &&
        cmp streams:strm "$1/streams:strm" && ! grep 'stream 3' output
}
# too_large_for DIRECTORY: the source can have this attribute, but it does not fit into that file system.
too_large_for()
{
    printf main >large && "$attribute" large "$one" 12000 || return 1
    copies 0 0 large "$1/large" 'stream 2: 12000 of 12004 bytes' 'result 0x80070070' 'phase 4 of stream 2' &&
        [ ! -e "$1/large" ]
}
# looks SOURCE: prints how often Wine lists a directory for a copy of it
looks()
{
    WINEDEBUG=+file run 0 0 "$1" plain/copy && grep -q 'result 0x0' output && grep -c NtQueryDirectoryFile output
}
# Wine looks through the directory only where a name says that there may be a stream, and then once for each open.
looks_when_needed()
{
    rm -rf plain && mkdir plain && cp source plain && cp source plain/other && touch plain/other:strm
    for_none=$(looks plain/source) for_one=$(looks plain/other)
    echo "for no stream $for_none, for one $for_one"
    [ "$for_one" -gt "$for_none" ] && [ "$for_none" -eq 0 ] && [ -e plain/copy:strm ]
}

# on FILE-SYSTEM COMMAND...: runs the command in this file system
on()
{
    (cd "$1" && shift && "$@")
}

check "streams: Wine is asked only where there may be some" looks_when_needed

[ -n "$may_mount" ] || skip_rest "ways on ext4, tmpfs, btrfs, xfs" "not root: no file system can be mounted"

mkdir -p tmpfs && mount -t tmpfs -o size=4m tmpfs tmpfs

check "to tmpfs: read/write" copies 0 0 source tmpfs/copy 'not by clone: .*(EXDEV)' 'by host read/write'
check "tmpfs: full in PREPARE_DEST" copies 0 0 source tmpfs/second 'result 0x80070070' 'phase 2'
check "... in WRITE_DESTINATION without preallocation" \
    copies $DISABLE_PREALLOCATION 0 source tmpfs/second 'result 0x80070070' 'phase 4'
no_room_for_stream()
{
    printf main >full && head -c 5000000 source >full:strm && head -c 3000000 source >>full:strm
    copies "$1" 0 full tmpfs/full 'result 0x80070070' "phase $2 of stream 2" && [ ! -e tmpfs/full ] &&
        [ ! -e tmpfs/full:strm ]
}
check "tmpfs: no room for a named stream" no_room_for_stream 0 2
check "... without preallocation" no_room_for_stream $DISABLE_PREALLOCATION 4
umount tmpfs

if make_disk ext4 -q; then
    check "ext4: read/write" on ext4 copies 0 0 source copy "$read_write" 'EOPNOTSUPP' 'chunk 2: 902848 bytes, flags 0'
    check "ext4: over the old content" on ext4 copies 0 0 source copy "$read_write" '; over the old content; not by'
    check "ext4: ... onto a longer file" on ext4 onto_longer 0 '; over the old content; not by clone'
    emptied='by host read/write\(; new name by index\)\?; not by clone'
    check "ext4: ... not without preallocation" on ext4 copies $DISABLE_PREALLOCATION 0 source copy "$emptied"
    check "ext4: ... not onto a new file" on ext4 copies 0 0 source second "$emptied"
    check "ext4: ... not where holes are kept" on ext4 keeps_holes_over
    check "ext4: NO_BUFFERING" on ext4 copies $NO_BUFFERING 0 source copy "$read_write"
    check "ext4: NO_OFFLOAD" on ext4 copies $NO_OFFLOAD 0 source copy \
        '; over the old content; not by clone or copy_file_range: forbidden by a flag$'
    check "ext4: holes are kept" on ext4 keeps_holes 0
    check "ext4: ... without preallocation" on ext4 keeps_holes $DISABLE_PREALLOCATION
    check "ext4: holes are filled with DISABLE_SPARSE_COPY" on ext4 fills_holes
    check "ext4: streams that are attributes" on ext4 copies_attributes
    check "ext4: ... are skipped" on ext4 skips_attributes
    check "ext4: ... go when their file is overwritten" on ext4 old_attributes_go
    check "ext4: an immutable stream is in the way" on ext4 immutable_in_the_way
    mkdir ramfs && mount -t ramfs ramfs ramfs
    check "ramfs: streams that are attributes cannot be" on ext4 held_by ../ramfs
    umount ramfs
else
    skip "ext4" "no mkfs.ext4, or no loop devices"
fi

# A caller that asks for a rate wants to see the file come, and would see a clone as one chunk.
not_at_a_rate()
{
    copies_more=30000
    copies 0 0 source rated 'result 0x0' 'chunk 0: 65536 bytes, flags 0' 'chunk 45: 50880 bytes, flags 0' \
        ' 3000000 bytes by host read/write.*; not by clone: a rate is asked for;'
}
# ends_clone ANSWER DESTINATION: the answer ends the copy when its clone is there, and no message has told of a byte
ends_clone()
{
    copies_more="0 $1"
    copies 0 0 source "$2" 'result 0x800704d3' ' after 3000000 bytes by clone' 'stream 1: ' &&
        ! grep -e '^chunk' -e '^phase' "$work/output"
}
# A second name of the old file keeps what the copy leaves of it, even when the first one is deleted.
cancel_undoes()
{
    cat source source >old && ln old second || return 1
    ends_clone $CANCEL new && [ ! -e new ] && ends_clone $CANCEL old && [ ! -e old ] && [ "$(stat -c %s second)" = 0 ]
}
stop_undoes()
{
    cat source source >stopped-old
    for name in stopped stopped-old; do
        ends_clone $STOP $name && [ "$(stat -c %s $name)" = 0 ] || { stat $name; return 1; }
    done
}

CANCEL=1 STOP=2
cloned='3000000 bytes by clone\(; new name by index\)\?$'
for type in btrfs xfs; do
    if make_disk $type; then
        check "$type: clone" on $type copies 0 0 source copy "$cloned" 'chunk 0: 3000000 bytes, flags 1'
        check "$type: clone over a longer file" on $type sh -c 'cat source source source >copy'
        check "$type: ... has the source's length" on $type copies 0 0 source copy "$cloned"
        for flags in "$NO_OFFLOAD 0" "$LOW_FREE_SPACE 0" "0 $DISABLE_CLONING"; do
            check "$type: flags $flags forbid it" \
                on $type copies $flags source copy \
                'by host read/write; not by clone or copy_file_range: forbidden by a flag$' 'flags 0'
        done
        check "$type: a rate forbids it" on $type not_at_a_rate
        check "$type: CANCEL undoes a clone" on $type cancel_undoes
        check "$type: STOP leaves no byte of a clone" on $type stop_undoes
        check "$type: an old file is emptied first" on $type onto_longer $NO_OFFLOAD 'forbidden by a flag$'
        check "$type: holes are kept" on $type keeps_holes 0
        check "$type: holes are kept by read/write" on $type keeps_holes $NO_OFFLOAD
        check "$type: holes are filled with DISABLE_SPARSE_COPY" on $type fills_holes
        check "$type: streams that are attributes" on $type copies_attributes
        [ $type = btrfs ] || check "$type: ... that ext4 has no room for" on $type too_large_for ../ext4
        check "$type: from another file system" copies 0 0 source $type/copy '; not by clone: .*(EXDEV)' \
            'by host read/write'
        umount $type
    else
        skip "$type" "no mkfs.$type, or the kernel has none"
    fi
done
umount ext4
# The mode is the one that Wine gives any new file of a program, from the first moment, whatever the source's mode.
modes()
{
    rm -f mode-copy mode-made
    wine_run cmd /c 'echo made>mode-made' >/dev/null 2>&1
    ${WINE} "$program" 0 0 source mode-copy 3000 >/dev/null 2>&1 &
    seen=
    while kill -0 $! 2>/dev/null; do
        [ ! -e mode-copy ] || seen="$seen $(stat -c %a mode-copy)"
        sleep 0.05
    done
    wait $!
    seen=$(printf '%s\n' $seen "$(stat -c %a mode-copy)" | sort -u)
    echo "$seen, and of Wine: $(stat -c %a mode-made)"
    [ "$seen" = "$(stat -c %a mode-made)" ]
}
chmod 666 source
check "the mode is that of any new file, from the first moment" modes

tap_done
