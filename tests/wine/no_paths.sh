#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the Windows programs that go by paths once more, as under a Wine that tells no host paths.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/windows_tests.sh"

COPYFILE2_HOST_PATHS=none
export COPYFILE2_HOST_PATHS

for program in basic directories dots handles links move names new_names overwrite paths self sharing streams; do
    check_program "windows/$program" "$program without host paths"
done
tap_done
