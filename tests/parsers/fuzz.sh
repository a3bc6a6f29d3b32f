#!/bin/sh
# SPDX-License-Identifier: MIT
# Fuzzes the export augmenter of wine-copyfile2 for COPYFILE2_FUZZ_SECONDS (60), and the readers of imports and of
# restart records for a third of that each. An input that crashes one of them fails the test, and stays in
# tests/work/fuzz. This needs clang with libFuzzer.

. "$srcdir/tests/harness/tap.sh"

seconds=${COPYFILE2_FUZZ_SECONDS:-60}
work=$builddir/tests/work/fuzz
sources=$srcdir/programs/wine-copyfile2
name="the export augmenter withstands $seconds s of fuzzing"
record_seconds=$(((seconds + 2) / 3))
import_name="the reader of imports withstands $record_seconds s of fuzzing"
record_name="the reader of restart records withstands $record_seconds s of fuzzing"

compile()
{
    "${CLANG:-clang}" -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all "$@" \
        2>>"$work/build.log"
}

build()
{
    compile -I"$sources" -o "$work/fuzz" "$srcdir/tests/parsers/fuzz_pe_exports.c" "$sources/pe_exports.c" \
        "$sources/pe_image.c" &&
        compile -I"$sources" -o "$work/fuzz-imports" "$srcdir/tests/parsers/fuzz_pe_imports.c" \
            "$sources/pe_imports.c" "$sources/pe_image.c" &&
        compile -I"$srcdir/dlls/copyfile2" -o "$work/fuzz-record" \
            "$srcdir/tests/parsers/fuzz_restart_record.c" "$srcdir/$RESTART_RECORD"
}

# The seeds are small DLLs, whole and cut off. The fuzzer mutates them.
make_corpus()
{
    {
        ls -S -r "$builddir"/*-windows/*.dll "$builddir"/stage/lib/wine/*-windows/*.dll
        ls -S -r /usr/lib/*/wine/*-windows/*.dll /usr/lib/wine/*-windows/*.dll /opt/wine*/lib*/wine/*-windows/*.dll |
            head -n 60
        ls -S -r "$builddir"/*-windows/*.exe
        ls -S -r /usr/lib/gcc/*-w64-mingw32/*/*.dll /usr/*-w64-mingw32/lib/*.dll | head -n 20
    } 2>/dev/null | while read -r file; do
        size=$(wc -c <"$file")
        seed=$work/seeds/$(basename "$(dirname "$file")")-$(basename "$file")
        [ "$size" -gt 400000 ] || cp "$file" "$seed"
        head -c $((size / 2)) "$file" | head -c 60000 >"$seed.half"
        head -c 1100 "$file" >"$seed.headers"
    done
}

# survives PROGRAM SECONDS: answers whether the program lives through mutations of the seeds for so long
survives()
{
    cd "$work" || return 1
    mkdir -p "found-$1"
    if ! nice ./"$1" -max_total_time="$2" -max_len=400000 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        "found-$1" seeds >"$1.log" 2>&1; then
        tail -n 40 "$1.log"
        return 1
    fi
}

# survives_records: the seed is zeros, of which the fuzzed program makes records by right checksums.
survives_records()
{
    cd "$work" || return 1
    mkdir -p found-records record-seeds
    head -c 1033 /dev/zero >record-seeds/zeros
    if ! nice ./fuzz-record -max_total_time="$record_seconds" -max_len=1100 -timeout=20 \
        -print_final_stats=1 found-records \
        record-seeds >fuzz-record.log 2>&1; then
        tail -n 40 fuzz-record.log
        return 1
    fi
}

rm -rf "$work/seeds" "$work/fuzz" "$work/fuzz-imports" "$work/fuzz-record"
mkdir -p "$work/seeds"
if ! build; then
    skip "$name" "no clang with libFuzzer"
    skip "$import_name" "no clang with libFuzzer"
    skip_rest "$record_name" "no clang with libFuzzer"
fi
make_corpus
check "$name" survives fuzz "$seconds"
check "$import_name" survives fuzz-imports "$record_seconds"
check "$record_name" survives_records
cat "$work/fuzz-imports.log" "$work/fuzz-record.log" >>"$work/fuzz.log"
sed -n 's/^stat::/# &/p' "$work/fuzz.log"
grep -E '(INITED|DONE) ' "$work/fuzz.log" | sed 's/^/# /'
tap_done
