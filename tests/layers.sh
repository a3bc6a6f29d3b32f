#!/bin/sh
# SPDX-License-Identifier: MIT
# The folders of dlls/copyfile2 include only from folders below them, and no files include each other in a circle.

. "$srcdir/tests/harness/tap.sh"

# The folders stand from top to bottom. A folder that only other tools read has no arrows.
order='api engine resume movers streams files common platform unix'
without_code=manual
# The host half shows these files to everybody. All else in unix/ is its own.
contract='unix/unixlib.h unix/unixlib_layout.h unix/errno_rows.h'
# Make writes this header into the build tree.
generated=host_build.h

# includes ROOT: prints a line for each #include of a file below ROOT, as FILE INCLUDED, relative to ROOT. A name
# between < and > counts where ROOT has such a file, because the compiler looks there, too. A macro counts by its name.
includes()
{
    (
        cd "$1" && find . -name '*.[ch]' | sed 's,^\./,,' | LC_ALL=C sort |
            xargs grep -H '^[[:blank:]]*#[[:blank:]]*include' |
            sed 's/^\([^:]*\):[[:blank:]]*#[[:blank:]]*include[[:blank:]]*/\1 /; s/^\([^ ]*\) "\([^"]*\)".*/\1 \2/' |
            while read -r includes_file includes_name; do
                case $includes_name in
                    '<'*'>'*)
                        includes_name=${includes_name#<} && includes_name=${includes_name%%>*}
                        [ -e "$includes_name" ] || continue
                        ;;
                esac
                echo "$includes_file $includes_name"
            done
    ) | grep -v " $generated\$"
}

# folders_are_known ROOT: answers whether each file of C is in a folder that has its place in the order
folders_are_known()
{
    found=$(cd "$1" && find . -name '*.[ch]' | sed 's,^\./,,; s,^[^/]*$,.,; s,/.*,,' | LC_ALL=C sort -u)
    [ -n "$found" ] || { echo "no files of C"; return 1; }
    known=1
    for folder in $found; do
        case " $order $without_code " in
            *" $folder "*) ;;
            *) echo "the order does not name $folder" && known= ;;
        esac
    done
    [ -n "$known" ]
}

# arrows_run_down ROOT: answers whether each include leads down in the order, and the host half keeps to itself
arrows_run_down()
{
    includes "$1" | awk -v order="$order" -v contract="$contract" '
        function folder( path ) { return index( path, "/" ) ? substr( path, 1, index( path, "/" ) - 1 ) : "." }
        function wrong( why ) { print $1 " includes \"" $2 "\": " why; bad = 1 }
        BEGIN {
            count = split( order, names, " " )
            for (i = 1; i <= count; i++) level[names[i]] = i
            count = split( contract, names, " " )
            for (i = 1; i <= count; i++) shown[names[i]] = 1
        }
        {
            from = folder( $1 ); to = folder( $2 ); seen++
            if (!( to in level ) || index( $2, ".." )) wrong( "this names no folder of the order" )
            else if ($1 in shown && !( $2 in shown )) wrong( "the contract includes nothing but itself" )
            else if (from == to) next
            else if (from == "unix") wrong( "the host half includes nothing but itself" )
            else if (to == "unix" && !( $2 in shown )) wrong( "this is not part of the contract" )
            else if (level[from] > level[to]) wrong( "this runs up" )
        }
        END {
            if (!seen) print "no includes"
            exit bad || !seen
        }'
}

# no_circles ROOT: a file is NAME.c together with NAME.h, but a header of the contract is one by itself. Files that
# include none of their folder, or that none includes, are put aside until no more can be. The files that are left go in
# circles.
no_circles()
{
    includes "$1" | awk -v contract="$contract" '
        BEGIN { count = split( contract, names, " " ); for (i = 1; i <= count; i++) shown[names[i]] = 1 }
        $2 in shown { seen++; next }
        function folder( path ) { sub( /[^\/]*$/, "", path ); return path }
        { from = $1; to = $2; sub( /[.][ch]$/, "", from ); sub( /[.][ch]$/, "", to ); seen++ }
        from != to && folder( from ) == folder( to ) { arrow[from, to] = 1; left[from] = left[to] = 1 }
        END {
            do
            {
                gone = 0
                split( "", waits )
                split( "", wanted )
                for (pair in arrow)
                {
                    split( pair, ends, SUBSEP )
                    if (ends[1] in left && ends[2] in left) { waits[ends[1]] = ends[2]; wanted[ends[2]] = 1 }
                }
                for (file in left)
                    if (!( file in waits && file in wanted )) { delete left[file]; gone = 1 }
            } while (gone)
            for (file in left) { print file " includes " waits[file] ", and is in a circle"; bad = 1 }
            if (!seen) print "no includes"
            exit bad || !seen
        }'
}

# ---- the law sees what is wrong --------------------------------------------------------------------------------------

imitation=$builddir/tests/work/layers
# imitate FILE=INCLUDED...: makes a tree of files, with an include for each pair
imitate()
{
    rm -rf "$imitation"
    for pair; do
        mkdir -p "$imitation/$(dirname "${pair%%=*}")"
        echo "#include \"${pair#*=}\"" >>"$imitation/${pair%%=*}"
    done
}
# sees TEXT CHECK: answers whether the check fails on the imitation, and says this text
sees()
{
    said=$("$2" "$imitation") && { echo "nothing was seen"; return 1; }
    case $said in
        *"$1"*) ;;
        *) echo "said: $said" && return 1 ;;
    esac
}
accepts()
{
    folders_are_known "$imitation" && arrows_run_down "$imitation" && no_circles "$imitation"
}

imitate api/a.c=api/a.h api/a.h=files/open.h files/open.c=files/open.h files/open.c=host_build.h \
    files/open.c=files/size.h files/size.c=unix/unixlib.h unix/clone.c=unix/host.h unix/host.h=unix/unixlib.h
check "a clean tree is accepted" accepts
imitate files/open.c=files/open.h files/open.h=engine/engine.h
check "an include that runs up is seen" sees 'files/open.h includes "engine/engine.h": this runs up' arrows_run_down
imitate files/open.c=unix/host.h
check "an include of the host half's own is seen" sees 'not part of the contract' arrows_run_down
imitate unix/clone.c=common/trace.h
check "an include out of the host half is seen" sees 'nothing but itself' arrows_run_down
imitate files/open.c=size.h
check "an include without a folder is seen" sees 'names no folder' arrows_run_down
imitate files/open.c=files/../engine/engine.h
check "an include that goes a way of its own is seen" sees 'names no folder' arrows_run_down
imitate engine/engine.h=engine/report.h files/open.c=files/open.h
printf '#\tinclude\t<engine/engine.h>\n' >"$imitation/files/open.c"
check "an include between < and > is seen" sees 'files/open.c includes "engine/engine.h": this runs up' arrows_run_down
echo '#include NAMED_ELSEWHERE' >"$imitation/files/open.c"
check "an include by a macro is seen" sees 'names no folder' arrows_run_down
imitate unix/unixlib.h=unix/host.h
check "a contract that shows the host half's own is seen" sees 'nothing but itself' arrows_run_down
imitate api/a.h=api/b.h api/b.c=api/c.h api/c.h=api/a.h api/d.c=api/a.h
check "a circle is seen" sees 'api/b includes api/c, and is in a circle' no_circles
imitate unix/unixlib.c=unix/host.h unix/host.h=unix/unixlib.h
check "the contract is no circle" accepts
imitate api/a.c=api/a.h odd/b.c=odd/b.h
check "a folder that the order does not name is seen" sees 'does not name odd' folders_are_known

# ---- the law ---------------------------------------------------------------------------------------------------------

check "dlls/copyfile2: the order names each folder" folders_are_known "$srcdir/dlls/copyfile2"
check "dlls/copyfile2: each include runs down" arrows_run_down "$srcdir/dlls/copyfile2"
check "dlls/copyfile2: no circles" no_circles "$srcdir/dlls/copyfile2"
for folder in "$srcdir"/programs/*/ "$srcdir"/tests/*/; do
    folder=${folder%/}
    [ "${folder##*/}" = work ] || [ -z "$(includes "$folder")" ] ||
        check "${folder#"$srcdir/"}: no circles" no_circles "$folder"
done
tap_done
