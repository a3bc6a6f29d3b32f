#!/bin/sh
# SPDX-License-Identifier: MIT
# Root may do what permission bits forbid, so the tests that depend on these run once more as an ordinary user.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/programs.sh"

programs='attributes basic copy_ex errors faults move self sharing'
target=x86_64-windows

# The user may have no access to this tree, so the files that are needed go to a place of their own.
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir -p "$place/tests/harness" "$place/$target/tests/windows"
cp "$srcdir"/tests/harness/*.sh "$place/tests/harness"

# as_user COMMAND...: runs the command as a user without rights, with our place as the source tree and the build tree
as_user()
{
    HOME=$place srcdir=$place builddir=$place setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}
runs_clean()
{
    tap_is_clean as_user sh "$place/tests/harness/run-wine.sh" "$place/$target/tests/windows/$1.exe"
}

for program in $programs; do
    if [ -z "$WINE" ]; then
        skip "$program as an ordinary user" "no Wine"
    elif [ ! -e "$builddir/$target/tests/windows/$program.exe" ]; then
        skip "$program as an ordinary user" "no 64-bit programs"
    elif [ "$(id -u)" != 0 ]; then
        skip "$program as an ordinary user" "not root: the ordinary run is such a run"
    else
        cp "$builddir/$target/copyfile2.dll" "$place/$target"
        if [ -d "$builddir/x86_64-unix" ]; then
            mkdir -p "$place/x86_64-unix"
            cp "$builddir/x86_64-unix/copyfile2.so" "$place/x86_64-unix"
        fi
        cp "$builddir/$target/tests/windows/$program.exe" "$place/$target/tests/windows"
        chmod -R a+rX "$place" && chown -R 65534:65534 "$place"
        check "$program as an ordinary user" runs_clean "$program"
    fi
done

# denied SOURCE DESTINATION PHASE: answers whether permission is denied in this phase, and nothing is changed
denied()
{
    before=$(cd "$place/files" && cksum secret && ls -lR)
    said=$(cd "$place/files" && as_user sh -c '
        . "$srcdir/tests/harness/prefix.sh"
        wine_run_into "$builddir/said" "$@"
        cat "$builddir/said"' sh "$place/$target/program.exe" 0 0 "$1" "$2" | tr -d '\r')
    printf '%s\n' "$said"
    printf '%s\n' "$said" | grep -qx 'result 0x80070005' && printf '%s\n' "$said" | grep -qx "phase $3 of stream 1" &&
        [ "$before" = "$(cd "$place/files" && cksum secret && ls -lR)" ]
}
# copy_as_user SOURCE DESTINATION PATTERN: answers whether the trace has the pattern, and the bytes are equal
copy_as_user()
{
    said=$(cd "$place/files" && echo "0 $1 $2" >"$place/input" && as_user sh -c '
        . "$srcdir/tests/harness/prefix.sh"
        export COPYFILE2_TRACE=1
        wine_run_into "$builddir/said" "$@" <"$builddir/input"
        cat "$builddir/said"' sh "$place/$target/copies.exe" | tr -d '\r')
    printf '%s\n' "$said"
    printf '%s\n' "$said" | grep -q "$3" && cmp "$place/files/$1" "$place/files/$2"
}
if [ -z "$WINE" ] || [ "$(id -u)" != 0 ] || [ ! -e "$place/$target/copyfile2.dll" ]; then
    skip "permission denied" "no Wine, no 64-bit programs, or not root"
else
    build_host_program "$place/$target" || exit 99
    mkdir -p "$place/files/closed"
    echo public >"$place/files/public"
    echo secret >"$place/files/secret"
    chmod 600 "$place/files/secret"
    chmod 644 "$place/files/public"
    chmod 755 "$place/files" "$place/files/closed"
    check "permission denied: the source" denied secret closed/copy 1
    check "permission denied: a new destination" denied public closed/copy 2
    check "permission denied: over a file" denied public secret 2
    if [ -d "$place/x86_64-unix" ]; then
        build_index_program "$place/$target" copies.exe || exit 99
        echo old >"$place/files/theirs"
        chmod 666 "$place/files/theirs"
        # Linux gives a lease only to a file's owner
        check "another user's file, which all may write" copy_as_user public theirs '; not without handles: .*(EACCES)'
        mkdir -m 777 "$place/files/open"
        check "a new file, without handles" copy_as_user public open/new '; without handles'
        check "... and over it" copy_as_user public open/new '; without handles'
    else
        skip "copies without handles" "no host half"
    fi
fi
tap_done
