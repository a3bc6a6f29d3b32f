# SPDX-License-Identifier: MIT
# The tests of the law source this in their folder, to make situations, to look at what comes of them, and to compare.
# $law_situations and $law_differences are their two lists. $law_as is a command under which the programs run, and
# $law_owner has the folders.

tab=$(printf '\t')
long250=$(printf '%0250d' 0) long255=$(printf '%0255d' 0)
emoji63=$(awk 'BEGIN { for (i = 0; i < 63; i++) printf "😀" }') emoji64=$emoji63😀
head -c 5000000 /dev/urandom >seed.new
head -c 5000000 /dev/urandom >seed.old

# ---- what is there ---------------------------------------------------------------------------------------------------

stamp()
{
    touch -d '2001-02-03 04:05:06.1234567Z' "$1"
}
put()
{
    head -c "$2" "$work/seed.new" >"$1" && stamp "$1"
}
old()
{
    head -c "$2" "$work/seed.old" >"$1" && touch -d '2003-04-05 06:07:08Z' "$1"
}
bind()
{
    [ "$may_mount" ] && mount --bind "$1" "$2"
}
bind_read_only()
{
    bind "$1" "$1" && mount -o remount,bind,ro "$1"
}

# law_disks: mounts the file systems, each at a folder here, and sets $disks
law_disks()
{
    mkdir -p here other faults below
    disks=here
    [ "$may_mount" ] || return
    mount -t tmpfs -o size=64m tmpfs other
    mkdir tmpfs && mount -t tmpfs -o size=64m tmpfs tmpfs && disks="$disks tmpfs"
    mounts_disk ext4 64M ext4 -q && disks="$disks ext4"
    mounts_disk vfat 64M vfat && disks="$disks vfat"
    mounts_disk btrfs 128M btrfs -q && disks="$disks btrfs"
    mounts_disk xfs 320M xfs -q && disks="$disks xfs"
    law_faultfs
}
law_faultfs()
{
    faultfs=$builddir/tests/faults/faultfs/faultfs
    [ -x "$faultfs" ] && [ -e /dev/fuse ] || return
    "$faultfs" below faults >faultfs.log 2>&1 &
    for tries in $(seq 100); do
        [ -e faults/.faultfs ] && return
        sleep 0.1
    done
}

# ---- one way ---------------------------------------------------------------------------------------------------------

# law_start: starts the program, which says that it is ready
law_start()
{
    rm -f in out && mkfifo in out
    case $way in
        wine) timeout 600 $law_as "$WINE" law.exe <in >out 2>errors & ;;
        host) timeout 600 $law_as "$tool" run --all law.exe <in >out 2>errors & ;;
        nt) COPYFILE2_BACKEND=nt timeout 600 $law_as "$tool" run --all law.exe <in >out 2>errors & ;;
    esac
    exec 3>in 4<out
    read -r said <&4 && return
    exec 3>&- 4<&-
    wait "$!"
    return 1
}
# law_way WAY: goes through every situation, one after the other, in one process. Wine ends a program before its first
# line now and then, so such a program is started once more.
law_way()
{
    way=$1
    mkdir -p "results/$way"
    law_start || law_start || { echo "$way: the program does not start" >>not-made; return; }
    for disk in $disks; do
        while IFS='|' read -r name setup calls; do
            case $name in
                '' | '#'*) ;;
                disk-*) law_one "$disk" "$(echo "$name" | tr -d ' ')" "$setup" "$calls" ;;
                *) [ $disk != here ] || law_one here "$(echo "$name" | tr -d ' ')" "$setup" "$calls" ;;
            esac
        done <"$law_situations"
    done
    exec 3>&- 4<&-
    wait "$!"
}

# law_one DISK NAME SETUP CALLS: makes one situation. A path must not tell the ways apart, so the folder has one name,
# and is made anew each time.
law_one()
{
    place=$work/$1/law other=$work/other/law faults=$work/faults
    result=$work/results/$way/$1.$2
    case $2 in
        size-fuse-* | error-*) [ -e "$faults/.faultfs" ] || return 0 ;;
        mount-*) [ "$may_mount" ] || return 0 ;;
        disk-move-* | *-away*) [ "$may_mount" ] || return 0 ;;
    esac
    law_clean
    mkdir -p "$place" "$other" && chown "$law_owner" "$place" "$other"
    (cd "$place" && eval "$3") || echo "cannot be made: $2" >>"$work/not-made"
    rm -f heard
    timeout 60 "$work/watch" "$place" >heard 2>/dev/null &
    watcher=$!
    for tries in $(seq 100); do
        [ -s heard ] && break
        sleep 0.01
    done
    law_call "$4" >"$result"
    : >"$place/end"
    wait $watcher
    rm -f "$place/end"
    law_look >>"$result"
}
law_clean()
{
    [ ! -e "$faults/.faultfs" ] || echo clear >"$faults/.faultfs"
    while grep -q " $place/[^ ]* " /proc/self/mounts; do
        umount "$(grep -o " $place/[^ ]* " /proc/self/mounts | head -n 1 | tr -d ' ')" || return 1
    done
    rm -rf "$place" "$other" "$faults/s" "$faults/d"
}

# law_call CALLS: lets the program make these calls in the folder of the situation, which it sees by its full path
law_call()
{
    here=$(windows_path "$place")
    eval "calls=\"$(printf '%s' "$1" | sed 's,[\\"`],\\&,g; s,\$DATA,\\$DATA,g')\""
    printf '%s\n' "$calls" | sed 's, + ,\n,g' | here=$here other=$(windows_path "$other") \
        faults=$(windows_path "$faults") awk -f "$srcdir/tests/law/law_paths.awk" >&3
    echo end >&3
    while read -r said <&4; do
        said=${said%"$(printf '\r')"}
        [ "$said" != end ] || break
        printf 'said %s\n' "$said"
    done | uniq
}

# law_look: prints what is left, which is lines for each file, with its type, mode, links, time, and bytes; and what was
# heard.
law_look()
{
    [ ! -e "$faults/.faultfs" ] || echo clear >"$faults/.faultfs"
    for folder in "$place" "$other" "$faults"; do
        (
            cd "$folder" || exit
            find . ! -name .faultfs ! -path . -printf '%P\t%y\t%m\t%n\t%s\t%TY\t%l\n' | LC_ALL=C sort |
                while IFS=$tab read -r name type mode links size year target; do
                    bytes=-
                    [ "$type" != f ] || bytes=$(law_bytes "$name")
                    [ "$type" != d ] || size=- year=- links=-
                    case $year in
                        200[13] | 1979 | 1980) ;;
                        *) year=now ;;
                    esac
                    [ "$type" != l ] || size=- year=-
                    echo "${folder##*/}/$name:type $type $target"
                    echo "${folder##*/}/$name:mode $mode"
                    echo "${folder##*/}/$name:links $links"
                    echo "${folder##*/}/$name:time $year"
                    echo "${folder##*/}/$name:bytes $bytes"
                done
        )
    done
    grep -v '^ready$\|^end ' "$work/heard" | grep -v ' OPEN$' | LC_ALL=C sort -u | sed 's/^/heard /'
}
# law_bytes FILE: prints whether the file is new or old, and its length, or else its checksum
law_bytes()
{
    length=$(stat -c %s "$1")
    if [ "$length" -le 5000000 ] && head -c "$length" "$work/seed.new" | cmp -s - "$1"; then
        echo "new $length"
    elif [ "$length" -le 5000000 ] && head -c "$length" "$work/seed.old" | cmp -s - "$1"; then
        echo "old $length"
    else
        cksum <"$1"
    fi
}

# ---- what differs ----------------------------------------------------------------------------------------------------

# law_is_complete COUNT: answers whether each way has a result for each situation of plain Wine, and there are so many
law_is_complete()
{
    [ ! -e not-made ] || { cat not-made; return 1; }
    ls results/wine >wine.list
    for way in host nt; do
        ls "results/$way" | diff wine.list - || return 1
    done
    echo "$(wc -l <wine.list) situations"
    [ "$(wc -l <wine.list)" -ge "$1" ] && ! grep -L '^said ' results/*/* | grep .
}

# law_compare: leaves in ./differences a line for each difference, as law-differences has them
law_compare()
{
    for way in host nt; do
        while read -r name; do
            diff "results/wine/$name" "results/$way/$name" | sed -n "s/^\([<>]\) \(.*\)/$name\t$way\t\1 \2/p"
        done <wine.list
    done >differences
}
law_holds()
{
    awk -f "$srcdir/tests/law/law_differences.awk" "$law_differences" differences >unknown
    cat unknown
    ! grep -q '^unknown' unknown
}
law_has_no_more()
{
    ! grep '^needless' unknown
}
