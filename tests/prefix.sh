# A private Wine prefix for the tests: source it, then call wine_run. Needs $WINE and $builddir.

# Nothing of the user's, no desktop, no offer to install Mono or Gecko, no messages of Wine's own.
unset DISPLAY WAYLAND_DISPLAY WINEDLLPATH WINEPATH
WINEPREFIX=$builddir/tests/work/prefix${prefix_suffix-}
LC_ALL=C.UTF-8
WINEDEBUG=${COPYFILE2_TEST_WINEDEBUG--all}
WINEDLLOVERRIDES='mscoree,mshtml=;winemenubuilder.exe=d'
export LC_ALL WINEPREFIX WINEDEBUG WINEDLLOVERRIDES

# Made once, by whichever test comes first; the others wait.
prefix_make()
{
    mkdir -p "$builddir/tests/work"
    (
        flock 9
        if ! test -e "$WINEPREFIX/made"; then
            rm -rf "$WINEPREFIX"
            timeout 300 ${WINE} wineboot --init >/dev/null 2>&1 </dev/null && touch "$WINEPREFIX/made"
        fi
    ) 9>"$WINEPREFIX.lock"
}

# wine_run PROGRAM [ARG...]: under Wine, for a limited time.
wine_run()
{
    prefix_make
    timeout --foreground "${COPYFILE2_TEST_SECONDS:-300}" ${WINE} "$@"
}

# windows_path FILE: as a program under Wine sees it.
windows_path()
{
    printf 'Z:%s\n' "$1" | sed 's,/,\\,g'
}
