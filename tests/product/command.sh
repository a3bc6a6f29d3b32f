#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests the command copyfile2 for a Linux shell. It finds Wine, the host half and a prefix, and says nothing that cp
# would not say.

. "$srcdir/tests/harness/tap.sh"
[ -n "$WINE" ] || skip_all "no Wine"
case $PE_TARGETS in
    *x86_64-windows*) ;;
    *) skip_all "no 64-bit program" ;;
esac
prefix_suffix=-command
. "$srcdir/tests/harness/prefix.sh"

work=$builddir/tests/work/command
rm -rf "$work"
mkdir -p "$work/home" "$work/tree"
cd "$work" || exit 99
cp -a "$builddir/stage/bin" "$builddir/stage/lib" tree
head -c 300000 /dev/urandom >source

# copyfile2 COMMAND...: runs the command as in a user's shell, with nothing set for Wine but its command
copyfile2()
{
    env -u WINEDEBUG -u WINEDLLPATH -u WINEDLLOVERRIDES -u WINEPREFIX HOME="$work/home" WINE="$WINE" \
        ${prefix:+WINEPREFIX="$prefix"} "$@" >out 2>err
}

makes_a_prefix()
{
    copyfile2 tree/bin/copyfile2 source first && cmp source first && [ ! -s out ] || { cat out err; return 1; }
    [ "$(cat err)" = "copyfile2: making a Wine prefix in $work/home/.local/share/copyfile2/prefix, once" ] ||
        { cat err; return 1; }
    [ ! -e home/.wine ] && [ -z "$(find home -name .copyfile2-lock)" ]
}
is_quiet()
{
    copyfile2 tree/bin/copyfile2 source second && cmp source second && [ ! -s out ] && [ ! -s err ] ||
        { cat out err; return 1; }
}
has_no_use_for_tmpdir()
{
    TMPDIR=$work copyfile2 tree/bin/copyfile2 source third && cmp source third || { cat out err; return 1; }
}
uses_the_host_half()
{
    copyfile2 env COPYFILE2_TRACE=1 tree/bin/copyfile2 source third
    grep 'by host' err || { cat err; return 1; }
}
ends_as_the_program()
{
    copyfile2 tree/bin/copyfile2 missing fourth
    [ $? = 1 ] && grep -q '^copyfile2: missing -> fourth:' err || { cat err; return 1; }
    copyfile2 tree/bin/copyfile2 --version && grep -q '^copyfile2 [0-9]' out
}
is_found_through_a_link()
{
    ln -sf ../tree/bin/copyfile2 home/link
    copyfile2 home/link source fifth && cmp source fifth
}
takes_the_users_prefix()
{
    mkdir -p home/.wine
    echo '#arch=win32' >home/.wine/system.reg
    copyfile2 tree/bin/copyfile2 source sixth && cmp source sixth && [ "$(ls home/.wine)" = system.reg ] || return 1
    rm -r home/.wine
    # the server writes the registry when it ends
    WINEPREFIX=$work/home/.local/share/copyfile2/prefix $wineserver -k -w
    mv home/.local/share/copyfile2/prefix home/.wine
    copyfile2 tree/bin/copyfile2 source seventh && cmp source seventh && [ ! -s err ] &&
        [ ! -e home/.local/share/copyfile2/prefix ] || { cat err; return 1; }
}
tells_what_is_missing()
{
    ! copyfile2 env -u HOME tree/bin/copyfile2 source eighth &&
        grep -x 'copyfile2: neither WINEPREFIX nor HOME is set' err || return 1
    ! copyfile2 env WINE=/nowhere/wine tree/bin/copyfile2 source eighth &&
        grep -x 'copyfile2: WINE=/nowhere/wine: there is no such program' err || return 1
    mv tree/bin/copyfile2.exe tree/bin/other.exe
    ! copyfile2 tree/bin/copyfile2 source eighth && grep '^copyfile2: there is no copyfile2.exe' err
}

check "makes a prefix of its own, and tells it" makes_a_prefix
check "then says nothing" is_quiet
check "works where TMPDIR is set" has_no_use_for_tmpdir
case $HOST_TARGETS in
    *x86_64-unix*) check "finds the host half" uses_the_host_half ;;
    *) skip "finds the host half" "none was built" ;;
esac
check "ends as the program does" ends_as_the_program
check "is found through a link" is_found_through_a_link
check "takes the user's own prefix if that is 64-bit" takes_the_users_prefix
check "tells what is missing" tells_what_is_missing
WINEPREFIX=$work/home/.wine
$wineserver -k -w >/dev/null 2>&1
tap_done
