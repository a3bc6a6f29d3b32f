#!/bin/sh
# SPDX-License-Identifier: MIT
# The law for programs that end in the midst of a copy: they are killed at a write, or end by themselves. These may be
# left: no file, the old file, a whole copy, or less than a copy. A file that looks like a copy and is none may only be
# left where plain Wine leaves it too. Afterwards the same copy has to succeed.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/host_half.sh"
prefix_suffix=-law-ends
. "$srcdir/tests/harness/prefix.sh"
unset COPYFILE2_BACKEND COPYFILE2_TRACE WINEDLLPATH
tool=$builddir/stage/bin/wine-copyfile2

[ -n "$WINE" ] || skip_all "no Wine"
[ -x "$tool" ] || skip_all "wine-copyfile2 was not built"
host_half_built || skip_all "no host half, or no 64-bit programs"
command -v strace >/dev/null || skip_all "no strace"
work=$builddir/tests/work/law-ends
rm -rf "$work"
mkdir -p "$work/here"
cd "$work" || exit 99
end()
{
    prefix_remove
    rm -rf "$work"
}
trap end EXIT
$PE64_CC -D_WIN32_WINNT=0x0602 -static-libgcc -o law.exe "$srcdir/tests/law/law_program.c" || exit 99
printf '#!/bin/sh\nexec %s "$@"\n' "$WINE" >wine
chmod +x wine
WINE=$work/wine
export WINE
prefix_make
head -c 40000000 /dev/urandom >seed.new
head -c 50000000 /dev/urandom >seed.old
here=$(windows_path "$work/here")

# by WAY: lets the program do what ./line says. Wine ends it before its first line now and then, so it is started again.
by()
{
    by_once "$1"
    if wine_has_died 1 said; then by_once "$1"; fi
}
by_once()
{
    case $1 in
        wine) timeout 100 $strace "$WINE" law.exe ;;
        host) timeout 100 $strace "$tool" run --all law.exe ;;
        nt) COPYFILE2_BACKEND=nt timeout 100 $strace "$tool" run --all law.exe ;;
    esac <line >said 2>/dev/null
}
# left SIZE: prints what is there instead of a copy of this size
left()
{
    [ -e here/d ] || { echo nothing; return; }
    left_size=$(stat -c %s here/d)
    if cmp -s here/s here/d; then
        echo 'a whole copy'
    elif [ -e here/old ] && cmp -s here/old here/d; then
        echo 'the old file'
    elif [ "$left_size" -lt "$1" ]; then
        echo 'less than a copy'
    else
        echo "$left_size bytes that are no copy of $1"
    fi
}
# ends WAY END SIZE OLD-SIZE: ends a copy so, and prints what is left. An OLD-SIZE of 0 stands for no old file.
ends()
{
    rm -rf here
    mkdir here
    head -c "$3" seed.new >here/s
    if [ "$4" != 0 ]; then head -c "$4" seed.old >here/old && cp here/old here/d; fi
    case $2 in
        write-*)
            # Wine's own copy calls one of pwrite64 and write.
            strace="strace -f -o calls -P $work/here/d -e trace=write,pwrite64"
            strace="$strace -e inject=write,pwrite64:signal=KILL:when=${2#*-}"
            printf 'copy %s\\s %s\\d\n' "$here" "$here" >line
            ;;
        *)
            strace=
            printf '%s %s\\s %s\\d\n' "$2" "$here" "$here" >line
            ;;
    esac
    by "$1"
    was=$(left "$3")
    [ ! "$strace" ] || grep -q 'killed by SIGKILL' calls || was='it fails to be killed'
    strace=
    printf 'copy %s\\s %s\\d\n' "$here" "$here" >line
    by "$1"
    cmp -s here/s here/d || was="$was, and the next copy fails: $(cat said)"
    others=$(find here ! -path here ! -name s ! -name d ! -name old)
    echo "$1, $2, $3 bytes over $4: $was${others:+, beside $others}"
}
# fair END SIZE OLD-SIZE: answers whether our ways leave nothing worse than plain Wine. The kinds of what is left are
# compared, and not the numbers of bytes.
fair()
{
    plain=$(ends wine "$@")
    echo "$plain"
    for way in host nt; do
        outcome=$(ends $way "$@")
        echo "$outcome"
        case $outcome in
            *fails* | *beside*) return 1 ;;
            *no\ copy*)
                case $plain in
                    *no\ copy*) ;;
                    *) return 1 ;;
                esac
                ;;
        esac
    done
}

for size in 5000 200000 20000000; do
    for old in 0 $size 25000000; do
        check "killed at the first write, $size bytes over $old" fair write-1 $size $old
    done
done
for old in 0 20000000 25000000; do
    check "killed at the third write, over $old" fair write-3 20000000 $old
done
for ending in exit terminate; do
    for old in 0 40000000 50000000; do
        check "$ending, over $old" fair $ending 40000000 $old
    done
done
tap_done
