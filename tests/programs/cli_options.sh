#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests what the options of copyfile2.exe do.

. "$srcdir/tests/programs/cli_helpers.sh"

# ---- existing files --------------------------------------------------------------------------------------------------

read_only()
{
    cp old.txt locked.txt
    chmod a-w locked.txt
    fails "b.txt -> locked.txt: the destination is read-only, and --force replaces it" b.txt locked.txt &&
        same old.txt locked.txt || return
    run -f missing.txt locked.txt
    ends_with 1 && [ "$(stat -c %A locked.txt | tr -d r-)" = "" ] || explain "not read-only any more" || return
    run -f b.txt locked.txt
    ends_with 0 && quiet && same b.txt locked.txt
}
check "a read-only destination, and --force" read_only

no_clobber()
{
    cp old.txt kept.txt
    run -nv a.bin kept.txt
    ends_with 0 && same old.txt kept.txt && [ "$(cat out)" = "a.bin -> kept.txt: skipped" ] &&
        grep -q '^0 files, 0 B in .*: 1 skipped$' err || explain "not skipped" || return
    run --no-clobber a.bin unkept.bin
    ends_with 0 && quiet && same a.bin unkept.bin
}
check "--no-clobber" no_clobber

# ---- what is told ----------------------------------------------------------------------------------------------------

dry_run()
{
    run --dry-run a.bin planned.bin
    ends_with 0 && absent planned.bin && [ "$(cat out)" = "would copy a.bin -> planned.bin" ] && [ ! -s err ] ||
        explain "not foretold" || return
    run --dry-run missing.bin planned.bin
    ends_with 1 && error_line "missing.bin -> planned.bin: failed: 0x80070002: #" || return
    run --dry-run -n a.bin old.txt
    ends_with 0 && quiet
}
check "--dry-run" dry_run

verbose()
{
    run -v a.bin b.txt folder
    ends_with 0 && printf '%s\n' "a.bin -> folder/a.bin: copied" "b.txt -> folder/b.txt: copied" | cmp - out &&
        grep -q '^2 files, 9\.78 KiB in [0-9.]* s (.*/s): 2 copied$' err || explain "another text"
}
check "--verbose" verbose

only_errors()
{
    run -q missing.bin a.bin folder
    ends_with 1 && error_line "missing.bin -> folder/missing.bin: PREPARE_SOURCE failed: 0x80070002: #"
}
check "--quiet" only_errors

# The source has other bytes each time it is read, so no copy is like it. Chance decides at which byte they differ.
verify()
{
    run --verify a.bin verified.bin
    ends_with 0 && quiet && same a.bin verified.bin || return
    run --verify /proc/sys/kernel/random/uuid changed.txt
    sed 's/ byte [0-9]*$/ byte N/' err >err.masked
    mv err.masked err
    ends_with 1 && error_line "/proc/sys/kernel/random/uuid -> changed.txt: the copy differs from the source at byte N"
}
if [ -r /proc/sys/kernel/random/uuid ]; then check "--verify" verify
else skip "--verify" "no file that changes"
fi

json()
{
    run --json a.bin "$work/$(printf 'q"\t.bin')"
    ends_with 0 && [ ! -s err ] || return
    sed -e 's/"\(source\|destination\)":"0x[0-9a-f]*"/"\1":"H"/g' -e 's/"seconds":[0-9.]*/"seconds":T/' out >found
    sed -e ':join' -e '/&$/{' -e 'N' -e 's/&\n//' -e 'b join' -e '}' -e "s|@|$work|" >expected <<'END'
{"type":"begin","source":"a.bin","destination":"@/q\"\u0009.bin"}
{"type":"STREAM_STARTED","stream":1,"source":"H","destination":"H","stream_size":10000,"total_size":10000}
{"type":"CHUNK_STARTED","stream":1,"chunk":0,"source":"H","destination":"H","chunk_size":10000,"stream_size":10000,&
"total_size":10000}
{"type":"CHUNK_FINISHED","stream":1,"chunk":0,"flags":"0x0","source":"H","destination":"H","chunk_size":10000,&
"stream_size":10000,"stream_transferred":10000,"total_size":10000,"total_transferred":10000}
{"type":"STREAM_FINISHED","stream":1,"source":"H","destination":"H","stream_size":10000,"stream_transferred":10000,&
"total_size":10000,"total_transferred":10000}
{"type":"end","source":"a.bin","destination":"@/q\"\u0009.bin","result":"copied","bytes":10000,"hresult":"0x00000000"}
{"type":"summary","bytes":10000,"seconds":T,"cloned":0,"copied":1,"links":0,"folders":0,"skipped":0,"failed":0}
END
    diff expected found
}
check "--json" json

json_error()
{
    run --json missing.bin made.bin
    ends_with 1 && grep -q '^{"type":"end",.*"result":"failed","bytes":0,"hresult":"0x80070002",' out &&
        grep -q '"phase":"PREPARE_SOURCE","error":"..*"}$' out || explain "not told"
}
check "--json: an error" json_error

json_same_names()
{
    mkdir -p twice
    cp old.txt twice/b.txt
    run --json twice/b.txt b.txt folder
    ends_with 1 && same old.txt folder/b.txt &&
        grep -q '^{"type":"end","source":"b.txt","destination":"folder/b.txt","result":"failed",' out &&
        grep -q '^{"type":"summary",.*"failed":1}$' out || explain "not told"
}
check "--json: two sources of one name" json_same_names

# ---- the flags of CopyFile2 ------------------------------------------------------------------------------------------

every_flag()
{
    for flag in --reparse-point --sparse --no-sparse --skip-streams --no-buffering --no-offload --no-cloning \
        --no-junctions --no-preallocation --low-space --write-source --security --no-write-dac --decrypt \
        --ignore-encryption --ignore-edp --compress --symlink --rate=1G; do
        case $HOST_TARGETS-$flag in
            *x86_64-unix*-*) ;;
            *---reparse-point | *---symlink) continue ;;
        esac
        run $flag a.bin flagged.bin
        ends_with 0 && same a.bin flagged.bin && quiet || explain "$flag" || return
        rm flagged.bin
    done
}
check "each flag of CopyFile2 is an option" every_flag

skip_streams()
{
    echo file >with.txt
    echo stream >with.txt:stream
    run with.txt all.txt
    ends_with 0 && same with.txt:stream all.txt:stream || return
    run --skip-streams with.txt one.txt
    ends_with 0 && absent one.txt:stream
}
check "--skip-streams" skip_streams

symlink()
{
    ln -s nowhere.txt link.txt
    run --symlink link.txt copy.txt
    ends_with 0 && quiet && [ "$(readlink copy.txt)" = nowhere.txt ]
}
case $HOST_TARGETS in
    *x86_64-unix*) check "--symlink" symlink ;;
    *) skip "--symlink" "no host half" ;;
esac

directory()
{
    echo inner >folder/inner.txt
    run --directory folder alone
    ends_with 0 && quiet && [ -d alone ] && [ -z "$(ls alone)" ]
}
check "--directory" directory

# 1 MiB at 512 KiB a second cannot be over at once, however fast the machine is.
rate()
{
    head -c 1048576 /dev/zero >rated.bin
    run --rate=512 -v rated.bin slow.bin
    ends_with 0 && same rated.bin slow.bin && grep -q ' in [1-9][0-9.]* s ' err || explain "too fast"
}
check "--rate" rate

cli_done
