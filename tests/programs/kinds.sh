# SPDX-License-Identifier: MIT
# For tests that go through 64- and 32-bit programs: source it after tap.sh.

kinds_wine=$WINE

# begin_kind NAME TARGET: sets $bits, $cc and $WINE for this kind of programs, and makes a folder and a prefix of its
# own. ./wine starts this Wine, for the tool takes a program, and the tests' Wine may be a command with arguments.
begin_kind()
{
    case $2 in
        x86_64-*) bits=64-bit cc=$PE64_CC ;;
        *) bits=32-bit cc=$PE32_CC ;;
    esac
    WINE=$kinds_wine prefix_suffix=-$1-$bits
    [ $bits = 64-bit ] || [ -z "$WINE32" ] || WINE=$WINE32
    work=$builddir/tests/work/$1-$bits
    rm -rf "$work"
    mkdir -p "$work" && cd "$work" || exit 99
    . "$srcdir/tests/harness/prefix.sh"
    # The tool names our folder itself, and a prefix that is made with WINEDLLPATH set would hold our DLL already.
    unset WINEDLLPATH
    prefix_make
    WINEDLLOVERRIDES="$WINEDLLOVERRIDES;winedbg.exe=d"
    printf '#!/bin/sh\nexec %s "$@"\n' "$WINE" >wine
    chmod +x wine
}

# kind_starts: answers whether this Wine starts such programs
kind_starts()
{
    printf '#include <stdio.h>\nint main( void ) { puts( "started" ); return 0; }\n' >probe.c
    $cc -o probe.exe probe.c
    [ "$(timeout 100 "$WINE" probe.exe 2>/dev/null | tr -d '\r')" = started ]
}
