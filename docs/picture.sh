#!/bin/sh
# SPDX-License-Identifier: MIT
# Copies two files on a terminal, and makes an SVG of what that shows: "make picture" writes docs/picture.svg.
#   picture.sh STAGE SIZE [OPTION...] >PICTURE     the first file has SIZE bytes; the options are for its copy

set -eu
here=$(cd "$(dirname "$0")" && pwd) stage=$(cd "$1" && pwd) size=$2
shift 2
work=$(mktemp -d)
unset TMPDIR # with it Debian's Wine 10.0 ends in free()
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
cd "$work"
head -c "$size" /dev/zero >film.mkv
head -c 300000 /dev/urandom >photo.jpg
mkdir backup

# Wine has much to do when it starts, so it starts before the terminal is there.
PATH=$stage/bin:$PATH
export PATH
copyfile2 --version >/dev/null

# The terminal records what programs print. Nobody types the commands, so typed() prints them.
cat >session.sh <<'END'
stty cols 96 rows 24
typed()
{
    printf '$ %s\n' "$1"
    eval "$1"
}
typed "copyfile2${1:+ $1} film.mkv backup"
typed "COPYFILE2_TRACE=1 copyfile2 photo.jpg backup"
END
script -q -e -c "sh session.sh '$*'" screen >/dev/null 2>&1 </dev/null
sed -e '/^Script started on /d' -e '/^Script done on /d' screen | awk -f "$here/picture.awk"
