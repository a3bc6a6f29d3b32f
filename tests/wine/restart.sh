#!/bin/sh
# SPDX-License-Identifier: MIT
# A restartable copy survives a cut of the power only when no record tells of bytes that were not flushed before it. So
# this watches the system calls of one. It also kills one at such a call, and goes on with it.

. "$srcdir/tests/harness/tap.sh"

case $PE_TARGETS in
    x86_64-*) ;;
    *) WINE=${WINE32:-$WINE} prefix_suffix=32 ;;
esac
[ -n "$WINE" ] && command -v strace >/dev/null || skip_all "no Wine, or no strace"
. "$srcdir/tests/harness/prefix.sh"

program=$builddir/stage/bin/copyfile2.exe
work=$builddir/tests/work/restart
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 99
size=$((40 * 1048576 + 5))
head -c $size /dev/urandom >source.bin

# watch [ENVIRONMENT...]: copies, and leaves in ./events what was done to the destination, a line a call: the name, the
# length, the offset.
watch()
{
    prefix_make
    for try in 1 2; do
        rm -f copy.bin calls.*
        env "$@" timeout 120 strace -ff -y -o calls \
            -e trace=pwrite64,pwritev,pwritev2,write,fsync,fdatasync,copy_file_range \
            ${WINE} "$program" --restartable source.bin copy.bin >said 2>&1
        wine_has_died $? said || break
    done
    cat said
    cmp source.bin copy.bin || return
    cat calls.* | sed -n 's/^\([a-z0-9_]*\)([0-9]*<[^>]*\/copy\.bin>\(.*\)) *= *[0-9]*$/\1 \2/p' | sed 's/ "[^ ]*,//' |
        awk '{ gsub( ",", " " ); print $1, $( NF - 1 ), $NF }' >events
    [ -s events ]
}

# Slots lie behind the size, rounded up; data lies before it. Wine's server makes the cut at the end, so it is not seen.
# The last call that is seen is the flush before it.
judge()
{
    awk -v size=$size '
        $1 == "fsync" || $1 == "fdatasync" { dirty = 0; next }
        $1 ~ /^pwrite/ && $3 < size { dirty = 1; data++; next }
        $1 ~ /^pwrite/ { slots++; if (dirty) { print "a record before its data: line " NR; bad = 1 } next }
        END {
            print data + 0 " writes, " slots + 0 " records, the last flush is " (dirty ? "missing" : "there")
            exit bad || dirty || slots < 3 || data < 3
        }' events
}

watched()
{
    watch "$@" && judge
}

# The second flush comes behind 32 MiB, and on a slow machine earlier. The record tells of the first one by then.
killed()
{
    prefix_make
    for try in 1 2; do
        rm -f copy.bin
        timeout 120 strace -f -o calls -e trace=fsync -e inject=fsync:signal=KILL:when=2 \
            ${WINE} "$program" --restartable source.bin copy.bin
        ! grep -q 'killed by SIGKILL' calls || break
    done
    grep 'killed by SIGKILL' calls && [ -s copy.bin ]
}
# gains_x_bits: a fragment has no x bits, for its name has no suffix of a program. The call that goes on with it does
# not know that it was a new file once, and gives them all the same.
gains_x_bits()
{
    chmod 755 source.bin
    killed && [ ! -x copy.bin ] || { stat copy.bin; return 1; }
    COPYFILE2_TRACE=1 wine_run_into output "$program" --restartable source.bin copy.bin
    cat output
    grep 'not by clone.*: a part is there already' output && cmp source.bin copy.bin && [ -x copy.bin ] ||
        { stat copy.bin; return 1; }
}

if strace -o /dev/null true 2>/dev/null; then
    check "the host half: no record before its data is on the disk" watched COPYFILE2_BACKEND=host
    check "NT: no record before its data is on the disk" watched COPYFILE2_BACKEND=nt
    check "a copy that goes on with a fragment gives x bits" gains_x_bits
else
    skip "no record before its data is on the disk" "strace cannot watch here"
fi
tap_done
cd "$builddir" && rm -rf "$work"
