#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests that make bench measures one case and leaves its results. No test says how fast it has to be.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/mounts.sh"

out=$builddir/tests/work/bench-smoke-results
rm -rf "$out"
mkdir -p "$out"

measures()
{
    BENCH_NAME=-smoke BENCH_OUT=$out BENCH_RUNS=2 make -s -C "$builddir" bench CASE="$1"
}
# measured CASE,WAY: answers whether bench.csv has such a line, both runs counted, and no number is missing or 0
measured()
{
    grep -E "^$1,[a-z]+,2(,[1-9][0-9]*){5}\$" "$out/bench.csv" || { cat "$out/bench.csv"; return 1; }
}
refuses_unknown()
{
    said=$(measures no-such-case 2>&1) && { echo "$said"; return 1; }
    case $said in
        *'no case no-such-case'*) [ ! -e "$out/bench.csv" ] ;;
        *) echo "$said" && return 1 ;;
    esac
}

case $WINE-$PE_TARGETS-$HOST_TARGETS in
    -*) skip "make bench" "no Wine" ;;
    *x86_64-windows*-*x86_64-unix*)
        check "an unknown case is refused" refuses_unknown
        if mounts_possible; then
            check "make bench CASE=small-over" measures small-over
            case $tap_output in
                *skipped:*)
                    skip "its results" "no mkfs.ext4, or no loop devices"
                    tap_done
                    exit
                    ;;
            esac
            for way in ours wine loop; do
                check "bench.csv has $way" measured "small-over,$way"
            done
            check "bench.md judges it" grep -E '^\| 4 KiB onto .* \| [0-9.]+ x \| >= 4 x \| .+ \|$' "$out/bench.md"
        else
            skip "make bench CASE=small-over" "not root: no file system can be mounted"
        fi
        ;;
    *) skip "make bench" "the host half was not built" ;;
esac
tap_done
