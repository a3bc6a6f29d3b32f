#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests copyfile2.exe: what it copies, what it prints, and how it ends.

. "$srcdir/tests/programs/cli_helpers.sh"

# ---- help, version, usage --------------------------------------------------------------------------------------------

help_text()
{
    run "$1"
    ends_with 0 || return
    [ ! -s err ] || explain "something on standard error"
    for text in 'usage: copyfile2 ' 'mode 600' '130 canceled' --fail-if-exists \
        --resume --restartable --buffer-size=N --trace --no-progress \
        --help --version 'Exit status: '; do
        grep -qF -e "$text" out || explain "without $text" || return
    done
    ! grep -q '.\{80\}' out || explain "a line of more than 79 columns" || return
    [ "$(wc -l <out)" -le 24 ] || explain "more than a screen of 24 lines"
}
check "--help" help_text --help
check "-h" help_text -h

version_text()
{
    version=$(sed -n 's/^AC_INIT(\[copyfile2\], \[\([^]]*\)\].*/\1/p' "$srcdir/configure.ac")
    run --version
    ends_with 0 && [ "$(cat out)" = "copyfile2 $version" ] || explain "not version $version"
}
check "--version" version_text

line_feeds()
{
    run --help
    ends_with 0 && [ -s out ] || return
    ! grep -q "$(printf '\r')" out || explain "carriage returns in a file"
}
check "no carriage returns" line_feeds

# usage LINE [ARG...]: claims that LINE is told, and that nothing is made.
usage()
{
    line=$1
    shift
    run "$@"
    ends_with 2 && error_line "$line (try --help)" && [ ! -s out ] && absent new.bin
}
check "usage: no operand" usage "no SOURCE and no DESTINATION"
check "usage: one operand" usage "no DESTINATION for a.bin" a.bin
check "usage: unknown option" usage "unknown option --frob" --frob a.bin new.bin
check "usage: unknown letter" usage "unknown option -x" a.bin -x new.bin
check "usage: argument too many" usage "option takes no argument: --trace=yes" --trace=yes a.bin new.bin
check "usage: argument missing" usage "option needs an argument: --buffer-size" a.bin new.bin --buffer-size
check "usage: unknown letter among others" usage "unknown option -rx" a.bin -rx new.bin
check "usage: an empty destination" usage "the name of the DESTINATION is empty" a.bin ''
check "usage: two kinds of trace" usage "--trace and --json are two ways to print the same" --trace --json a.bin new.bin
check "usage: a pattern into no directory" usage "not a folder: new.bin" '*.bin' new.bin
for rate in 0 511 0K 99999999999; do
    check "usage: --rate=$rate" usage "--rate is not from 512 to 4294967295: $rate" "--rate=$rate" a.bin new.bin
done
check "usage: --rate=x" usage "--rate is no number of KiB a second: x" --rate=x a.bin new.bin

missing_folder_at_end()
{
    run a.bin newdir/
    ends_with 2 && absent newdir &&
        error_line "newdir/: there is no such folder; make it, or leave out the separator at the end"
}
check "usage: a directory that is not there" missing_folder_at_end

check "usage: several sources, no directory" usage "not a folder: new.bin" a.bin b.txt new.bin
for size in 0 4095 1073741825 2G 1048577K 99999999999999999999; do
    check "usage: --buffer-size=$size" usage "--buffer-size is not from 4096 to 1G: $size" \
        "--buffer-size=$size" a.bin new.bin
done
for size in '' K -1 12x 4KB 0x1000; do
    check "usage: --buffer-size=$size" usage "--buffer-size is not a number of bytes: $size" \
        "--buffer-size=$size" a.bin new.bin
done

double_dash()
{
    cp b.txt ./--trace
    run --fail-if-exists -- --trace --help
    ends_with 0 && quiet && same b.txt ./--help
}
check "-- ends the options" double_dash

# ---- what is copied, and where to ------------------------------------------------------------------------------------

check "relative names" copies new.bin new.bin a.bin
check "relative names with slashes" copies ./folder/../folder/slash.bin folder/slash.bin ./a.bin
check "Linux paths" copies "$work/linux.bin" linux.bin "$work/a.bin"
check "Linux paths with . and .. and //" copies "$work/./folder/..//dots.bin" dots.bin "$work/.//a.bin"

windows_names()
{
    run "$(windows_path "$work/a.bin")" "$(windows_path "$work/windows.bin")"
    ends_with 0 && quiet && same a.bin windows.bin
}
check "Windows paths" windows_names

check "spaces" copies "$work/folder with spaces/a file.bin" "folder with spaces/a file.bin" a.bin
check "UTF-8" copies "$work/Grüße 漢字.bin" "Grüße 漢字.bin" a.bin
check "UTF-8, relative" copies "Ελλάδα.bin" "Ελλάδα.bin" "Grüße 漢字.bin"

# Windows forbids these names, and Linux does not.
check "a Linux name that ends with a dot" copies "$work/dot." dot. a.bin
check "a Linux name with a question mark" copies "$work/what?.bin" 'what?.bin' a.bin
check "a Linux name that is a device elsewhere" copies "$work/NUL" NUL a.bin

exact_case()
{
    cp old.txt case.txt
    run "$work/b.txt" "$work/CASE.txt"
    ends_with 0 && same b.txt CASE.txt && same old.txt case.txt
}
check "Linux paths differ by case" exact_case

long_names()
{
    long=$(printf '%0210d' 0)
    mkdir -p "$long/$long"
    run a.bin "$work/$long/$long/$long" && ends_with 0 && same a.bin "$long/$long/$long" || return
    run "$work/$long/$long/$long" "./$long/$long/relative" && ends_with 0 && same a.bin "$long/$long/relative" || return
    run "$long/$long/relative" "$(windows_path "$work/$long/$long/windows")" &&
        ends_with 0 && same a.bin "$long/$long/windows" || return
    run "$long/$long/$long" "$work/folder" && ends_with 0 && quiet && same a.bin "folder/$long"
}
check "a name of 210 characters in a path of 630" long_names

overwrites()
{
    cp a.bin over.txt
    run b.txt over.txt
    ends_with 0 && quiet && same b.txt over.txt
}
check "an existing file is replaced" overwrites

into_folder()
{
    run "$work/a.bin" "$1"
    ends_with 0 && quiet && same a.bin folder/a.bin && rm folder/a.bin
}
check "into a directory" into_folder folder
check "into a directory with a slash" into_folder folder/
check "into a directory by Linux path" into_folder "$work/folder"
check "into a directory by Linux path with a slash" into_folder "$work/folder/"
check "into a directory by Windows path" into_folder "$(windows_path "$work/folder")"

into_current()
{
    cp a.bin folder/current.bin
    run folder/current.bin .
    ends_with 0 && quiet && same a.bin current.bin
}
check "into the current directory" into_current

several()
{
    mkdir several
    run a.bin "$work/b.txt" old.txt several
    ends_with 0 && quiet && same a.bin several/a.bin && same b.txt several/b.txt && same old.txt several/old.txt
}
check "several sources" several

goes_on()
{
    mkdir rest
    run a.bin missing.bin b.txt rest
    ends_with 1 && counted "1 of 3 failed" &&
        error_line "missing.bin -> rest/missing.bin: PREPARE_SOURCE failed: 0x80070002: #" &&
        same a.bin rest/a.bin && same b.txt rest/b.txt
}
check "a failure does not stop the others" goes_on

same_names()
{
    mkdir one both
    cp old.txt one/b.txt
    run one/b.txt ./b.txt a.bin both
    ends_with 1 && counted "1 of 3 failed" &&
        error_line "./b.txt: not copied, it would replace the copy of one/b.txt" &&
        same old.txt both/b.txt && same a.bin both/a.bin
}
check "two sources of one name" same_names

# ---- errors ----------------------------------------------------------------------------------------------------------

missing_source()
{
    fails "missing.bin -> made.bin: PREPARE_SOURCE failed: 0x80070002: #" missing.bin made.bin && absent made.bin
}
check "missing source" missing_source

missing_folder()
{
    fails "a.bin -> $work/nowhere/new.bin: PREPARE_DEST failed: 0x80070003: #" a.bin "$work/nowhere/new.bin"
}
check "missing directory" missing_folder

full_device()
{
    fails "a.bin -> /dev/full: WRITE_DESTINATION failed: 0x80070070: #" a.bin /dev/full && [ -c /dev/full ]
}
if [ -c /dev/full ]; then check "full device" full_device
else skip "full device" "no /dev/full"
fi

fail_if_exists()
{
    echo "old content" >expected.txt
    fails "a.bin -> old.txt: PREPARE_DEST failed: 0x80070050: #" --fail-if-exists a.bin old.txt &&
        same expected.txt old.txt || return
    run --fail-if-exists a.bin fresh.bin
    ends_with 0 && quiet && same a.bin fresh.bin
}
check "--fail-if-exists" fail_if_exists

onto_itself()
{
    cp a.bin self.bin
    fails "self.bin -> $work/self.bin: both are the same file" self.bin "$work/self.bin" &&
        same a.bin self.bin
}
check "a file onto itself" onto_itself

check "an empty name" fails " -> made.bin: the name of the source is empty" "" made.bin
check "a directory" fails "folder -> new.dir: the source is a folder, and --recursive copies it" folder new.dir
check "a pattern that nothing fits" fails "*.zip -> folder/*.zip: no file fits this pattern" '*.zip' folder

directory_in_the_way()
{
    mkdir -p busy/a.bin
    fails "a.bin -> busy/a.bin: the destination is a folder" a.bin busy && [ -d busy/a.bin ]
}
check "a directory in the way" directory_in_the_way

masked()
{
    run "$work/$(printf 'no\nsuch\033[31mfile')" made.bin
    ends_with 1 &&
        error_line "$work/no?such?[31mfile -> made.bin: PREPARE_SOURCE failed: 0x80070002: #"
}
check "control characters in a name stay out of the terminal" masked

closed_output()
{
    wine_run "$program" --trace a.bin traced.bin >/dev/full 2>err </dev/null
    status=$?
    ends_with 1 && error_line "cannot write to standard output: 0x80070070: #" && same a.bin traced.bin
}
if [ -c /dev/full ]; then check "a trace that cannot be written" closed_output
else skip "a trace that cannot be written" "no /dev/full"
fi

# ---- the trace -------------------------------------------------------------------------------------------------------

# trace_is: answers whether out is what standard input says, but for the handles' values.
trace_is()
{
    sed -e 's/ source=0x[0-9a-f]*/ source=S/' -e 's/ destination=0x[0-9a-f]*/ destination=D/' out >found
    diff - found
}

trace_chunks()
{
    run --trace --buffer-size=4096 a.bin chunks.bin
    ends_with 0 && [ ! -s err ] && same a.bin chunks.bin && trace_is <<END
STREAM_STARTED stream=1 source=S destination=D stream_size=10000 total_size=10000
CHUNK_STARTED stream=1 chunk=0 source=S destination=D chunk_size=4096 stream_size=10000 total_size=10000
CHUNK_FINISHED stream=1 chunk=0 flags=0x0 source=S destination=D chunk_size=4096 stream_size=10000 \
stream_transferred=4096 total_size=10000 total_transferred=4096
CHUNK_STARTED stream=1 chunk=1 source=S destination=D chunk_size=4096 stream_size=10000 total_size=10000
CHUNK_FINISHED stream=1 chunk=1 flags=0x0 source=S destination=D chunk_size=4096 stream_size=10000 \
stream_transferred=8192 total_size=10000 total_transferred=8192
CHUNK_STARTED stream=1 chunk=2 source=S destination=D chunk_size=1808 stream_size=10000 total_size=10000
CHUNK_FINISHED stream=1 chunk=2 flags=0x0 source=S destination=D chunk_size=1808 stream_size=10000 \
stream_transferred=10000 total_size=10000 total_transferred=10000
STREAM_FINISHED stream=1 source=S destination=D stream_size=10000 stream_transferred=10000 total_size=10000 \
total_transferred=10000
END
}
check "--trace: three chunks" trace_chunks

trace_error()
{
    run --trace missing.bin made.bin
    ends_with 1 && trace_is <<END
ERROR phase=PREPARE_SOURCE stream=1 chunk=0 failure=0x80070002 stream_size=0 stream_transferred=0 total_size=0 \
total_transferred=0
END
}
check "--trace: an error" trace_error

# sizes: the same size is spelled in every way.
sizes()
{
    for size in 8192 8K 8k; do
        run --trace "--buffer-size=$size" a.bin sized.bin
        ends_with 0 && [ "$(grep -c '^CHUNK_STARTED' out)" -eq 2 ] || explain "$size" || return
    done
    run --buffer-size 1m --trace a.bin sized.bin
    ends_with 0 && [ "$(grep -c '^CHUNK_STARTED' out)" -eq 1 ] || explain 1m
}
check "--buffer-size: K and M" sizes

early_reader()
{
    wine_run "$program" --trace --buffer-size=4096 a.bin early.bin 2>err </dev/null | head -n 1 >out
    [ "$(wc -l <out)" -eq 1 ] && [ ! -s err ] || status="?" explain "not one quiet line"
}
check "--trace to a reader that leaves" early_reader

cli_done
