#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests wine-copyfile2 with the Wine of a launcher, as Proton, Lutris and Bottles lay it out. The runner has a folder of
# its own, whose name has blanks. Nobody may write to it, and a later runner replaces it.

prefix_suffix=-tool-runners
. "$srcdir/tests/programs/tool_helpers.sh"

"$tool" env >/dev/null
installed=$(sed -n 's,^source.* \(/.*\)/[^/]*/kernel32\.dll$,\1,p' "$recorded" | head -n 1)
"$tool" disable
system_wine=$WINE

# make_runner FOLDER: makes a runner as Proton's, with bin and lib below files
make_runner()
{
    mkdir -p "$1/files/bin" "$1/files/lib/wine" && ln -s "$installed"/* "$1/files/lib/wine" &&
        printf '#!/bin/sh\necho started >>"%s/starts"\nexec "%s" "$@"\n' "$work" "$system_wine" \
            >"$1/files/bin/wine" && chmod +x "$1/files/bin/wine"
}

# link_dlls FOLDER: makes each DLL that is Wine's a link into the runner, but for ntdll.dll and for files that somebody
# has replaced. Proton does so when a prefix is new, and when the runner is another one.
link_dlls()
{
    for pair in system32:x86_64-windows syswow64:i386-windows; do
        for dll in "$1/files/lib/wine/${pair#*:}"/*.dll; do
            place=$WINEPREFIX/drive_c/windows/${pair%:*}/${dll##*/}
            case $place in
                */ntdll.dll) continue ;;
            esac
            if [ -L "$place" ]; then :
            elif [ ! -e "$place" ] || [ "$(dd if="$place" bs=1 skip=64 count=4 2>/dev/null)" != Wine ]; then
                continue
            fi
            ln -sf "$dll" "$place"
        done
    done
}
links()
{
    find "$WINEPREFIX/drive_c/windows" -type l -lname "$1/*" | wc -l
}

# use_runner FOLDER: sets $WINE to the Wine of this runner
use_runner()
{
    WINE=$1/files/bin/wine
}

# ---- Proton ----------------------------------------------------------------------------------------------------------

# The prefix of the test becomes that of a game.
pfx=$work/steamapps/compatdata/2722710/pfx
first="$work/steamapps/common/Proton 9.0 (Beta)" second="$work/steamapps/common/Proton - Experimental"
$wineserver -k -w 2>/dev/null
mkdir -p "${pfx%/*}"
mv "$WINEPREFIX" "$pfx"
make_runner "$first" && make_runner "$second" || exit 99
WINEPREFIX=$pfx ours=$pfx/.wine-copyfile2 system32=$pfx/drive_c/windows/system32 recorded=$ours/files
use_runner "$first"
link_dlls "$first"
copies "$WINE" copier.exe source destination >/dev/null 2>&1
remember

dlls_of_runner()
{
    (cd "$installed" && md5sum ./*/kernel32.dll ./*/kernelbase.dll ./*/ntdll.dll)
}
dlls_of_runner >runner.before
runner_is_untouched()
{
    dlls_of_runner | cmp - runner.before
}
is_linked()
{
    [ "$(readlink "$system32/kernel32.dll")" = "$1/files/lib/wine/x86_64-windows/kernel32.dll" ]
}
checks_well()
{
    "$tool" check >output 2>&1 && grep -q '^  CopyFile2: ours$' output || { cat output; return 1; }
}
check "the DLLs are links" [ "$(links "$first")" -gt 100 ]
check "run, in a runner whose path has blanks" copies "$tool" run copier.exe source destination
check "... and with check" checks_well
check "it starts once" exits_with 0 "$tool" run cmd /c exit 0
check "the runner is as it was" runner_is_untouched
check "disable gives the links back" disabled_is_as_before
check "they lead to the runner" is_linked "$first"
check "enable" "$tool" enable
check "every program gets ours" copies "$WINE" copier.exe source destination
check "the lines of env work" copies sh -c 'eval "$("$1" env)" && "$WINE" copier.exe source destination' sh "$tool"
check "with esync and fsync" copies env WINEESYNC=1 WINEFSYNC=1 "$tool" run copier.exe source destination

# Proton is updated: it links anew what is its own, and leaves what was replaced.
updated()
{
    link_dlls "$second"
    is_stale 'another command' && copies "$tool" run copier.exe source destination && is_ready && checks_well
}
use_runner "$second"
check "another Proton" updated
rm -rf "$first"
check "the first one is gone" copies "$tool" run copier.exe source destination
check "disable" "$tool" disable
works_plainly()
{
    leaves_nothing && plain_wine_works && [ -e "$system32/kernel32.dll" ] && [ -e "$system32/kernelbase.dll" ] &&
        ! copies "$WINE" copier.exe source destination
}
check "plain Wine works, without the first one" works_plainly

# An older Proton takes away the files that it knows, and makes them anew. Ours are not among them.
went_back()
{
    "$tool" enable && rm "$system32/kernel32.dll" "$system32/kernelbase.dll" &&
        ln -s "$second/files/lib/wine/x86_64-windows/kernel32.dll" \
            "$second/files/lib/wine/x86_64-windows/kernelbase.dll" "$system32" &&
        is_stale 'kernel32.dll has changed' && copies "$tool" run copier.exe source destination && "$tool" disable &&
        is_linked "$second" && works_plainly
}
check "Proton makes its files anew" went_back

# ---- what a runner may not do, or not see ----------------------------------------------------------------------------

# Nobody can write to the runner, as when a package manager or a snapshot owns it.
read_only()
{
    in_read_only="unshare -m sh read-only.sh"
    cat >read-only.sh <<'END'
mount --bind "$RUNNER" "$RUNNER" && mount -o remount,bind,ro "$RUNNER" && ! touch "$RUNNER/new" 2>/dev/null && exec "$@"
END
    RUNNER=$second
    export RUNNER
    copies $in_read_only "$tool" run copier.exe source destination && $in_read_only "$tool" disable && works_plainly
}

# A container shows the prefix and the runner, and has another /usr. Here it hides the folder of our own files.
hidden()
{
    printf '#!/bin/sh\nexec unshare -m sh -c '\''mount -t tmpfs none "$0" && exec "$@"'\'' "%s" "%s" "$@"\n' \
        "$builddir/stage/lib" "$second/files/bin/wine" >container
    chmod +x container
    $wineserver -k -w 2>/dev/null
    WINE=$work/container
    copies "$tool" run copier.exe source destination && checks_well && "$tool" disable && leaves_nothing
    code=$?
    $wineserver -k -w 2>/dev/null
    return $code
}
if unshare -m true 2>/dev/null && [ "$(id -u)" = 0 ]; then
    check "a runner that cannot be written" read_only
    check "a container that does not show our files" hidden
else
    skip "a runner that cannot be written" "needs root"
    skip "a container that does not show our files" "needs root"
fi

# ---- Lutris and Bottles ----------------------------------------------------------------------------------------------

# Runner and prefix lie in the home folder, and no wine is in PATH.
lutris()
{
    home=$work/home
    mkdir -p "$home/.local/share/lutris/runners/wine" "$home/Games" && mv "$pfx" "$home/Games/a game" &&
        mv "$second" "$home/.local/share/lutris/runners/wine/wine-ge-8-26-x86_64" || return 1
    (
        WINEPREFIX="$home/Games/a game" HOME=$home
        use_runner "$home/.local/share/lutris/runners/wine/wine-ge-8-26-x86_64"
        link_dlls "${WINE%/files/bin/wine}"
        "$tool" enable && copies "$WINE" copier.exe source destination && checks_well && "$tool" disable &&
            plain_wine_works
    )
}
use_runner "$second"
$wineserver -k -w 2>/dev/null
check "Lutris' folders" lutris
WINEPREFIX="$work/home/Games/a game" $wineserver -k -w 2>/dev/null
tap_done
