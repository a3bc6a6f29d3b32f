#!/bin/sh
# SPDX-License-Identifier: MIT
# Kills copies at random moments, restartable ones and others, with the host half and without. The source has to be as
# it was, and the next copy has to work, or to go on to the same bytes.

. "$srcdir/tests/harness/tap.sh"
prefix_suffix=-kill
. "$srcdir/tests/harness/prefix.sh"
. "$srcdir/tests/harness/programs.sh"
unset COPYFILE2_BACKEND

work=$builddir/tests/work/kill
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 99
end_server()
{
    [ -z "$WINE" ] || $wineserver -k -w >/dev/null 2>&1
}
trap end_server EXIT
restartable=2
times=${COPYFILE2_TEST_KILLS:-200}
seed=${COPYFILE2_TEST_SEED:-$(date +%s)}
[ -n "$WINE" ] || skip_rest "killed copies" "no Wine"
case $PE_TARGETS in
    *x86_64-windows*) ;;
    *) skip_rest "killed copies" "no 64-bit programs" ;;
esac
program=$work/program.exe
build_host_program "$work" || exit 99
head -c 6000000 /dev/urandom >source
cp source original
prefix_make

# copy FLAGS: answers whether the copy succeeds, and has the source's bytes
copy()
{
    timeout 60 ${WINE} "$program" "$1" 0 source copy >output 2>&1 && cmp source copy
}

# killed: kills a copy at each of the moments, which are milliseconds. Half of the copies go over the fragment of the
# one before.
killed()
{
    echo "seed $seed"
    copy 0 || return 1
    fragments=0
    rm -f copy
    for moment in $(awk -v seed="$seed" -v times="$times" '
        BEGIN { srand( seed ); while (times--) print int( 60 + 140 * rand() ) }'); do
        # At 60 MB a second a copy takes 100 ms after the start of its process.
        flags=$((moment / 20 % 2 * restartable))
        ${WINE} "$program" "$flags" 0 source copy 60000 >output 2>&1 &
        sleep "0.$(printf '%03d' "$moment")"
        kill -9 $! 2>/dev/null
        wait $! 2>/dev/null
        cmp source original || return 1
        [ ! -e copy ] || cmp -s source copy || fragments=$((fragments + 1))
        [ $((moment % 2)) = 0 ] || rm -f copy
        [ $((moment % 10)) != 0 ] || copy $flags || { cat output; return 1; }
    done
    echo "$fragments of $times were caught in the middle"
    copy 0 && cmp source original && [ "$fragments" -gt 0 ]
}
# The two ways run at the same time, each in a folder of its own.
in_folder()
{
    mkdir "$1" && cp source original "$1" && cd "$1" && killed
}
(COPYFILE2_BACKEND=nt; export COPYFILE2_BACKEND; in_folder nt) >nt.output 2>&1 &
by_nt=$!
with_host()
{
    (in_folder host)
}
check "$times kills" with_host
echo "# $(printf '%s' "$tap_output" | tr '\n' ';')"
wait $by_nt
ended=$?
ended_well()
{
    cat nt.output
    return $ended
}
check "$times kills, NT calls" ended_well
echo "# $(printf '%s' "$tap_output" | tr '\n' ';')"
tap_done
