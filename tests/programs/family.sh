#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests wine-copyfile2 --all. A program that knows nothing of us (stock_family.c) then copies and moves by our engine,
# as the trace tells. Without --all, and after disable, it does so by Wine's own functions.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/programs/kinds.sh"
. "$srcdir/tests/harness/host_half.sh"

tool=$builddir/stage/bin/wine-copyfile2
other='Z:\dev\shm'

[ -n "$WINE" ] || skip_all "no Wine"
[ -x "$tool" ] || skip_all "wine-copyfile2 was not built"
[ "$(stat -c %d /dev/shm)" != "$(stat -c %d "$builddir")" ] || skip_all "no second file system at /dev/shm"

# traced COUNT COMMAND...: answers whether the command ends with 0, and that many files went by our engine
traced()
{
    wanted=$1
    shift
    COPYFILE2_TRACE=1 timeout --foreground 300 "$@" >output 2>&1 </dev/null
    code=$?
    counted=$(grep -c '^copyfile2: ' output)
    [ $code = 0 ] && [ "$counted" = "$wanted" ] ||
        { echo "exit code $code, $counted files by us"; cat output; return 1; }
}

# went_by MOVER: answers whether this mover moved every file of the last run that ended well, and there was one.
went_by()
{
    grep '^copyfile2: ' output | grep -v 'failed: ' >well
    [ -s well ] && ! grep -v "bytes by $1" well
}

# by_wine COMMAND...: answers whether the program did run, and nothing was traced. Under plain Wine it may end at a line
# where Wine does something else, and it names that line.
by_wine()
{
    COPYFILE2_TRACE=1 timeout --foreground 300 "$@" >output 2>&1 </dev/null
    code=$?
    [ $code = 0 ] || grep -q '^line [0-9]*: ' output || { echo "exit code $code"; cat output; return 1; }
    ! grep '^copyfile2: ' output
}

says_functions()
{
    "$tool" status | grep "^functions: $1\$"
}

# The program copies 4 times whole, and 3 times it is refused or ended. It makes 7 moves between file systems, and
# cancels one of them.
files=14
test_all()
{
    check "$bits: the family is Wine's under plain Wine" by_wine "$WINE" family.exe "$other"
    check "$bits: and with CopyFile2 alone" by_wine "$tool" run family.exe "$other"
    check "$bits: status tells so" says_functions CopyFile2
    check "$bits: --all: the family is ours" traced $files "$tool" run --all family.exe "$other"
    check "$bits: ... by the host half" went_by host
    check "$bits: ... as status tells" says_functions 'CopyFile2, CopyFile.*MoveFileWithProgress'
    check "$bits: ... and stays so without the word" traced $files "$tool" run family.exe "$other"
    check "$bits: ... without the host half too" traced $files env COPYFILE2_BACKEND=nt "$tool" run family.exe "$other"
    check "$bits: ... by NT calls" went_by NT
    check "$bits: found in the DLLs" traced 8 "$tool" run family.exe --look-up kernel32.dll kernelbase.dll \
        api-ms-win-core-file-l2-1-0.dll api-ms-win-core-file-l2-1-1.dll
    check "$bits: CopyFile2 is ours as before" traced 1 "$tool" run progress.exe source d
    check "$bits: cmd.exe's copy" traced 2 "$tool" run cmd /c job.bat
    check "$bits: plain Wine stays as it is" by_wine "$WINE" family.exe "$other"
    check "$bits: the system's own on demand" by_wine env COPYFILE2_BACKEND=system "$tool" run cmd /c copy /y source d
    check "$bits: ... which copies" cmp source d
}

test_enable()
{
    check "$bits: enable" "$tool" enable
    # no variable leads Wine to the host half then, and only newer Wines find it without
    if loads_by_name; then alone=host; else alone=NT; fi
    check "$bits: the family is ours, without a variable" traced $files env -u WINEDLLPATH "$WINE" family.exe "$other"
    check "$bits: ... all of it" went_by $alone
    check "$bits: with WINEDLLPATH" traced $files env WINEDLLPATH="$builddir/stage/lib/wine" "$WINE" family.exe "$other"
    check "$bits: ... by the host half" went_by host
    check "$bits: disable" "$tool" disable
    check "$bits: the family is Wine's again" by_wine "$WINE" family.exe "$other"
    check "$bits: a new start is with CopyFile2 alone" by_wine "$tool" run family.exe "$other"
    check "$bits: enable --all" "$tool" enable --all
    check "$bits: the family is ours" traced $files "$WINE" family.exe "$other"
    "$tool" disable
    env_all="eval \"\$('$tool' env --all)\" && '$WINE' family.exe '$other'"
    check "$bits: env --all" traced $files sh -c "$env_all"
    "$tool" disable
}

setup()
{
    begin_kind family $1
    WINE=$work/wine
    export WINE
    head -c 300000 /dev/zero >source
    printf '@copy /y source one >nul\r\n@copy /y one two >nul\r\n' >job.bat
}

for target in $PE_TARGETS; do
    setup $target
    check "$bits: builds" $cc -Wall $PE_WERROR -Wno-missing-field-initializers -D_WIN32_WINNT=0x0602 -municode \
        -static-libgcc -o family.exe "$srcdir/tests/programs/stock_family.c"
    check "$bits: builds the program of CopyFile2" $cc -D_WIN32_WINNT=0x0602 -municode -static-libgcc -o progress.exe \
        "$srcdir/tests/programs/stock_progress.c" -lkernel32
    if ! kind_starts; then
        skip "$bits: the family" "no $bits Wine"
        continue
    fi
    test_all
    test_enable
    tap_tidy
done
tap_done
