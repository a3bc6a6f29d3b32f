#!/bin/sh
# A 32-bit Wine beside a 64-bit Debian, without a foreign architecture: a small i386 Debian in a folder. Needs root.
#   wine32-root.sh make ROOT           fills ROOT, unless it is filled already
#   wine32-root.sh run ROOT COMMAND... runs a command in it; the current folder and $builddir are seen at their own paths

set -eu
action=$1 root=$2
shift 2

make_root()
{
    [ ! -e "$root/made" ] || return 0
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --arch=i386 --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root"
    chroot "$root" env DEBIAN_FRONTEND=noninteractive sh -c '
        apt-get -q update && apt-get -q -y install --no-install-recommends wine wine32 && apt-get clean'
    touch "$root/made"
}

# In a mount namespace of its own, so that nothing has to be unmounted.
run_in_root()
{
    exec unshare --mount --propagation private sh -c '
        root=$1 builddir=$2 folder=$3
        shift 3
        mount --bind /proc "$root/proc"
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
