#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests quickstart, and the look for wineserver, as on machines that have less than ours. Each command is an imitation.

. "$srcdir/tests/harness/tap.sh"

# the gate sets it
unset COPYFILE2_WERROR
work=$builddir/tests/work/quickstart
rm -rf "$work"
mkdir -p "$work/tree" "$work/commands" && cd "$work" || exit 99

# ---- wineserver ------------------------------------------------------------------------------------------------------

# imitate FILE LINE...: makes a program of these lines
imitate()
{
    file=$1
    shift
    mkdir -p "$(dirname "$file")"
    printf '%s\n' '#!/bin/sh' "$@" >"$file"
    chmod +x "$file"
}
# finds SERVER WINE [FOLDER]: answers whether this server is found for WINE, with the folder in PATH
finds()
{
    said=$(PATH=$work/commands:$work/$3 sh "$srcdir/tests/harness/wineserver.sh" "$2" one two) && echo "$said" &&
        [ "$said" = "$1 one two" ]
}
for command in sh dirname readlink head sed cat; do
    ln -s "$(command -v $command)" commands/$command
done
imitate beside/wine
imitate beside/wineserver 'echo beside "$@"'
imitate link/lib/wine
imitate link/lib/wineserver 'echo behind the link "$@"'
mkdir link/bin && ln -s ../lib/wine link/bin/wine
imitate script/bin/wine "loader=$work/script/bin/wine64" 'exec $loader "$@"'
imitate script/bin/wine64 "exec $work/script/lib/wine/wine \"\$@\""
imitate script/lib/wine/wine
imitate script/lib/wine/wineserver 'echo where the script leads "$@"'
imitate alone/wine
imitate path/wineserver 'echo in PATH "$@"'
check "wineserver beside wine" finds beside "$work/beside/wine" path
check "wineserver beside what wine is a link to" finds 'behind the link' "$work/link/bin/wine" path
check "wineserver in the folder where one script after the other leads" \
    finds 'where the script leads' "$work/script/bin/wine" path
check "wineserver in PATH" finds 'in PATH' "$work/alone/wine" path
check "wine by its name" finds beside wine beside

# ---- quickstart ------------------------------------------------------------------------------------------------------

# The tree is configured already. Everything that a machine always has comes from here; the compilers are imitations.
cp "$srcdir/quickstart" tree
mkdir -p tree/tests/harness
imitate tree/configure 'echo "configure $*" >>../said'
touch tree/Makefile.in
for command in nproc id mkdir rm tr env mktemp tail; do
    ln -s "$(command -v $command)" commands/$command
done
for command in aclocal autoreconf gcc x86_64-w64-mingw32-gcc i686-w64-mingw32-gcc; do
    imitate commands/$command
done
imitate commands/make 'echo "make $*" >>"$SAID"'
imitate commands/apt-get 'echo "apt-get $*" >>"$SAID"' 'exit 1'

# quickstart_says TEXT WORD...: answers whether quickstart ends well, its commands say this text, and no package is
# asked for
quickstart_says()
{
    text=$1
    shift
    : >said
    SAID=$work/said PATH=$work/commands sh tree/quickstart "$@" >output 2>&1
    code=$?
    cat output said
    [ $code = 0 ] && grep -q "$text" said && ! grep apt-get said
}
asks_for_wine()
{
    : >said
    SAID=$work/said PATH=$work/commands sh tree/quickstart >output 2>&1
    code=$?
    cat output said
    [ $code != 0 ] && grep -q 'wine (runs the Windows programs): package wine,wine64' output
}
check "build needs no Wine" quickstart_says '^make .*stage' build
check "it is told where the build is" grep -q 'Built into ./stage' output
check "without a word, Wine is needed" asks_for_wine
imitate tree/tests/harness/summary.sh
for command in wine $(sed -n "/^to_check=/,/^'/p" tree/quickstart | awk 'NF > 2 { print $1 }'); do
    [ -e commands/$command ] || imitate commands/$command
done
# strict [NAME=VALUE]: answers whether configure makes errors of warnings, with this in the environment
strict()
{
    rm -f tree/Makefile
    : >said
    env SAID="$work/said" PATH="$work/commands" "$@" sh tree/quickstart check >output 2>&1 || { cat output; exit 1; }
    grep '^configure .*--enable-werror' said
}
lenient()
{
    ! strict && grep -q '^make .*check' said
}
check "a new compiler's warnings are no errors" lenient
check "where the compilers are known, they are" strict COPYFILE2_WERROR=1
# ---- make check ------------------------------------------------------------------------------------------------------

# Variables for the user's own programs must not reach the tests; those for the tests must.
tests_are_alone()
{
    printf 'include Makefile\nenvironment:\n\t@$(AM_TESTS_ENVIRONMENT) env\n' >environment.mk
    env -i PATH="$PATH" COPYFILE2_FAULT=write:ENOSPC COPYFILE2_BACKEND=nt COPYFILE2_TRACE=1 COPYFILE2_HOST_PATHS=none \
        COPYFILE2_TEST_CASE=basic make -s -C "$builddir" -f "$work/environment.mk" environment >environment
    [ "$(grep ^COPYFILE2_ environment)" = COPYFILE2_TEST_CASE=basic ] || { cat environment; return 1; }
}
check "the tests do not see which copies a user wants to fail" tests_are_alone

tap_done
