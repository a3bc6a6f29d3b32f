#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests large copies by several threads under Wine: those without a callback, and those whose callback hears of chunks.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/host_half.sh"
prefix_suffix=-threads
. "$srcdir/tests/harness/prefix.sh"
. "$srcdir/tests/harness/programs.sh"
unset COPYFILE2_BACKEND

[ -n "$WINE" ] || skip_all "no Wine"
host_half_built || skip_all "no host half, or no 64-bit programs"
work=$builddir/tests/work/threads
program=$work/program.exe
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 99
end()
{
    prefix_remove
    rm -rf "$work"
}
trap end EXIT
build_host_program "$work" || exit 99
. "$srcdir/tests/harness/told.sh"
NO_BUFFERING=0x1000 RESTARTABLE=2 SOURCE_FOR_WRITE=4 DISABLE_PREALLOCATION=0x4000000

# A large file without a callback is moved by as many threads as there are processors, at most 4.
build_index_program "$work" silent.exe || exit 99
head -c 20000000 /dev/urandom >large
processors=$(nproc)
case $processors in
    1) in_threads=read/write ;;
    2 | 3) in_threads="read/write in $processors threads" ;;
    *) in_threads='read/write in 4 threads' ;;
esac
# copies_large FLAGS SOURCE DESTINATION PATTERN: answers whether the trace tells of this way, and the bytes are equal
copies_large()
{
    echo "$1 $2 $3" >input
    COPYFILE2_TRACE=1 wine_run_into "$work/output" "$work/silent.exe" <input
    tr -d '\r' <"$work/output"
    grep -q "bytes by host $4" "$work/output" && cmp "$2" "$3"
}
on_one_processor()
{
    (WINE="taskset 1 $WINE"; "$@")
}
with_hole()
{
    cat large >hole && truncate -s 60000000 hole && cat large >>hole && copies_large 0 hole hole-copy "$in_threads" &&
        [ "$(stat -c %b hole-copy)" -lt 90000 ]
}
check "a large file: several threads" copies_large 0 large large-copy "$in_threads"
check "... over an old one" copies_large 0 large large-copy "$in_threads"
check "... uncached" copies_large $((NO_BUFFERING)) large large-copy "$in_threads"
check "... with a hole" with_hole
check "... on one processor" on_one_processor copies_large 0 large large-copy "read/write;"
# With a callback at every chunk the other threads go ahead, where nobody can notice.
one_thread='20000000 bytes by host read/write;'
# threads_when WORD: prints how many threads the program has after it said the word
threads_when()
{
    for moment in $(seq 100); do grep -q "$1" output && break; sleep 0.1; done
    sleep 0.5
    ls "/proc/$!/task" | wc -l
}
thread_ended()
{
    $WINE ended.exe large large-copy >output 2>/dev/null &
    echo "$(threads_when told) threads, and then $(threads_when ended)" | tee counted
    kill $! && grep 'threads, and then 1$' counted
}
at_a_rate()
{
    COPYFILE2_TRACE=1 wine_run_into "$work/output" "$program" 0 0 large large-copy 1000000
    tr -d '\r' <output | tail -n 2
    grep -q "$one_thread" output && cmp large large-copy
}
check "... that is told of" copies 0 0 large large-copy "20000000 bytes by host $in_threads" 'chunk 19: 77056 bytes'
check "... uncached" copies $NO_BUFFERING 0 large large-copy "20000000 bytes by host $in_threads"
check "... but not on one processor" on_one_processor copies 0 0 large large-copy "$one_thread"
check "... nor without preallocation" copies $DISABLE_PREALLOCATION 0 large large-copy "$one_thread"
check "... nor restartable" copies $RESTARTABLE 0 large large-copy "$one_thread"
check "... nor where the callback may write to the source" copies $SOURCE_FOR_WRITE 0 large large-copy "$one_thread"
check "... nor at a rate" at_a_rate
build_with_dll "$work" ended.exe tests/wine/ended_program.c -municode || exit 99
check "... whose thread is ended in its callback" thread_ended
tap_done
