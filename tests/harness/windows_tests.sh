# SPDX-License-Identifier: MIT
# Runs the Windows programs once more, in another way. Source it after tap.sh, with that way in the environment.

windows_target=x86_64-windows

windows_runs_clean()
{
    tap_is_clean sh "$srcdir/tests/harness/run-wine.sh" "$builddir/$windows_target/tests/$1.exe"
}

# check_program PATH CASE: runs all cases of tests/PATH.exe as one case
check_program()
{
    if [ -z "$WINE" ]; then
        skip "$2" "no Wine"
    elif [ ! -e "$builddir/$windows_target/tests/$1.exe" ]; then
        skip "$2" "no 64-bit programs"
    else
        check "$2" windows_runs_clean "$1"
    fi
}
