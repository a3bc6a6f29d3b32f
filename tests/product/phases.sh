#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests that docs/phases.md and its picture are as make phases makes them of the sources and of real runs.

. "$srcdir/tests/harness/tap.sh"
work=$builddir/tests/work/phases
rm -rf "$work"
[ -n "$WINE" ] || skip_all "no Wine"
case " $PE_TARGETS " in
    *" x86_64-windows "*) ;;
    *) skip_all "no 64-bit programs" ;;
esac

names_each_phase()
{
    phases=$(sed -n 's/^ *COPYFILE2_PHASE_\([A-Z_]*\) = .*/\1/p' "$srcdir/include/copyfile2.h" | grep -v MAX)
    [ "$(echo "$phases" | wc -l)" -ge 7 ] || return 1
    for phase in $phases; do
        grep -q "^## $phase\$" "$work/phases.md" && grep -q "ERROR phase=$phase " "$work/phases.md" &&
            grep -q ">$phase<" "$work/phases.svg" || { echo "$phase is missing"; return 1; }
    done
}
is_well_formed()
{
    perl -e 'local $/; $_ = <STDIN>; my @open; s/<style>.*<\/style>|<!--.*?-->//sg;
        while (s/^[^<]*<(\/?)(\w+)([^>]*?)(\/?)>//) {
            next if $4;
            if ($1) { die "$2 closes $open[-1]" unless $2 eq pop @open; } else { push @open, $2; }
        }
        die "left: @open $_" if @open or /\S/;' <"$1"
}
check "they can be made" sh "$srcdir/tests/conformance/phases.sh" "$work"
check "each phase has its meaning, its run and its box" names_each_phase
check "the picture is well formed" is_well_formed "$work/phases.svg"
check "docs/phases.md is current: make phases" diff "$srcdir/docs/phases.md" "$work/phases.md"
check "docs/phases.svg is current: make phases" diff "$srcdir/docs/phases.svg" "$work/phases.svg"
[ $tap_failed != 0 ] || rm -rf "$work"
tap_done
