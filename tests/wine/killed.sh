#!/bin/sh
# SPDX-License-Identifier: MIT
# Kills large copies without a callback at a write. The file that stays is shorter than the source, as after Wine's own
# copy. So a program that looks at the size alone does not take it for a copy.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/copies.sh"

begin_copies "killed copies to which nobody listens"
command -v strace >/dev/null || skip_rest "killed copies to which nobody listens" "no strace"
size=24000000
head -c $size /dev/urandom >large
echo '0 large copy' >input
run env
says 'result 0x0' || exit 99

# is_shorter COUNT: kills the program at each thread's write of this number, and answers whether the file is shorter
# than the source
is_shorter()
{
    timeout 100 strace -f -o calls -P "$work/copy" -e trace=pwrite64 -e inject=pwrite64:signal=KILL:when="$1" \
        ${WINE} "$work/program.exe" <input >output 2>&1
    left=$(stat -c %s copy)
    echo "$left of $size bytes are left; $(grep -c 'killed by SIGKILL' calls) threads were killed"
    grep -q 'killed by SIGKILL' calls && [ "$left" -lt $size ]
}
# The two threads have 11 pieces each, more or less, and one of them has the last page.
killed_new()
{
    for count in 1 3 9; do
        rm -f copy
        is_shorter $count || return 1
    done
}
# killed_over SIZE: the same over an old file of this size
killed_over()
{
    for count in 1 3 9; do
        rm -f copy
        head -c "$1" /dev/zero >copy
        is_shorter $count || return 1
    done
}
by_nt()
{
    export COPYFILE2_BACKEND=nt
    killed_new && killed_over 30000000
    by_nt_status=$?
    unset COPYFILE2_BACKEND
    return $by_nt_status
}
goes_on()
{
    run env
    says 'result 0x0' && cmp large copy
}
check "a new file" killed_new
check "over a shorter file" killed_over 5000000
check "over a file of the same size" killed_over $size
check "over a longer file" killed_over 30000000
check "by NT calls" by_nt
check "the next copy is whole" goes_on
tap_done
