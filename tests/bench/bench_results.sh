# SPDX-License-Identifier: MIT
# bench.sh sources this file, which makes bench.csv and bench.md of the lines of ./raw and ./targets.

machine()
{
    cpu=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
    memory=$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)
    echo "$(nproc --all) CPUs${BENCH_CPU:+, one of them used} (${cpu:-unknown}), $memory GiB of memory," \
        "Linux $(uname -r), $($WINE --version 2>/dev/null | head -n 1)," \
        "$(cp --version | sed -n '1s/.*) /cp /p'); file systems of their own, in files on $(stat -f -c %T "$work")"
}

# statistics: makes the lines of bench.csv of those of ./raw, in which the values of a way are put in order
statistics()
{
    echo 'case,way,unit,samples,median,first_quartile,third_quartile,least,most'
    sort -k1,1 -k2,2 -k4,4n raw | awk '
        function quantile( part,    at, low ) {
            at = 1 + ( count - 1 ) * part
            low = int( at )
            return low == count ? value[low] : value[low] + ( at - low ) * ( value[low + 1] - value[low] )
        }
        function put() {
            if (count) printf "%s,%d,%.0f,%.0f,%.0f,%.0f,%.0f\n", key, count, quantile( 0.5 ), quantile( 0.25 ),
                quantile( 0.75 ), value[1], value[count]
            count = 0
        }
        { now = $1 "," $2 "," $3; if (now != key) put(); key = now; value[++count] = $4 }
        END { put() }'
}

leave_results()
{
    mkdir -p "$BENCH_OUT"
    statistics >"$BENCH_OUT/bench.csv"
    {
        echo "$(machine). Medians of $BENCH_RUNS or more, with the quartiles."
        echo
        awk -f "$srcdir/tests/bench/bench_report.awk" "$BENCH_OUT/bench.csv" targets
    } >"$BENCH_OUT/bench.md"
    cat "$BENCH_OUT/bench.md"
}
