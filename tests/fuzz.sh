#!/bin/sh
# Fuzzes the export augmenter of wine-copyfile2 for COPYFILE2_FUZZ_SECONDS (60). Whatever crashes it fails; the input
# stays in tests/work/fuzz. Needs clang with libFuzzer.

: "${srcdir:=.}" "${builddir:=$PWD}"
. "$srcdir/tests/tap.sh"

seconds=${COPYFILE2_FUZZ_SECONDS:-60}
work=$builddir/tests/work/fuzz
sources=$srcdir/programs/wine-copyfile2
name="the export augmenter withstands $seconds s of fuzzing"

build()
{
    "${CLANG:-clang}" -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -I"$sources" \
        -o "$work/fuzz" "$srcdir/tests/fuzz_pe_exports.c" "$sources/pe_exports.c" "$sources/pe_image.c" 2>"$work/build.log"
}

# Small DLLs whole, the beginnings of a few; mutated ones come from the fuzzer, cut off ones are made here.
make_corpus()
{
    {
        ls -S -r "$builddir"/*-windows/*.dll "$builddir"/stage/lib/wine/*-windows/*.dll
        ls -S -r /usr/lib/*/wine/*-windows/*.dll /usr/lib/wine/*-windows/*.dll /opt/wine*/lib*/wine/*-windows/*.dll | head -n 60
        ls -S -r /usr/lib/gcc/*-w64-mingw32/*/*.dll /usr/*-w64-mingw32/lib/*.dll | head -n 20
    } 2>/dev/null | while read -r file; do
        size=$(wc -c <"$file")
        seed=$work/seeds/$(basename "$(dirname "$file")")-$(basename "$file")
        [ "$size" -gt 400000 ] || cp "$file" "$seed"
        head -c $((size / 2)) "$file" | head -c 60000 >"$seed.half"
        head -c 1100 "$file" >"$seed.headers"
    done
}

survives()
{
    cd "$work" || return 1
    mkdir -p found
    if ! nice ./fuzz -max_total_time="$seconds" -max_len=400000 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        found seeds >fuzz.log 2>&1; then
        tail -n 40 fuzz.log
        return 1
    fi
}

rm -rf "$work/seeds" "$work/fuzz"
mkdir -p "$work/seeds"
if ! build; then
    skip "$name" "no clang with libFuzzer"
    tap_done
    exit 0
fi
make_corpus
check "$name" survives
sed -n 's/^stat::/# &/p' "$work/fuzz.log"
grep -E '(INITED|DONE) ' "$work/fuzz.log" | sed 's/^/# /'
tap_done
