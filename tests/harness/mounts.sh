# SPDX-License-Identifier: MIT
# Mounts file systems for one test alone: source this first, then call mounts_begin. Only this script, the programs that
# it starts, and a Wine server of its own see them. The file systems go with the last of these processes.

# mounts_begin FOLDER "$@": makes FOLDER anew and empty. Root then starts the whole script once more in a mount
# namespace of its own. Sets $work to FOLDER, and $may_mount to "yes" in that second run, else to nothing.
mounts_begin()
{
    work=$1
    may_mount=
    if [ "${2-}" = --mounted ]; then
        may_mount=yes
        return
    fi
    rm -rf "$work"
    mkdir -p "$work" || exit 99
    if mounts_possible; then exec unshare --mount sh "$0" --mounted; fi
}

mounts_possible()
{
    [ "$(id -u)" = 0 ] && unshare --mount true 2>/dev/null
}

# mounts_own_server [FOLDER...]: ends the Wine server of this prefix at once, and once more when the script ends. Each
# time it then unmounts each FOLDER. Call it after prefix.sh. Wine's server opens the files, and one that an earlier run
# left behind would see that run's file systems.
mounts_own_server()
{
    mounts_last=$*
    mounts_end_server
    trap mounts_end_server EXIT
}
mounts_end_server()
{
    [ -z "$WINE" ] || $wineserver -k -w >/dev/null 2>&1
    for mounts_folder in $mounts_last; do umount "$mounts_folder" 2>/dev/null; done
}

# mounts_disk NAME SIZE TYPE MKFS-ARGUMENT...: mounts a new file system at ./NAME, which is in the file ./NAME.img.
# Where that fails, ./mkfs.log says why, and the caller skips.
mounts_disk()
{
    mounts_name=$1 mounts_size=$2 mounts_type=$3
    shift 3
    command -v "mkfs.$mounts_type" >mkfs.log || { echo "no mkfs.$mounts_type" >mkfs.log; return 1; }
    mkdir -p "$mounts_name" && truncate -s "$mounts_size" "$mounts_name.img" &&
        "mkfs.$mounts_type" "$@" "$mounts_name.img" >mkfs.log 2>&1 &&
        mount -o "${mounts_options-loop}" "$mounts_name.img" "$mounts_name" 2>mkfs.log
}
