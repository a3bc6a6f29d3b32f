#!/bin/sh
# SPDX-License-Identifier: MIT
# phases.sh FOLDER: makes phases.md and phases.svg there. It needs the variables that make hands to a test. The examples
# are real runs of our engine without its host half, whose words are the same on every Wine.

folder=$1
. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/prefix.sh"
[ -n "$WINE" ] || { echo "no Wine" >&2; exit 1; }
mkdir -p "$folder" || exit 1

program=$builddir/stage/x86_64-w64-mingw32/bin/copyfile2-conformance.exe
COPYFILE2_BACKEND=nt COPYFILE2_TRACE=1
export COPYFILE2_BACKEND COPYFILE2_TRACE
engine=$srcdir/dlls/copyfile2
wine_run "$program" --dll "$(windows_path "$builddir/x86_64-windows/copyfile2.dll")" --probe --filter phases |
    sed 's/ [0-9]* us,//; s/, destination -1 bytes/, no destination/' >"$folder/phases.run" &&
    ${AWK:-awk} -f "$srcdir/tests/conformance/phases.awk" "$srcdir/include/copyfile2.h" "$engine/common/fault_rows.h" \
        "$engine/manual/operation_rows.h" "$folder/phases.run" >"$folder/phases.md" &&
    ${AWK:-awk} -f "$srcdir/tests/conformance/phases_svg.awk" >"$folder/phases.svg" || exit 1
rm "$folder/phases.run"
