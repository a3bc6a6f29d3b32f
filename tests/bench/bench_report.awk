# SPDX-License-Identifier: MIT
# Makes the table of docs/speed.md of bench.csv and the targets of bench.sh: awk -f bench_report.awk bench.csv targets

function time_text( ns )
{
    if (ns >= 1e7) return sprintf( "%.0f ms", ns / 1e6 )
    if (ns >= 1e6) return sprintf( "%.1f ms", ns / 1e6 )
    if (ns >= 1e5) return sprintf( "%.2f ms", ns / 1e6 )
    return sprintf( "%.0f us", ns / 1e3 )
}

function text( value, unit )
{
    return unit == "ns" ? time_text( value ) : sprintf( "%.1f MiB", value / 1024 )
}

function with_spread( key )
{
    return text( median[key], unit[key] ) " (" text( first[key], unit[key] ) " .. " text( third[key], unit[key] ) ")"
}

# A copy of a file whose size is told moves so many bytes a second; a clone moves none.
function rate( label, ns,    part )
{
    if (label !~ /^[0-9]+ [MG]iB[, ]/ || label ~ /clone|peak|callback/ || label ~ /with [0-9]/) return ""
    split( label, part, " " )
    return sprintf( ", %.1f GB/s", part[1] * ( part[2] ~ /^G/ ? 1024 : 1 ) * 1048576 / ns )
}

function verdict( met, limit )
{
    return limit + 0 == 0 && kind == "faster" ? "" : met ? "yes" : "**no**"
}

BEGIN {
    FS = ","
    said["wine"] = "Wine's CopyFileExW"
    said["cp"] = said["disk-cp"] = "cp"
    said["cp-reflink"] = "cp --reflink"
    said["loop"] = "the system calls of cp"
    said["memcpy"] = "memcpy through 1 MiB"
    said["empty"] = "an empty file"
    said["ours"] = "no callback"
    said["ours@empty"] = "an empty directory"
    said["4KiB"] = "4 KiB"
    print "| case | ours | against | | target | met |"
    print "|---|---|---|---|---|---|"
}

FNR == 1 { files++; if (files == 2) FS = "\t" }

files == 1 && FNR > 1 {
    median[$1, $2] = $5
    first[$1, $2] = $6
    third[$1, $2] = $7
    unit[$1, $2] = $3
}

files == 2 {
    $0 = $0 # by the new separator
    kind = $4
    limit = $6
    ours = $1 SUBSEP $3
    way = $5
    sub( /@.*/, "", way )
    other = $7 SUBSEP way
    if (!( ours in median ) || !( other in median )) next

    if (kind == "faster")
    {
        ratio = median[other] / median[ours]
        result = sprintf( ratio >= 20 ? "%.0f x" : ratio >= 1.95 ? "%.1f x" : "%.2f x", ratio )
        wanted = limit + 0 ? ">= " limit " x" : ""
        met = ratio >= limit
    }
    else if (kind == "within")
    {
        more = median[ours] - median[other]
        result = ( more < 0 ? "-" : "+" ) time_text( more < 0 ? -more : more )
        wanted = "<= +" limit / 1000 " ms"
        met = more <= limit * 1000
    }
    else if (kind == "below")
    {
        percent = ( median[ours] / median[other] - 1 ) * 100
        result = sprintf( "%+.1f %%", percent )
        wanted = "<= +" limit " %"
        met = percent <= limit
    }
    else
    {
        more = median[ours] - median[other]
        result = sprintf( "%+.1f MiB", more / 1024 )
        wanted = limit + 0 ? "<= +" limit / 1024 " MiB" : "no more"
        met = more <= limit
    }
    printf "| %s | %s | %s: %s | %s | %s | %s |\n", $2,
        with_spread( ours ) rate( $2, median[ours] ), said[$5], with_spread( other ), result,
        wanted, verdict( met, limit )
}
