#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the Windows programs once more without the host half.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/windows_tests.sh"

COPYFILE2_BACKEND=nt
export COPYFILE2_BACKEND

for path in $WINDOWS_TESTS; do
    check_program "$path" "${path##*/} by NT calls"
done
tap_done
