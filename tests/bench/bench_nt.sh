# SPDX-License-Identifier: MIT
# bench.sh sources this file, which has the benchmarks without the host half. Our copies go by NT calls, and are
# compared with those of plain Wine.

nt_begin()
{
    end_windows
    COPYFILE2_BACKEND=nt
    export COPYFILE2_BACKEND
    start_windows
}
nt_end()
{
    unset COPYFILE2_BACKEND
    end_windows
    start_windows
}

# nt_sample COUNT SOURCE DESTINATION: measures both ways in turn
nt_sample()
{
    for way in $ways; do
        sync -f "$on"
        sample $way "$1" "$2" "$3"
        remove_new "$on"
    done
}
# The way that was the first is the last the next time.
small_nt_once()
{
    case $ways in
        'ours '*) ways='wine ours' ;;
        *) ways='ours wine' ;;
    esac
    case_name=small-nt-over
    nt_sample 300 "$on/source" "$on/0/copy"
    case_name=small-nt-new
    nt_sample 300 "$on/source" "$on/empty/new"
    # A large directory is read once a second, which is as long as a batch may take.
    case_name=small-nt-from-10000
    nt_sample 3000 "$on/10000/source" "$on/0/copy"
    case_name=small-nt-to-10000
    nt_sample 3000 "$on/source" "$on/10000/copy"
}
case_small_nt()
{
    disk ext4 1G -q || return 0
    mkdir "$on/0" "$on/empty" "$on/10000"
    native fill "$on/10000" 10000
    for folder in "$on" "$on/10000"; do native make "$folder/source" 4096 4096 1; done
    for folder in "$on/0" "$on/10000"; do native loop 3000 "$on/source" "$folder/copy"; done
    ways=
    nt_begin
    repeat small_nt_once
    nt_end
    case_name=small-nt-over
    target "4 KiB by NT calls, onto an existing name" ours faster wine 1
    case_name=small-nt-new
    target "4 KiB by NT calls, to new names" ours faster wine 1
    case_name=small-nt-from-10000
    target "4 KiB by NT calls, out of a directory of 10,000" ours faster wine 1
    case_name=small-nt-to-10000
    target "4 KiB by NT calls, onto an existing name among 10,000" ours faster wine 1
}

# The ways come by turns in either order.
new_nt_once()
{
    case $ways in
        'ours '*) ways='wine ours' ;;
        *) ways='ours wine' ;;
    esac
    for way in $ways; do
        large_sample remove_copy $way "$on/source" "$on/copy"
    done
}
case_new_nt()
{
    disk ext4 6G -q || return 0
    native make "$on/source" $((512 * MIB)) $((512 * MIB)) 1
    ways=
    nt_begin
    repeat new_nt_once
    nt_end
    target "512 MiB by NT calls, new file, ext4" ours faster wine 1.5
}
