#!/bin/sh
# The Windows-style tests once more without the host half.

. "$srcdir/tests/harness/tap.sh"

COPYFILE2_BACKEND=nt
export COPYFILE2_BACKEND
target=x86_64-windows

runs_clean()
{
    output=$(sh "$srcdir/tests/harness/run-wine.sh" "$builddir/$target/tests/$1.exe" 2>&1)
    printf '%s\n' "$output"
    # complete, and without a failure that is not marked
    printf '%s\n' "$output" | grep -q '^ok ' && ! printf '%s\n' "$output" | grep '^not ok' | grep -v '# TODO' &&
        [ "$(printf '%s\n' "$output" | sed -n 's/^1\.\.//p')" = "$(printf '%s\n' "$output" | grep -c '^\(not \)\{0,1\}ok ')" ]
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
