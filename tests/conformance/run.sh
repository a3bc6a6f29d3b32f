#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes docs/conformance.md of real runs: make conformance. It judges our engine with the host half and without, and the
# CopyFile2 of each Wine itself. For root it also judges Wine 10, in a Debian 13 that is made for it, and then deleted.
#   CONFORMANCE_WINES   commands of more Wines, one a line
#   CONFORMANCE_ROOT    a Debian 13 that debian-root.sh made already; it stays

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/mounts.sh"
mounts_begin "$builddir/tests/work/conformance" "$@"

# A build may take the staged program away meanwhile.
program=$work/copyfile2-conformance.exe
cp "$builddir/stage/x86_64-w64-mingw32/bin/copyfile2-conformance.exe" "$program" || exit 1
debian_root="$srcdir/tests/harness/debian-root.sh"
root=${CONFORMANCE_ROOT:-$work/root}

# judge NUMBER KIND OPTION...: judges one implementation, and leaves the results in NUMBER-KIND.tap
judge()
{
    judge_number=$1 judge_kind=$2
    shift 2
    COPYFILE2_TEST_SECONDS=3600 wine_run "$program" "$@" >"$work/$judge_number-$judge_kind.tap" 2>/dev/null
    tail -n 1 "$work/$judge_number-$judge_kind.tap" | sed "s/^#/$wine_name, $judge_kind:/"
}

# judge_wine NUMBER COMMAND: judges our engine in both ways, and this Wine's own function. Each Wine has a prefix of its
# own, and a small file system for the cases of full disks.
judge_wine()
{
    number=$1 WINE=$2 prefix_suffix=-conformance-$1
    . "$srcdir/tests/harness/prefix.sh"
    mkdir -p "$work/tiny-$number"
    [ -z "$may_mount" ] || mount -t tmpfs -o size=1m tiny "$work/tiny-$number" || return 1
    if [ -n "$may_mount" ]; then
        COPYFILE2_TEST_TINY=Z:$work/tiny-$number
        export COPYFILE2_TEST_TINY
    fi
    wine_name=$($WINE --version 2>/dev/null | sed 's/^wine-\([0-9]*[.][0-9]*\).*/Wine \1/')
    echo "$wine_name" >"$work/$number.name"
    dll=$(windows_path "$builddir/x86_64-windows/copyfile2.dll")
    COPYFILE2_BACKEND=host && export COPYFILE2_BACKEND && judge $number host --dll "$dll"
    COPYFILE2_BACKEND=nt && judge $number nt --dll "$dll"
    unset COPYFILE2_BACKEND
    judge $number own
    prefix_remove
}

# wines: prints a command for each Wine, one a line
wines()
{
    echo "$WINE"
    [ ! -e "$root/made" ] || echo "sh $debian_root run $root wine"
    [ -z "${CONFORMANCE_WINES-}" ] || printf '%s\n' "$CONFORMANCE_WINES"
}

[ -n "$WINE" ] || { echo "no Wine" >&2; exit 1; }
if [ -n "$may_mount" ] && command -v debootstrap >/dev/null; then
    sh "$debian_root" make "$root" trixie amd64 wine wine64 >"$work/root.log" 2>&1 || cat "$work/root.log"
fi
wines >"$work/wines"
number=0
while read -r command; do
    number=$((number + 1))
    judge_wine $number "$command" </dev/null &
done <"$work/wines"
wait
[ -n "${CONFORMANCE_ROOT-}" ] || rm -rf "$root"

# Any Wine prints the same list, so one is enough.
prefix_suffix=
. "$srcdir/tests/harness/prefix.sh"
wine_run "$program" --list >"$work/list" 2>/dev/null
cd "$work" && ${AWK:-awk} -f "$srcdir/tests/conformance/table.awk" list ./*-*.tap >table.md &&
    mv table.md "$srcdir/docs/conformance.md"
