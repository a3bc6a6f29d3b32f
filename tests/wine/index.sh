#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests the directory index and the cost of a small copy under Wine. Counted are looks through directories, requests to
# the server, handles, and descriptors. No time is measured.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/copies.sh"

begin_copies "the directory index under Wine"
FAIL_IF_EXISTS=1

new_and_old_names()
{
    mkdir plain
    printf '0 source plain/a\n0 source plain/a\n0 source plain/A\n1 source plain/b\n1 source plain/B\n' >input
    run env
    [ "$(grep -c ': 4096 bytes by [^;]*; new name by index' said)" = 2 ] && says 'plain/a: 4096 bytes by' &&
        says 'plain/A: 4096 bytes .*; the file is called a; .*; not by index: the name exists in another spelling' &&
        says 'plain/B: failed: 0x80070050 ERROR_FILE_EXISTS in PREPARE_DEST, .*; not by index: the name exists' &&
        ! grep 'plain/[ab]: .*is called' said &&
        [ "$(ls plain | tr '\n' ' ')" = 'a b ' ]
}
check "the trace tells of new names, and why others are not" new_and_old_names

odd_names()
{
    mkdir odd
    printf '0 source odd/A~1\n0 source odd/a:b\n0 source NUL\n0 source nowhere/a\n' >input
    run env
    says 'A~1: 4096 bytes .*; not by index: Wine may take this name for another' &&
        says 'a:b: .*; not by index: Wine' &&
        says 'NUL: 4096 bytes .*; not by index: the name is not on a drive' &&
        says 'nowhere/a: failed: 0x80070003 .*; not by index: there is no such folder'
}
check "names that go the ordinary way" odd_names

spelled_otherwise()
{
    mkdir -p Folder/Inner
    printf '0 source folder/inner/a\n' >input
    run env
    says 'new name by index' && cmp source Folder/Inner/a
}
check "a folder that is spelled otherwise" spelled_otherwise

# looks COUNT: prints how often a directory of 3,000 entries is opened while so many copies are made into it
looks()
{
    rm -f large/new*
    echo "many large/new $1 1 source" >input
    run strace -f -o calls -e trace=getdents64,openat >/dev/null
    says "good $1" >/dev/null || return 1
    awk '/openat\(.*O_DIRECTORY/ && /large/ { count++ } END { print count + 0 }' calls
}
flat()
{
    mkdir large
    (cd large && seq -f 'file number %g' 3000 | while read -r name; do : >"$name"; done)
    one=$(looks 1) && ten=$(looks 11) || return 1
    reads_one=$(grep -c getdents64 calls)
    many=$(looks 41) || return 1
    reads_many=$(grep -c getdents64 calls)
    echo "opened $one, $ten, $many times; getdents64 of 11 copies $reads_one, of 41 $reads_many"
    # Each copy opens the directory to ask, and it is read only once.
    [ $((ten - one)) = 10 ] && [ $((many - ten)) = 30 ] && [ "$reads_one" = "$reads_many" ]
}
if command -v strace >/dev/null; then
    check "a directory is read once, however many copies are made into it" flat
    # limit CALL ERRNO: answers whether copies are right without the index when this call fails so
    limit()
    {
        mkdir "limit-$2"
        printf '0 source limit-%s/a\n0 source limit-%s/A\n' "$2" "$2" >input
        run strace -f -o calls -e trace="$1" -e inject="$1:error=$2"
        says "a: 4096 bytes .*; not by index: .*($2)" && says "A: 4096 bytes .*; not by index: .*($2)" &&
            [ "$(ls "limit-$2")" = a ]
    }
    check "no more instances of inotify" limit inotify_init1 EMFILE
    check "no more watches" limit inotify_add_watch ENOSPC
else
    skip "a directory is read once, however many copies are made into it" "no strace"
    skip "limits of inotify" "no strace"
fi

# duplicates COUNT: prints how many descriptors are asked for in so many small copies by handles. The data of such a
# copy is one call of the host half.
duplicates()
{
    echo "many small/d $1 $BY_HANDLES source" >input
    run strace -f -o calls -e trace=dup,fcntl,fallocate,pwrite64 >/dev/null
    grep -c -E 'dup\(|F_DUPFD' calls
}
one_call()
{
    mkdir -p small
    few=$(duplicates 5) && many=$(duplicates 25) || return 1
    echo "descriptors of 5 copies: $few, of 25: $many"
    # A copy takes two descriptors for its data, one to ask for streams, and sometimes one of a directory: at most four.
    [ $((many - few)) -le 80 ] && [ "$(grep -c 'fallocate(.* 4096) = 0' calls)" = 25 ]
}
if command -v strace >/dev/null; then
    check "the descriptors of a small copy are asked for once" one_call
else
    skip "the descriptors of a small copy are asked for once" "no strace"
fi

# Buffers begin with a line of the processor's cache, which saves a third of a copy's time. The two sizes tell our calls
# from all others that read.
aligned()
{
    head -c 54321 /dev/urandom >odd-size
    head -c 3000000 /dev/urandom >several
    printf '0 odd-size small/odd\n%s odd-size small/odd\n0 several small/several\n' $BY_HANDLES >input
    run strace -f -o calls -e trace=pread64,pwrite64 -e raw=pread64,pwrite64 >/dev/null
    grep -o '(0x[0-9a-f]*, 0x[0-9a-f]*, 0x\(d431\|100000\),' calls >buffers
    cat buffers
    [ "$(grep -c d431 buffers)" = 4 ] && [ "$(grep -c 100000 buffers)" = 4 ] &&
        ! grep -v '[048c]0, 0x[0-9a-f]*,$' buffers
}
if command -v strace >/dev/null; then
    check "buffers begin where the processor copies fast" aligned
else
    skip "buffers begin where the processor copies fast" "no strace"
fi

small_metadata()
{
    cp source tool && chmod 755 tool && touch -d '2001-02-03 04:05:06.123456789Z' tool &&
        printf 'longer than it will be' >>small/old
    rm -f small/tool small/handles && chmod 600 small/old
    printf '0 tool small/tool\n0 tool small/old\n%s tool small/handles\n' $BY_HANDLES >input
    run env
    [ -x small/tool ] && [ -x small/handles ] && [ "$(stat -c %a small/old)" = 600 ] || return 1
    for copy in small/tool small/old small/handles; do
        cmp tool $copy && [ "$(stat -c %y tool)" = "$(stat -c %y $copy)" ] || { stat $copy; return 1; }
    done
}
check "nanoseconds and x bits of a small file" small_metadata

small_failure()
{
    echo '0 source small/too-large' >input
    # dash counts blocks of 512 bytes, bash of 1024
    (ulimit -f 3; run env)
    says 'failed: 0x800700df ERROR_FILE_TOO_LARGE in WRITE_DESTINATION, after 0 bytes' && [ ! -e small/too-large ]
}
check "a small file that is too large leaves nothing" small_failure

# step LINE RESULT: gives the program one line more, and answers whether it prints this result. Others change the
# directory between the steps.
step()
{
    echo "$1" >&4
    read -r said <&5
    said=$(printf '%s' "$said" | tr -d '\r')
    [ "$said" = "result $2" ] || { echo "$1: $said, not $2"; return 1; }
}
others()
{
    mkdir others
    mkfifo in out
    prefix_make
    timeout --foreground 300 ${WINE} "$work/program.exe" <in >out 2>errors &
    exec 4>in 5<out
    step "1 source others/a" 0x0 && step "1 source others/A" 0x80070050 &&
        : >others/B && step "1 source others/b" 0x80070050 &&
        mv others/B others/C && step "1 source others/b" 0x0 && step "1 source others/c" 0x80070050 &&
        rm others/C && step "1 source others/c" 0x0 &&
        ln -s nowhere others/D && step "1 source others/d" 0x80070050 &&
        mkdir others/E && step "0 source others/e" 0x80070005 &&
        : >"$(printf 'others/\377')" && step "1 source others/f" 0x0 &&
        mv others away && mkdir others && : >others/G && step "1 source others/g" 0x80070050 &&
        step "1 source others/a" 0x0 &&
        step "1 source away/A" 0x80070050 &&
        rm -r others && step "1 source others/h" 0x80070003 &&
        mkdir others && step "1 source others/h" 0x0 &&
        for i in $(seq 20000); do echo "others/f$i"; done | xargs touch && rm others/f* && : >others/I &&
        step "1 source others/i" 0x80070050 && step "1 source others/F1" 0x0
    result=$?
    exec 4>&- 5>&-
    wait
    cat errors
    return $result
}
check "what other processes do in the directory is known" others

processes()
{
    mkdir race
    race "many race/n 300 $FAIL_IF_EXISTS source"
    [ "$total" = 300 ] && [ "$(ls race | wc -l)" = 300 ]
}
check "three processes race with FAIL_IF_EXISTS: each name has one winner" processes

no_leak()
{
    mkdir leak
    { echo "many leak/n 20 0 source"; echo "many leak/n 3000 0 source"; } >input
    run env >/dev/null
    says 'good 3000' && says '^handles 0' || { tail -3 said; return 1; }
}
check "3,000 copies leave no handle open" no_leak

# descriptors: looks from outside at the descriptors and the memory of the program, before and after 3,000 copies
descriptors()
{
    rm -f in out
    mkfifo in out
    prefix_make
    timeout --foreground 300 ${WINE} "$work/program.exe" <in >out 2>/dev/null &
    exec 4>in 5<out
    echo "many leak/d 50 0 source" >&4; read -r said <&5
    # Another test may run its program too, so look for the one whose current folder is ours.
    pid=$(for link in /proc/[0-9]*; do
        [ "$(readlink $link/cwd)" = "$work" ] && tr '\0' ' ' <$link/cmdline | grep -q '^[^ ]*program.exe' &&
            echo ${link#/proc/}
    done 2>/dev/null | head -1)
    before=$(ls "/proc/$pid/fd" | wc -l) memory=$(awk '/VmRSS/ { print $2 }' "/proc/$pid/status")
    echo "many leak/d 3000 0 source" >&4; read -r said <&5
    after=$(ls "/proc/$pid/fd" | wc -l) later=$(awk '/VmRSS/ { print $2 }' "/proc/$pid/status")
    exec 4>&- 5>&-
    wait
    echo "process $pid: $before descriptors, then $after; $memory KiB, then $later"
    [ -n "$pid" ] && [ "$before" = "$after" ] && [ $((later - memory)) -lt 2000 ]
}
check "... nor a descriptor, nor much memory" descriptors

# requests FLAGS NAME COUNT: prints how many requests the copying thread makes to the server, and lists them in requests
requests()
{
    echo "many $2 $3 $1 source" >input
    $wineserver -k -w >/dev/null 2>&1
    $wineserver -d1 -f -p5 >/dev/null 2>server.log &
    server=$!
    for wait in 1 2 3 4 5 6 7 8 9 10; do kill -0 $server 2>/dev/null && sleep 0.1; done
    timeout --foreground 300 ${WINE} "$work/program.exe" <input >output 2>&1
    $wineserver -k -w >/dev/null 2>&1
    wait $server
    thread=$(grep -a -m1 'create_file(.*index/source"' server.log | cut -c1-4)
    grep -a "^$thread: [a-z_]*( " server.log >requests
    wc -l <requests
}
# takes COUNT FLAGS FIRST SECOND: answers whether each copy takes so many requests, by runs of 10 and of 110 copies
takes()
{
    few=$(requests $2 "small/$3" 10) && many=$(requests $2 "small/$4" 110) || return 1
    echo "10 copies: $few requests, 110: $many"
    tail -n 12 requests | cut -c 1-60
    [ $((many - few)) = $(($1 * 100)) ]
}
# Both requests are about the source, for nothing else tells who shares it.
check "a small copy to a new name takes two requests to the server" takes 2 0 first second
check "... and two onto a name that exists" takes 2 0 second second
check "... by handles six" takes 6 $BY_HANDLES third fourth
# One more request looks whether the old file is mapped, and saves emptying it.
check "... and seven" takes 7 $BY_HANDLES fourth fourth

if mounts_possible; then
    foreign()
    {
        mkdir -p ramfs
        $wineserver -k -w >/dev/null 2>&1
        printf '0 source ramfs/a\n0 source ramfs/A\n' >input
        export WINE
        COPYFILE2_TRACE=1 unshare --mount sh -c \
            'mount -t ramfs ramfs ramfs && timeout 100 $WINE ./program.exe <input >output 2>&1; ls ramfs'
        tr -d '\r' <output >said
        cat said
        $wineserver -k -w >/dev/null 2>&1
        says 'a: 4096 bytes .*; not by index: the file system does not tell' &&
            says 'A: 4096 .*; not by index: the file system'
    }
    check "a file system that is not known to tell of its changes" foreign
else
    skip "a file system that is not known to tell of its changes" "not root: none can be mounted"
fi
# A user has 128 instances of inotify, and a DLL that is loaded again takes another one.
loads()
{
    build_load_program . || return 1
    COPYFILE2_TRACE=1 timeout --foreground 300 ${WINE} ./load.exe 300 >output 2>&1
    tr -d '\r' <output >said
    tail -n 2 said
    says '^good 300$' && [ "$(grep -c 'new name by index' said)" = 300 ]
}
check "the DLL is loaded 300 times" loads

$wineserver -k >/dev/null 2>&1
tap_done
