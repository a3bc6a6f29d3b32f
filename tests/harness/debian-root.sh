#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes another Debian in a folder, for another Wine: a 32-bit one beside a 64-bit one, or a newer one. It needs root
# and debootstrap.
#   debian-root.sh make ROOT SUITE ARCHITECTURE [PACKAGE...] fills ROOT, unless it is filled already
#   debian-root.sh run ROOT COMMAND...   runs a command in it, with the current folder and $builddir at their own paths

set -eu
action=$1 root=$2
shift 2

make_root()
{
    suite=$1 architecture=$2
    shift 2
    [ ! -e "$root/made" ] || return 0
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --arch="$architecture" --variant=minbase "$suite" "$root"
    [ $# = 0 ] || chroot "$root" env DEBIAN_FRONTEND=noninteractive sh -c '
        apt-get -q update && apt-get -q -y install --no-install-recommends "$@" && apt-get clean' sh "$@"
    touch "$root/made"
}

# The command has a mount namespace of its own, so that nothing has to be unmounted. The root becomes a mount point, so
# that the same can be done within it.
run_in_root()
{
    exec unshare --mount --propagation private sh -c '
        root=$1 builddir=$2 folder=$3
        shift 3
        mount --bind "$root" "$root"
        mount --bind /proc "$root/proc"
        mount --rbind /sys "$root/sys"
        mount --rbind /dev "$root/dev"
        mkdir -p "$root$builddir"
        mount --rbind "$builddir" "$root$builddir"
        exec chroot "$root" sh -c "cd \"\$0\" && exec \"\$@\"" "$folder" "$@"' \
        sh "$root" "${builddir:-$PWD}" "$PWD" "$@"
}

case $action in
    make) make_root "$@" ;;
    run) run_in_root "$@" ;;
    *) exit 2 ;;
esac
