#!/bin/sh
# SPDX-License-Identifier: MIT
# The law: with our functions nothing comes out worse than under plain Wine. law_program.c copies and moves in each of
# the situations of law-situations under plain Wine, and under wine-copyfile2 run --all with the host half and without.
# Each difference must stand in law-differences with its reason.

. "$srcdir/tests/harness/mounts.sh"
mounts_begin "$builddir/tests/work/law" "$@"
. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/host_half.sh"
prefix_suffix=-law
. "$srcdir/tests/harness/prefix.sh"
unset COPYFILE2_BACKEND COPYFILE2_TRACE WINEDLLPATH
tool=$builddir/stage/bin/wine-copyfile2
mounts_own_server "$work/faults"

[ -n "$WINE" ] || skip_rest "the law" "no Wine"
[ -x "$tool" ] || skip_rest "the law" "wine-copyfile2 was not built"
host_half_built || skip_rest "the law" "no host half, or no 64-bit programs"
cd "$work" || exit 99
$PE64_CC -D_WIN32_WINNT=0x0602 -static-libgcc -o law.exe "$srcdir/tests/law/law_program.c" || exit 99
$HOST64_CC -o watch "$srcdir/tests/wine/watch.c" || exit 99
# The tool takes a program, and the tests' Wine may be a command with arguments.
printf '#!/bin/sh\nexec %s "$@"\n' "$WINE" >wine
chmod +x wine
WINE=$work/wine
export WINE
prefix_make
law_situations=$srcdir/tests/law/law-situations law_differences=$srcdir/tests/law/law-differences
law_as='' law_owner=$(id -u)
. "$srcdir/tests/law/law_helpers.sh"

law_disks
for way in wine host nt; do
    law_way $way
done
check "each way was taken in each situation" law_is_complete 80
law_compare
check "nothing differs but what law-differences lists" law_holds
check "... and the list has no line too many" law_has_no_more
tap_done
