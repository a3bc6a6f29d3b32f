#!/bin/sh
# Root may do what permission bits forbid, so the tests that turn on them run once more as an ordinary user.

. "$srcdir/tests/tap.sh"

programs='attributes basic copy_ex errors faults move self sharing'
target=x86_64-windows

# The user cannot be let into wherever this tree lies: what is needed goes to a place of its own.
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir -p "$place/tests" "$place/$target/tests"
cp "$srcdir"/tests/*.sh "$place/tests"

runs_clean()
{
    output=$(HOME=$place srcdir=$place builddir=$place \
        setpriv --reuid=65534 --regid=65534 --clear-groups sh "$place/tests/run-wine.sh" "$place/$target/tests/$1.exe" 2>&1)
    printf '%s\n' "$output"
    # complete, and without a failure that is not marked
    printf '%s\n' "$output" | grep -q '^ok ' && ! printf '%s\n' "$output" | grep '^not ok' | grep -v '# TODO' &&
        [ "$(printf '%s\n' "$output" | sed -n 's/^1\.\.//p')" = "$(printf '%s\n' "$output" | grep -c '^\(not \)\{0,1\}ok ')" ]
}

for program in $programs; do
    if [ -z "$WINE" ]; then
        skip "$program as an ordinary user" "no Wine"
    elif [ ! -e "$builddir/$target/tests/$program.exe" ]; then
        skip "$program as an ordinary user" "no 64-bit programs"
    elif [ "$(id -u)" != 0 ]; then
        skip "$program as an ordinary user" "not root: the ordinary run is such a run"
    else
        cp "$builddir/$target/copyfile2.dll" "$place/$target"
        [ ! -d "$builddir/x86_64-unix" ] || { mkdir -p "$place/x86_64-unix" && cp "$builddir/x86_64-unix/copyfile2.so" "$place/x86_64-unix"; }
        cp "$builddir/$target/tests/$program.exe" "$place/$target/tests"
        chmod -R a+rX "$place" && chown -R 65534:65534 "$place"
        check "$program as an ordinary user" runs_clean "$program"
    fi
done
tap_done
