#!/bin/sh
# The Windows-style tests once more without the host half.

. "$srcdir/tests/harness/tap.sh"

COPYFILE2_BACKEND=nt
export COPYFILE2_BACKEND
target=x86_64-windows

runs_clean()
{
    tap_is_clean sh "$srcdir/tests/harness/run-wine.sh" "$builddir/$target/tests/$1.exe"
}

for path in $WINDOWS_TESTS; do
    program=${path##*/}
    if [ -z "$WINE" ]; then
        skip "$program by NT calls" "no Wine"
    elif [ ! -e "$builddir/$target/tests/$path.exe" ]; then
        skip "$program by NT calls" "no 64-bit programs"
    else
        check "$program by NT calls" runs_clean "$path"
    fi
done
tap_done
