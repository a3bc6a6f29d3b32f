#!/bin/sh
# SPDX-License-Identifier: MIT
# Without the host half, the engine remembers which names with colons a folder has (colons.c). A stream that comes,
# goes, or comes with another folder of the name is seen all the same. A folder that rests is read once, not at every
# copy.

. "$srcdir/tests/harness/mounts.sh"
mounts_begin "$builddir/tests/work/nt_folders" "$@"
. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/copies.sh"
mounts_own_server

begin_copies "what is remembered of folders"
build_folders_program "$work" || exit 99
COPYFILE2_BACKEND=nt
export COPYFILE2_BACKEND

# follows FOLDER REST: answers whether all streams are seen in FOLDER, when it rests for so many milliseconds
follows()
{
    rm -rf "$1/case" && mkdir "$1/case" && cp folders.exe copyfile2.dll "$1/case" || return 1
    (cd "$1/case" && wine_run_into output ./folders.exe "$2")
    followed=$?
    tr -d '\r' <"$1/case/output" | tee said
    rm -rf "$1/case"
    return $followed
}
mkdir here
check "streams that come and go" follows here 0
check "... in a folder that has rested" follows here 150

# Inodes of 128 bytes know whole seconds only, so there a name comes within the tick of the change before.
within_a_tick()
{
    follows seconds "$1" && ! grep -q 'same tick 0,' said
}
if [ "$may_mount" ] && mounts_disk seconds 64M ext4 -q -I 128; then
    check "... where times are whole seconds" within_a_tick 0
    check "... in a folder that has rested there" within_a_tick 150
    umount seconds
else
    skip "... where times are whole seconds" "no ext4 can be mounted"
fi

# looks COPIES: prints how often the folder is read for so many copies out of it
looks()
{
    rm -rf large && mkdir large && cp source large/file && : >large/other:strm
    (cd large && seq -f 'name%g' 300 | xargs touch)
    sleep 0.3
    for i in $(seq "$1"); do echo "0 large/file copy"; done >input
    WINEDEBUG=+file run env >/dev/null
    [ "$(grep -c 'result 0x0' said)" = "$1" ] && grep -c NtQueryDirectoryFile said
}
read_once()
{
    one=$(looks 1) && ten=$(looks 10) || return 1
    echo "read $one times for a copy, $ten times for ten"
    [ "$one" -gt 0 ] && [ "$ten" -le $((2 * one)) ]
}
check "a folder is read once for several copies" read_once

# One program makes both copies, and another one makes the stream in between.
of_another_program()
{
    rm -rf shared copies && mkdir shared copies && cp source shared/file
    sleep 0.3
    mkfifo lines
    COPYFILE2_TRACE=0 timeout --foreground 120 ${WINE} ./program.exe <lines >output 2>&1 &
    exec 3>lines
    for step in one two; do
        echo "0 shared/file copies/$step" >&3
        for tries in $(seq 300); do [ -s "copies/$step" ] && break; sleep 0.1; done
        : >shared/file:strm
    done
    exec 3>&-
    wait $!
    cat output
    [ -e copies/two:strm ] && [ ! -e copies/one:strm ]
}
check "a stream made by another program" of_another_program
# logged TIMES LINE: makes so many copies by $copier, and leaves each request in requests-TIMES. A server of its own
# writes them down. It is tried again when the program was faster, and started a server without a log.
logged()
{
    cp "$copier" program.exe || return 1
    for i in $(seq "$1"); do echo "$2"; done | awk '{ sub( "%d", NR ); print }' >input
    for tries in 1 2 3; do
        $wineserver -k -w
        $wineserver -f -d1 2>"requests-$1" &
        server=$!
        sleep "$tries"
        run env >/dev/null
        $wineserver -k -w
        wait $server
        [ "$(grep -c 'result 0x0' said)" = "$1" ] || return 1
        grep -q 'create_file(.*few.*file"' "requests-$1" && return
    done
    return 1
}
# requests LINE: prints how many requests Wine's server gets for ten copies more
requests()
{
    logged 5 "$1" && logged 15 "$1" && echo $(($(asked requests-15) - $(asked requests-5)))
}
# asked FILE: prints how many requests the thread made that opened the source
asked()
{
    thread=$(sed -n 's/^\([0-9a-f]*\): create_file(.*few.*file".*/\1/p' "$1" | head -n 1)
    grep -c "^$thread: [a-z_]*() = " "$1"
}
# count_requests COPIER: sets $old and $new to the requests of ten copies onto an old name, and to new names
count_requests()
{
    copier=$1
    rm -f copies/*
    old=$(requests '0 few/file copies/old') && new=$(requests '0 few/file copies/new%d') &&
        [ "$old" -ge 40 ] && [ "$new" -ge 40 ]
}
# For ten copies ours may make a few more requests, when a time moves between two looks.
few_requests()
{
    mkdir -p few && cp source few/file && cp program.exe ours.exe && sleep 0.3 &&
        $PE64_CC -DCOPIES_BY_WINE -I"$srcdir/include" -o wine.exe "$srcdir/tests/wine/index_program.c" -static-libgcc ||
        return 1
    count_requests ours.exe || return 1
    our_old=$old our_new=$new
    count_requests wine.exe || return 1
    echo "for ten copies onto an old name $our_old, Wine's own $old; to new ones $our_new, Wine's own $new"
    [ "$our_old" -le $((old + 5)) ] && [ "$our_new" -le $((new + 5)) ]
}
check "no more requests than Wine's own copy makes" few_requests
tap_done
