#!/bin/sh
# wineserver.sh WINE ARGUMENT...: runs the wineserver that belongs to the command WINE. A Debian may have none in PATH:
# it lies in Wine's own folder, where only WINE itself finds it.

wine=$(command -v "$1") || wine=$1
shift

# servers: a line for each place where it may be, the best one first
servers()
{
    for program in "$wine" "$(readlink -f "$wine")"; do
        echo "$(dirname "$program")/wineserver"
    done
    # the folders of the programs that a script names
    if [ "$(head -c 2 "$wine" 2>/dev/null)" = '#!' ]; then
        sed -n '2,$s,[^/]*\(/[-+._/[:alnum:]]*\)/[^/]*.*,\1/wineserver,p' "$wine"
    fi
    command -v wineserver
    echo /usr/lib/wine/wineserver
}

server=$(servers | while read -r candidate; do
    [ -f "$candidate" ] && [ -x "$candidate" ] && echo "$candidate" && break
done)
[ -n "$server" ] || { echo "no wineserver beside $wine, nor in PATH" >&2; exit 127; }
exec "$server" "$@"
