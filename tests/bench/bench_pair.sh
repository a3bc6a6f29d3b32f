# SPDX-License-Identifier: MIT
# bench_family.sh and bench_trees.sh source this file in their folder. A program runs in two processes at a time.

# start_pair PROGRAM: under plain Wine it is heard by 3 and answers by 4, under wine-copyfile2 --all by 5 and 6
start_pair()
{
    cp "$builddir/x86_64-windows/tests/bench/$1" . || fail "$1 was not built"
    mkfifo wine.in wine.out ours.in ours.out
    $WINE "$1" <wine.in >wine.out 2>/dev/null &
    exec 3>wine.in 4<wine.out
    "$builddir/stage/bin/wine-copyfile2" run --all "$1" <ours.in >ours.out 2>/dev/null &
    exec 5>ours.in 6<ours.out
    read -r ready <&4 && read -r ready <&6 || fail "$1 did not start"
}
