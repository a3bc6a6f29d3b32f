# SPDX-License-Identifier: MIT
# This gives the tests a Wine prefix of their own. Source it, then call wine_run. Needs $WINE, $builddir and $srcdir.

# The tests use nothing of the user's. They get no desktop, no offer to install Mono or Gecko, and no messages of Wine's
# own.
unset DISPLAY WAYLAND_DISPLAY WINEPATH
WINEPREFIX=$builddir/tests/work/prefix${prefix_suffix-}
LC_ALL=C.UTF-8
WINEDEBUG=${COPYFILE2_TEST_WINEDEBUG--all}
WINEDLLOVERRIDES='mscoree,mshtml=;winemenubuilder.exe=d'
# Wine finds the host half of the tested DLL here.
WINEDLLPATH=$builddir
mkdir -p "$builddir/tests/work"
export LC_ALL WINEPREFIX WINEDEBUG WINEDLLOVERRIDES WINEDLLPATH

# $wineserver runs the server that belongs to $WINE. When Wine lies in another root, $WINE is a command whose last word
# is the program there. That root shows the build tree, and no other files of ours. So the script that looks for the
# server is copied into the build tree.
wineserver=$builddir/tests/work/wineserver.sh
cmp -s "$srcdir/tests/harness/wineserver.sh" "$wineserver" ||
    { cp "$srcdir/tests/harness/wineserver.sh" "$wineserver.$$" && mv "$wineserver.$$" "$wineserver"; }
case $WINE in
    *' '*) wineserver="${WINE% *} sh $wineserver ${WINE##* }" ;;
    *) wineserver="sh $wineserver $WINE" ;;
esac

# The test that comes first makes the prefix, and the others wait. Debian's Wine starts the server so that it ends with
# the last program, and a program that starts just then is refused. So the server is told to stay for a minute.
prefix_make()
{
    (
        flock 9
        [ -e "$WINEPREFIX/made" ] || rm -rf "$WINEPREFIX"
        mkdir -p "$WINEPREFIX"
        $wineserver -p60 >/dev/null 2>&1 9>&- || true
        if ! [ -e "$WINEPREFIX/made" ]; then
            timeout 300 ${WINE} wineboot --init >/dev/null 2>&1 </dev/null 9>&- && touch "$WINEPREFIX/made"
        fi
    ) 9>"$WINEPREFIX.lock"
}

# prefix_remove: ends the server of a prefix that only this script uses, and deletes the prefix, which takes 700 MB.
prefix_remove()
{
    [ -z "$WINE" ] || $wineserver -k -w >/dev/null 2>&1
    rm -rf "$WINEPREFIX" "$WINEPREFIX.lock"
}

# wine_run PROGRAM [ARG...]: runs the program under Wine, for a limited time.
wine_run()
{
    prefix_make
    timeout --foreground "${COPYFILE2_TEST_SECONDS:-300}" ${WINE} "$@"
}

# wine_has_died STATUS FILE...: answers whether a program failed without a word in these files. Wine ends a program
# before its first line now and then, and such a program is to be run once more.
wine_has_died()
{
    [ "$1" -ne 0 ] || return 1
    shift
    for wine_file; do
        if [ -s "$wine_file" ]; then return 1; fi
    done
}

# wine_run_into FILE PROGRAM [ARG...]: does the same as wine_run, and writes the output to FILE. A program that has died
# is run once more.
wine_run_into()
{
    wine_said=$1
    shift
    wine_run "$@" >"$wine_said" 2>&1
    wine_status=$?
    if wine_has_died $wine_status "$wine_said"; then
        wine_run "$@" >"$wine_said" 2>&1
        wine_status=$?
    fi
    return $wine_status
}

# windows_path FILE: prints the path by which a program under Wine sees the file.
windows_path()
{
    printf 'Z:%s\n' "$1" | sed 's,/,\\,g'
}
