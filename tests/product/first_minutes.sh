#!/bin/sh
# SPDX-License-Identifier: MIT
# Tries the first minutes of three kinds of users, in a bare Debian 12 and 13, as root and as a user who has no sudo.
# The commands come from README.md word for word (first_minutes_inside.sh). The seconds that they took are printed, and
# prove nothing. It takes a quarter of an hour and 4 GB, so COPYFILE2_TEST_FIRST_MINUTES has to ask for it, as "make
# first-minutes" does.

. "$srcdir/tests/harness/tap.sh"

[ -n "${COPYFILE2_TEST_FIRST_MINUTES-}" ] || skip_all "COPYFILE2_TEST_FIRST_MINUTES does not ask for it"
[ "$(id -u)" = 0 ] || skip_all "not root"
for tool in debootstrap unshare git; do
    command -v $tool >/dev/null || skip_all "no $tool"
done
git -C "$srcdir" rev-parse --git-dir >/dev/null 2>&1 || skip_all "this is no checkout"

work=$builddir/tests/work/first_minutes
rm -rf "$work"
mkdir -p "$work/given"
trap 'rm -rf "$work"' EXIT
trap 'exit 99' HUP INT PIPE TERM
git -C "$srcdir" ls-files -z | tar -C "$srcdir" --null -T - -cf "$work/given/checkout.tar" || exit 99
cp "$srcdir/tests/harness/tap.sh" "$srcdir/tests/product/first_minutes_inside.sh" "$work/given"

# root SUITE: makes a new Debian in $work/root. The one that debootstrap makes is kept, because each user needs it anew.
root()
{
    rm -rf "$work/root"
    [ -d "$work/$1" ] || sh "$srcdir/tests/harness/debian-root.sh" make "$work/$1" "$1" \
        "$(dpkg --print-architecture)" >"$work/log" 2>&1 || { tail -n 30 "$work/log"; return 1; }
    cp -a "$work/$1" "$work/root"
}

# inside SUITE USER: runs the cases of this user, which go on with our number
inside()
{
    (cd "$work/given" && builddir=$work/given sh "$srcdir/tests/harness/debian-root.sh" run "$work/root" \
        env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin sh ./first_minutes_inside.sh "$2" "$tap_count" "$1") \
        >"$work/said"
    cat "$work/said"
    tap_count=$((tap_count + $(grep -c '^\(not \)\{0,1\}ok ' "$work/said")))
    tap_failed=$((tap_failed + $(grep -c '^not ok ' "$work/said")))
}

for suite in ${COPYFILE2_TEST_SUITES:-bookworm trixie}; do
    for user in root person; do
        check "a bare Debian ($suite)" root $suite
        inside $suite $user
    done
    rm -rf "${work:?}/$suite" "$work/root"
done
tap_done
