#!/bin/sh
# SPDX-License-Identifier: MIT
# wineserver.sh WINE ARGUMENT...: runs the wineserver that belongs to the command WINE. A Debian may have none in PATH:
# it lies in Wine's own folder, where only WINE itself finds it.

wine=$(command -v "$1") || wine=$1
shift

# beside PROGRAM DEPTH: prints a line for each wineserver that may belong to the program. A script is followed to the
# programs that it names, which may be scripts too.
beside()
{
    for place in "$1" "$(readlink -f "$1")"; do
        echo "$(dirname "$place")/wineserver"
    done
    [ "$2" -lt 4 ] && [ "$(head -c 2 "$1" 2>/dev/null)" = '#!' ] || return 0
    sed -n '2,$s,^[^/]*\(/[-+._/[:alnum:]]*\).*,\1,p' "$1" | while read -r named; do
        [ -f "$named" ] && [ -x "$named" ] && beside "$named" $(($2 + 1))
    done
}
servers()
{
    beside "$wine" 1
    command -v wineserver
    for place in /usr/lib/wine /usr/lib/*/wine; do
        echo "$place/wineserver"
    done
}

server=$(servers | while read -r candidate; do
    [ -f "$candidate" ] && [ -x "$candidate" ] && echo "$candidate" && break
done)
[ -n "$server" ] || { echo "no wineserver beside $wine, nor in PATH" >&2; exit 127; }
exec "$server" "$@"
