#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests copyfile2.exe while a copy takes its time: signals, and the progress bar on a terminal.

. "$srcdir/tests/programs/cli_helpers.sh"

# A trace that nobody reads fills its pipe and holds the copy, on any machine, for as long as it takes. The data is no
# hole, and is moved by plain reading and writing, so that there are many chunks.
head -c 33554432 /dev/zero >slow.bin

# program_pid NAME: prints the process that has NAME as an argument. Wine names processes after the program.
program_pid()
{
    for process in /proc/[0-9]*; do
        case $(cat "$process/comm" 2>/dev/null) in
        copyfile2.exe) ;;
        *) continue ;;
        esac
        tr '\0' '\n' <"$process/cmdline" 2>/dev/null | grep -qxF -e "$1" && echo "${process#/proc/}"
    done
}

# slow_and_kill SIGNALS [OPTION...]: starts a copy to cut.bin, and sends it the signals.
slow_and_kill()
{
    signals=$1
    shift
    rm -f pipe
    mkfifo pipe || return
    {
        COPYFILE2_BACKEND=nt wine_run "$program" --trace --buffer-size=4096 "$@" slow.bin "$work/cut.bin" \
            >pipe 2>err </dev/null
        echo $? >ended
    } &
    exec 3<pipe
    read -r first <&3
    pid=$(program_pid "$work/cut.bin")
    for signal in $signals; do
        kill -"$signal" $pid
        sleep 2
    done
    # The program can only give the rest of the pipe and one message from here on.
    cat <&3 >out
    exec 3<&-
    wait
    status=$(cat ended)
    [ -n "$pid" ] || explain "the program was not found"
}

interrupted()
{
    slow_and_kill INT && ends_with 130 && error_line "slow.bin -> $work/cut.bin: canceled" && absent cut.bin
}

paused()
{
    slow_and_kill INT "$1" && ends_with 3 &&
        error_line "slow.bin -> $work/cut.bin: paused; the same command goes on with this copy" || return
    left=$(wc -c <cut.bin)
    [ "$left" -gt 0 ] && [ "$left" -lt 33554432 ] || explain "$left bytes are left" || return
    run --trace "$1" slow.bin "$work/cut.bin"
    ends_with 0 && same slow.bin cut.bin || return
    moved=$(grep -c '^CHUNK_FINISHED' out)
    rm cut.bin
    [ "$moved" -lt 32 ] || [ "$left" -lt 1048576 ] || explain "all was copied again"
}

interrupted_twice()
{
    slow_and_kill 'INT INT' --resume && ends_with 130 && error_line "slow.bin -> $work/cut.bin: canceled" &&
        absent cut.bin
}

killed()
{
    slow_and_kill KILL --restartable
    [ -e cut.bin ] && ! cmp -s slow.bin cut.bin || explain "it came to its end" || return
    run --restartable --fail-if-exists slow.bin "$work/cut.bin"
    ends_with 0 && same slow.bin cut.bin && rm cut.bin
}

if [ -r /proc/self/comm ]; then
    check "SIGINT cancels, and nothing is left" interrupted
    check "SIGINT pauses with --resume" paused --resume
    check "SIGINT pauses with --restartable" paused --restartable
    check "a second SIGINT cancels" interrupted_twice
    check "SIGKILL with --restartable: the same command goes on" killed
else
    for name in "SIGINT cancels, and nothing is left" "SIGINT pauses with --resume" "SIGINT pauses with --restartable" \
        "a second SIGINT cancels" "SIGKILL with --restartable: the same command goes on"; do
        skip "$name" "no /proc"
    done
fi

# on_terminal COMMAND: runs a shell command on a terminal of $columns or 80 columns. The file screen has what it shows.
on_terminal()
{
    cat >terminal.sh <<END
. "$srcdir/tests/harness/prefix.sh"
stty cols ${columns:-80} rows 24
program='$program'
$1
END
    script -q -e -c "${SHELL:-/bin/sh} terminal.sh" /dev/null >screen.raw 2>&1 </dev/null
    status=$?
    tr '\r' '\n' <screen.raw >screen
    : >out
    cp screen err
}

slow_terminal()
{
    on_terminal "wine_run \"\$program\" $1 --trace --buffer-size=4096 slow.bin bar.bin |
        { read -r first; sleep 2; cat >traced; }"
    ends_with 0 && same slow.bin bar.bin
}

bar()
{
    slow_terminal '' || return
    grep -q '[0-9]% \[=*> *\] .* of 32\.0 MiB .*/s .*:.. left slow\.bin' screen || explain "no bar" || return
    grep -q '1 file, 32\.0 MiB in .* s (.*/s): 1 copied' screen || explain "no summary"
}

bar_of_several()
{
    mkdir -p several
    on_terminal 'wine_run "$program" --trace --buffer-size=4096 a.bin missing.bin slow.bin several |
        { read -r first; sleep 2; cat >traced; }'
    same slow.bin several/slow.bin || return
    grep -q '3/3 *[0-9]*% \[=*> *\] .* of 32\.0 MiB ' screen || explain "no bar" || return
    grep -q 'copyfile2: missing.bin -> ' screen &&
        grep -q '2 files, 32\.0 MiB in .*: 2 copied, 1 failed' screen || explain "other lines"
}

# widest: prints the columns of the longest line that was drawn, without what the terminal added
widest()
{
    sed 's/.\[[?0-9;]*[a-zA-Z]//g' screen |
        awk '/[0-9]%/ { if (length > most) most = length } END { print most + 0 }'
}

# at_width COLUMNS NAME PATTERN: copies two files in a window of that width, the slow one under this name. Answers
# whether the bar fits the pattern and the window.
at_width()
{
    columns=$1 name=$2
    ln -f slow.bin "$name"
    rm -rf widths
    mkdir widths
    on_terminal "wine_run \"\$program\" --trace --buffer-size=4096 a.bin '$name' widths |
        { read -r first; sleep 2; cat >traced; }"
    most=$(widest)
    columns=
    same slow.bin "widths/$name" && ends_with 0 || return
    grep -q "$3" screen && [ "$most" -le "$(($1 - 3))" ] || explain "of $most columns"
}
film='a film with a name that is much too long for a narrow window.mkv'
narrow_bar()
{
    at_width 40 "$film" '2/2  *[0-9]*% *[0-9.]* [KMG]iB/s *[-0-9]*:[-0-9]* a fi.*\.mkv'
}
usual_bar()
{
    at_width 80 "$film" '2/2  *[0-9]*% \[=*> *\] *[0-9.]* .iB of 32\.0 MiB .*/s .*:.. left a fi.*\.\.\..*mkv'
}
wide_bar()
{
    at_width 200 "$film" "2/2  *[0-9]*% \\[=*> *\\] *[0-9.]* .iB of 32\\.0 MiB .*/s .*:.. left $film"
}

no_bar()
{
    slow_terminal --no-progress || return
    ! grep -q -e '%' -e 'file' screen || explain "a bar"
}

trace_on_terminal()
{
    on_terminal 'wine_run "$program" --trace --buffer-size=4096 slow.bin bar.bin'
    grep -q STREAM_FINISHED screen && ! grep -q '%' screen || explain "a bar in the trace"
}

# tree_and_kill OPTION...: copies a folder to cut-copy, and sends SIGINT while slow.bin is under way.
tree_and_kill()
{
    rm -rf cut-copy pipe
    mkdir cut-copy
    mkfifo pipe || return
    {
        COPYFILE2_BACKEND=nt wine_run "$program" --trace --buffer-size=4096 -r "$@" cut-tree "$work/cut-copy" \
            >pipe 2>err </dev/null
        echo $? >ended
    } &
    exec 3<pipe
    while read -r line <&3; do
        case $line in
            "CHUNK_FINISHED "*stream_size=33554432*) break ;;
        esac
    done
    kill -INT $(program_pid "$work/cut-copy")
    sleep 2
    cat <&3 >out
    exec 3<&-
    wait
    status=$(cat ended)
}

mkdir cut-tree
cp b.txt cut-tree/a-first.txt
ln slow.bin cut-tree/slow.bin
cp b.txt cut-tree/z-last.txt

# A folder that is interrupted keeps the files that were whole, and nothing of the one under way.
interrupted_tree()
{
    tree_and_kill
    ends_with 130 && grep -q 'slow.bin: canceled$' err && same b.txt cut-copy/cut-tree/a-first.txt &&
        absent cut-copy/cut-tree/slow.bin && absent cut-copy/cut-tree/z-last.txt
}

# The first file is whole, so that --no-clobber leaves it alone; the second one goes on.
paused_tree()
{
    tree_and_kill --resume -n
    ends_with 3 && grep -q 'slow.bin: paused; the same command goes on with this copy$' err &&
        same b.txt cut-copy/cut-tree/a-first.txt && [ -s cut-copy/cut-tree/slow.bin ] &&
        absent cut-copy/cut-tree/z-last.txt || return
    echo mine >cut-copy/cut-tree/a-first.txt
    run -rnv --resume cut-tree "$work/cut-copy"
    ends_with 0 && same slow.bin cut-copy/cut-tree/slow.bin && same b.txt cut-copy/cut-tree/z-last.txt &&
        [ "$(cat cut-copy/cut-tree/a-first.txt)" = mine ] && grep -q ': 2 copied, 1 folder, 1 skipped$' err ||
        explain "did not go on"
}
if [ -r /proc/self/comm ]; then
    check "SIGINT in a folder: what is there is whole" interrupted_tree
    check "SIGINT in a folder pauses, and the same command goes on" paused_tree
else
    skip "SIGINT in a folder: what is there is whole" "no /proc"
    skip "SIGINT in a folder pauses, and the same command goes on" "no /proc"
fi

if script -q -e -c 'stty cols 80' /dev/null </dev/null >/dev/null 2>&1; then
    check "a progress bar on a terminal" bar
    check "a progress bar of several sources" bar_of_several
    check "a progress bar in 40 columns" narrow_bar
    check "a progress bar in 80 columns, with a long name" usual_bar
    check "a progress bar in 200 columns" wide_bar
    check "--no-progress on a terminal" no_bar
    check "no bar between the lines of a trace" trace_on_terminal
else
    for name in "a progress bar on a terminal" "a progress bar of several sources" "a progress bar in 40 columns" \
        "a progress bar in 80 columns, with a long name" "a progress bar in 200 columns" "--no-progress on a terminal" \
        "no bar between the lines of a trace"; do
        skip "$name" "no script program that makes a terminal"
    done
fi

cli_done
