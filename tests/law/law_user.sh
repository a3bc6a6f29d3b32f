#!/bin/sh
# SPDX-License-Identifier: MIT
# The law for an ordinary user, whom permission bits forbid what root may do.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/host_half.sh"

[ -n "$WINE" ] || skip_all "no Wine"
[ "$(id -u)" = 0 ] || skip_all "not root: law.sh is such a run"
[ -x "$builddir/stage/bin/wine-copyfile2" ] || skip_all "wine-copyfile2 was not built"
host_half_built || skip_all "no host half, or no 64-bit programs"

# The user may have no access to this tree, so the files that are needed go to a place of their own.
user=65534
work=$(mktemp -d)
chmod 755 "$work"
cd "$work" || exit 99
cp -a "$builddir/stage" .
tool=$work/stage/bin/wine-copyfile2
printf '#!/bin/sh\nexec %s "$@"\n' "$WINE" >wine
chmod +x wine
WINE=$work/wine may_mount='' law_owner=$user
law_situations=$srcdir/tests/law/law-situations-user law_differences=$srcdir/tests/law/law-differences-user
law_as="setpriv --reuid=$user --regid=$user --clear-groups env HOME=$work/tests/work"
export WINE
builddir=$work
prefix_suffix=-law-user
. "$srcdir/tests/harness/prefix.sh"
unset COPYFILE2_BACKEND COPYFILE2_TRACE WINEDLLPATH
end()
{
    $law_as $wineserver -k -w >/dev/null 2>&1
    rm -rf "$work"
}
trap end EXIT
$PE64_CC -D_WIN32_WINNT=0x0602 -static-libgcc -o law.exe "$srcdir/tests/law/law_program.c" || exit 99
$HOST64_CC -o watch "$srcdir/tests/wine/watch.c" || exit 99
chmod -R a+rX .
chown -R $user tests
$law_as timeout 300 "$WINE" wineboot --init >/dev/null 2>&1 || exit 99
. "$srcdir/tests/law/law_helpers.sh"

mine()
{
    chown $user "$@"
}
mkdir here other faults
disks=here
for way in wine host nt; do
    law_way $way
done
check "each way was taken in each situation" law_is_complete 20
law_compare
check "nothing differs but what law-differences-user lists" law_holds
check "... and the list has no line too many" law_has_no_more
tap_done
