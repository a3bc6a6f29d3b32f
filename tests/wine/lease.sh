#!/bin/sh
# SPDX-License-Identifier: MIT
# A small copy can be made under a lease, without a handle of the destination. The cases claim when it is made so, when
# not, and what others see meanwhile.

. "$srcdir/tests/harness/mounts.sh"
mounts_begin "$builddir/tests/work/lease" "$@"
. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/copies.sh"
mounts_own_server

begin_copies "copies without handles"
FAIL_IF_EXISTS=1 RESTARTABLE=2 OPEN_FOR_WRITE=4 COPY_SYMLINK=0x800 NO_OFFLOAD=0x40000 DISABLE_PREALLOCATION=0x4000000
SHARING_VIOLATION=0x80070020 USER_MAPPED_FILE=0x800704c8
build_attribute . || exit 99
head -c 4096 /dev/urandom >other

plain()
{
    printf '0 source a\n0 source a\n1 source b\n0 source B\n%s source c\n' $NO_OFFLOAD >input
    run env
    [ "$(grep -c 'result 0x0' said)" = 5 ] && [ "$(grep -c ' 4096 bytes by .*; without handles' said)" = 4 ] &&
        says '-> B: 4096 bytes by [^;]*; the file is called b; not by clone: [^;]*([A-Z]*);' &&
        says '-> B: [^;]*; .*; not by index: the name exists in another spelling' &&
        says '; without handles; not by clone or copy_file_range: forbidden by a flag$' &&
        cmp source a && cmp source b && cmp source c
}
check "plain files, new and old" plain

# by_handles LINE [WHY]: answers whether the copy succeeds, and not without handles, for this reason
by_handles()
{
    echo "$1" >input
    run env
    says 'result 0x0' && ! grep '; without handles' said && cmp ${1#* }
    result=$?
    [ -z "$2" ] || says "; not without handles: .*$2" || result=1
    return $result
}
# These flags ask for more than bytes, and the trace has words of its own for that.
for flags in $RESTARTABLE $OPEN_FOR_WRITE $DISABLE_PREALLOCATION $BY_HANDLES; do
    check "flag $flags" by_handles "$flags source flagged"
done

# A flag about links means nothing for a file that is no link. A link is neither followed nor written through.
with_link_flag()
{
    cp other led && ln -s led linked && cp other kept && ln -s kept link
    for name in fresh-file fresh-file linked; do printf '%s source %s\n' $COPY_SYMLINK $name; done >input
    echo "$COPY_SYMLINK link link-copy" >>input
    run env
    [ "$(grep -c 'result 0x0' said)" = 4 ] && [ "$(grep -c ' fresh-file: .*; without handles' said)" = 2 ] &&
        cmp source fresh-file && [ ! -L linked ] && cmp source linked && cmp other led &&
        [ "$(readlink link-copy)" = kept ]
}
check "files under a flag about links" with_link_flag

# The host's own names have one spelling each, and another spelling is another file.
host_names()
{
    folder='\\?\unix'$(printf '%s' "$PWD" | tr / '\134')
    for name in hosted hosted; do printf '0 %s\\source %s\\%s\n' "$folder" "$folder" $name; done >input
    printf '0 %s\\source %s\\HOSTED\n' "$folder" "$folder" >>input
    run env
    [ "$(grep -c 'result 0x0' said)" = 3 ] && [ "$(grep -c '.hosted: .*; without handles' said)" = 2 ] &&
        says '.HOSTED: .*; not by index: the name is not on a drive' && cmp source hosted && cmp source HOSTED &&
        [ "$(stat -c %i hosted)" != "$(stat -c %i HOSTED)" ]
}
check "the host's own names" host_names

held()
{
    cp source held
    exec 7<held
    by_handles '0 source held' 'a program has the file open (EAGAIN)'
    result=$?
    exec 7<&-
    return $result
}
marked()
{
    cp source marked && chmod 444 marked && cp source seen
    by_handles '0 marked fresh' read-only && [ ! -w fresh ] || [ "$(stat -c %a fresh)" = 444 ] || return 1
    echo '0 source marked' >input
    run env
    says 'failed: 0x80070005 .*; not without handles: it is read-only' && cmp source marked
}
dots()
{
    rm -f .dot dot
    printf '0 source .dot\n0 other .dot\n0 .dot dot\n0 source .dot\n' >input
    run env
    [ "$(grep -c 'result 0x0' said)" = 4 ] && [ "$(grep -c '; without handles' said)" = 4 ] && cmp source .dot &&
        cmp other dot
}
attributes()
{
    cp source noted && ./attribute noted user.note 5 || return 1
    by_handles '0 noted fresh-note' 'it has attributes' && ./attribute fresh-note user.note &&
        by_handles '0 source noted' 'it has attributes' && ! ./attribute noted user.note
}
streams()
{
    cp source streamed && echo stream >streamed:one
    by_handles '0 streamed fresh-streamed' 'there may be named streams' && cmp streamed:one fresh-streamed:one &&
        by_handles '0 source streamed' 'there may be named streams' && echo stream | cmp - streamed:one
}
links()
{
    cp source target && ln -s target to-target
    by_handles '0 source to-target' '(ELOOP)' && [ -L to-target ] && ln -s nowhere dangling &&
        echo '0 source dangling' >input && run env && ! grep '; without handles' said
}
large()
{
    head -c 262144 /dev/zero >limit
    head -c 262145 /dev/zero >above
    by_handles '0 above above-copy' || return 1
    echo '0 limit limit-copy' >input
    run env
    says '262144 bytes by .*; without handles' && cmp limit limit-copy
}
check "a file that somebody has open" held
check "read-only" marked
check "names that begin with a dot" dots
if cp source noted && ./attribute noted user.note 5; then
    check "attributes" attributes
else
    skip "attributes" "this file system has none"
fi
check "named streams" streams
check "links" links
check "large files" large

# A new file has without handles the mode and the times that handles would give it.
same_modes()
{
    printf '#!/bin/sh\n' >tool && chmod 755 tool && touch -d '2001-02-03 04:05:06.123456789Z' tool
    for mask in 022 027 077; do
        printf '0 tool one\n%s tool two\n0 source one.exe\n%s source two.exe\n0 source one.c\n%s source two.c\n' \
            $BY_HANDLES $BY_HANDLES $BY_HANDLES >input
        rm -f one* two*
        (umask $mask && $wineserver -k -w; run env)
        [ "$(grep -c '; without handles' said)" = 3 ] || return 1
        for name in '' .exe .c; do
            [ "$(stat -c '%a %u %g %y' one$name)" = "$(stat -c '%a %u %g %y' two$name)" ] ||
                { stat one$name two$name; return 1; }
        done
        [ -x one ]
    done
}
check "modes and times are those that handles give" same_modes

# ... and an existing file keeps its mode, which may be stricter than that of its source
old_mode()
{
    head -c 300000 /dev/urandom >large-tool
    chmod 755 tool large-tool
    for flags in 0 $BY_HANDLES $RESTARTABLE; do
        for source in tool large-tool; do
            echo 'secret' >secret && chmod 600 secret
            echo "$flags $source secret" >input
            (umask 022; run env)
            says 'result 0x0' && cmp $source secret && [ "$(stat -c %a secret)" = 600 ] ||
                { echo "$flags $source"; stat secret; return 1; }
            rm -f secret
            (umask 022; run env)
            [ -x secret ] || { echo "$flags $source, new"; stat secret; return 1; }
        done
    done
}
check "an existing file keeps its mode" old_mode

sources_that_are_held()
{
    echo '0 source by-source' >input
    exec 7<source 8>>source
    run env
    result=$?
    exec 7<&- 8>&-
    says '; without handles' && cmp source by-source && return $result
}
check "a source that Linux programs have open" sources_that_are_held

# ---- while it lasts --------------------------------------------------------------------------------------------------

# begin_slow FLAGS DESTINATION PATTERN: begins a copy in the background whose last step takes seconds, and waits until
# it has made this system call
begin_slow()
{
    rm -f slow-calls
    echo "$1 source $2" >slow-input
    prefix_make
    COPYFILE2_TRACE=1 timeout --foreground 300 strace -f -o slow-calls -e trace=utimensat,fcntl,openat \
        -e inject=utimensat:delay_enter=5000000 ${WINE} "$work/program.exe" <slow-input >slow-said 2>&1 &
    slow=$!
    for wait in $(seq 300); do
        grep -q "$3" slow-calls 2>/dev/null && return
        sleep 0.1
    done
    return 1
}
end_slow()
{
    wait $slow
    cat slow-said
}
kill_slow()
{
    kill -KILL "$(awk -v pattern="$1" '$0 ~ pattern { print $1; exit }' slow-calls)" || return 1
    end_slow
}
old_meanwhile()
{
    cp other old
    begin_slow 0 old F_WRLCK || return 1
    echo '0 source old' >input
    run env
    says "result $SHARING_VIOLATION" || return 1
    # A Linux program waits, and then reads the whole. The signal that its open causes ends nobody.
    timeout 60 cmp source old && end_slow && grep -q 'result 0x0' slow-said && grep -q '; without handles' slow-said
}
# A new file is there from the start, and nobody can read it before it is complete.
new_meanwhile()
{
    rm -f new
    begin_slow $FAIL_IF_EXISTS new F_WRLCK || return 1
    [ -e new ] || return 1
    printf '%s other new\n0 other new\n' $FAIL_IF_EXISTS >input
    run env
    says 'result 0x80070050' && says "result $SHARING_VIOLATION" || return 1
    timeout 60 cmp source new && end_slow && grep -q 'result 0x0' slow-said && grep -q '; without handles' slow-said
}
# Somebody who opens a new file before it has its lease prevents the lease, and the copy goes by handles.
new_opened()
{
    rm -f opened
    echo '0 source opened' >input
    rm -f slow-calls
    COPYFILE2_TRACE=1 timeout --foreground 300 strace -f -o slow-calls -e trace=fcntl \
        -e inject=fcntl:delay_enter=500000 ${WINE} "$work/program.exe" <input >said 2>&1 &
    slow=$!
    for wait in $(seq 300); do
        [ -e opened ] && break
        sleep 0.1
    done
    exec 7<opened
    wait $slow
    exec 7<&-
    cat said
    says 'result 0x0' && says 'not without handles: .*(EAGAIN)' && cmp source opened
}
old_killed()
{
    cp other killed
    begin_slow 0 killed F_WRLCK && kill_slow F_WRLCK || return 1
    echo '0 source killed' >input
    run env
    says 'result 0x0' && says '; without handles'
}
# The file that a killed program has made stays, as after a copy by handles, and can be copied onto.
new_killed()
{
    begin_slow 0 new-killed F_WRLCK && kill_slow F_WRLCK || return 1
    [ -e new-killed ] || return 1
    echo '0 source new-killed' >input
    run env
    says 'result 0x0' && says '; without handles' && cmp source new-killed
}
if command -v strace >/dev/null; then
    check "no Windows program opens an old file meanwhile, a Linux one waits" old_meanwhile
    check "nobody opens a new file meanwhile" new_meanwhile
    check "a new file that somebody opens at once" new_opened
    check "a program that is killed leaves no lease" old_killed
    check "... nor one on a new file" new_killed
else
    skip "no Windows program opens it meanwhile" "no strace"
fi

# ---- mappings --------------------------------------------------------------------------------------------------------

# mapped FOLDER: a Windows program has mapped the destination and closed it. Nobody may write to such a file.
mapped()
{
    cp other "$1/mapped" && printf 'map %s/mapped\n0 source %s/mapped\n' "$1" "$1" >input
    run env
    says "mapped $1/mapped" && says "failed: $USER_MAPPED_FILE .*; not without handles: a program has the file open" &&
        cmp other "$1/mapped" || return 1
    echo "0 source $1/mapped" >input
    run env
    says '; without handles' && cmp source "$1/mapped"
}
check "a file that a Windows program has mapped" mapped .

# A Linux program has mapped a library on overlayfs and closed it. A Linux that counts that would refuse the lease by
# itself, and the next case would not show that Wine's server has the file open.
uncounted()
{
    $HOST64_CC -shared -nostdlib -x c -o overlay/library.so /dev/null || return 1
    LD_PRELOAD=$work/overlay/library.so sleep 60 &
    mapper=$!
    for wait in $(seq 50); do
        grep -q library.so /proc/$mapper/maps && break
        sleep 0.1
    done
    echo '0 source overlay/library.so' >input
    run env
    grep library.so /proc/$mapper/maps && says '; without handles'
    result=$?
    kill -KILL $mapper
    return $result
}
# make_overlay: mounts overlayfs at ./overlay, on a tmpfs, for it cannot lie on another overlayfs
make_overlay()
{
    mkdir layers overlay && mount -t tmpfs none layers && mkdir layers/lower layers/upper layers/work &&
        mount -t overlay -o lowerdir=layers/lower,upperdir=layers/upper,workdir=layers/work none overlay
}
if [ -z "$may_mount" ] || ! make_overlay; then
    skip "... on overlayfs" "it cannot be mounted"
elif ! uncounted >said-of-linux 2>&1; then
    skip "... on overlayfs" "this Linux counts all mappings there"
else
    check "... on overlayfs" mapped overlay
fi
umount -l overlay layers 2>/dev/null

# Three programs copy two sources to the same names: each copy is whole, or refused.
same_names()
{
    mkdir race
    race 'many race/n 200 0 source' 'many race/n 200 0 other'
    for copy in race/*; do
        cmp -s source $copy || cmp -s other $copy || { echo "$copy is neither"; return 1; }
    done
    [ "$total" -ge 400 ] && [ "$(ls race | wc -l)" = 200 ]
}
check "three programs race for the same names" same_names

# Only our own files count, for another test may be at work.
no_lease_left()
{
    find . -type f -printf '%i\n' >inodes
    awk '/LEASE/ { sub( ".*:", "", $6 ); print $6 }' /proc/locks >leases
    [ -s inodes ] && ! grep -x -f inodes leases
}
check "no lease is left" no_lease_left

$wineserver -k >/dev/null 2>&1
tap_done
