#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests configure: what it tells, where it finds the folders of the cross-compilers, and that a packager's choices
# arrive. The sources are copied, because those of the build are configured already.

. "$srcdir/tests/harness/tap.sh"

work=$builddir/tests/work/configure
rm -rf "$work"
mkdir -p "$work/tree" "$work/source"
cd "$work" || exit 99
# make hands its own choices to the tests
unset MAKEFLAGS MAKELEVEL MAKEOVERRIDES HOST64_CC HOST32_CC HOST_CFLAGS WINE WINE32 CLANG WINEGCC WINEGXX
[ -x "$srcdir/configure" ] || skip_all "no configure script"
(cd "$srcdir" && tar --exclude='*.o' --exclude=.deps --exclude=.dirstamp -cf - configure Makefile.in build-aux \
    include dlls programs packaging docs quickstart README.md NEWS LICENSE SECURITY.md) | tar -C source -xf -

# configures OPTION...: runs configure in the folder ./tree, with the output in ./said
configures()
{
    (cd tree && ../source/configure "$@") >said 2>&1 || { tail -n 20 said; return 1; }
}

helps()
{
    "$srcdir/configure" --help >help
    for word; do
        grep -q -e "^  *$word" help || { echo "no $word"; return 1; }
    done
}
check "--help names each choice" helps WINEGCC WINEGXX CLANG FUSE3_CFLAGS FUSE3_LIBS PE_CFLAGS PE_LDFLAGS HOST_CFLAGS \
    --with-winedlldir --with-mingw-sysroot --disable-x86_64-windows --disable-i386-windows --disable-x86_64-unix \
    --disable-i386-unix

# The sources of this build may be configured and built. Another build of them takes none of what is there.
builds_elsewhere()
{
    mkdir -p elsewhere
    (cd elsewhere && "$srcdir/configure" -q && make "${PE_TARGETS%% *}/libcopyfile2_all.a" wine-copyfile2 \
        tests/parsers/restart_record_test "${PE_TARGETS%% *}/programs/copyfile2/help.o" \
        PACKAGE_BUGREPORT=bugs@example.invalid PACKAGE_URL=https://example.invalid/) >said 2>&1 ||
        { tail -n 20 said; return 1; }
    [ -f "elsewhere/${PE_TARGETS%% *}/dlls/copyfile2/api/kernel32_names.o" ] &&
        [ "$(find elsewhere/programs -name '*.o' | wc -l)" -gt 10 ] || { find elsewhere -name '*.o'; return 1; }
}
check "another build of the same sources is a whole one" builds_elsewhere
# The owner names the addresses once, in AC_INIT, and make has them as these two variables.
tells_addresses()
{
    elsewhere/wine-copyfile2 --help >help
    tr -d '\000' <"elsewhere/${PE_TARGETS%% *}/programs/copyfile2/help.o" >program
    for file in help program; do
        grep -a -q 'Report faults to bugs@example.invalid' $file &&
            grep -a -q 'Home page: https://example.invalid/' $file || { echo "$file"; cat help; return 1; }
    done
}
check "--help of both programs tells where to report faults" tells_addresses

# value NAME: prints the value of a variable in the Makefile
value()
{
    sed -n "s/^$1 = //p" tree/Makefile
}

# names NAME VALUE: answers whether the variable of the Makefile has this value
names()
{
    [ "$(value "$1")" = "$2" ] || { echo "$1 is $(value "$1"), not $2"; return 1; }
}

# A compiler for another processor is rarely installed. configure takes the one of this machine for it, and warns.
no_foreign_half()
{
    configures --host=aarch64-linux-gnu --build=x86_64-linux-gnu && names host_targets ''
}
check "a build for another processor has no host half" no_foreign_half

no_half()
{
    configures --disable-i386-unix --disable-i386-windows && ! value host_targets | grep i386 &&
        ! value pe_targets | grep i386 && grep 'host half.*i386.*not wanted' said
}
check "a half that is not wanted is not built" no_half

demands()
{
    ! (cd tree && ../source/configure --enable-i386-windows PE32_CC=false) >said 2>&1 && grep 'cannot be built' said
}
check "a half that is demanded and cannot be built is an error" demands

# The compiler tells in which folder it looks for libraries.
case $PE_TARGETS in
    *x86_64-windows*) found=$(cd "$(dirname "$($PE64_CC -print-file-name=libkernel32.a)")/.." && pwd -P) ;;
    *) found= ;;
esac
case $found in
    /usr/*)
        found_in_prefix()
        {
            configures --prefix=/usr && names PE64_FOLDER "\${prefix}${found#/usr}"
        }
        found_outside()
        {
            configures --prefix=/opt/copyfile2 && names PE64_FOLDER '${prefix}/x86_64-w64-mingw32' &&
                configures --prefix=/opt/copyfile2 --with-mingw-sysroot && names PE64_FOLDER "$found"
        }
        check "the compiler's folder is found, in the prefix" found_in_prefix
        check "... and outside of it only when that is asked for" found_outside
        ;;
    *) skip "the compiler's folder" "it is not in /usr" ;;
esac
given()
{
    configures --with-mingw-sysroot=/somewhere && names PE64_FOLDER /somewhere/x86_64-w64-mingw32
}
check "a folder can be given" given

# A mark of its own shows which compilations have seen the packager's flags.
flags_arrive()
{
    configures CFLAGS='-O1 -g0' CPPFLAGS=-DPACKAGERS_MARK LDFLAGS=-Wl,--build-id=0x1234abcd &&
        make -C tree V=1 wine-copyfile2 "${HOST_TARGETS%% *}/copyfile2.so" >built 2>&1 || { tail built; return 1; }
    [ "$(grep -c -e '-c .*\.c' built)" -gt 20 ] || { echo "nothing was built"; return 1; }
    ! grep -e ' -c ' built | grep -v -e -DPACKAGERS_MARK || return 1
    for file in wine-copyfile2 "${HOST_TARGETS%% *}/copyfile2.so"; do
        readelf -n "tree/$file" | grep -q 'Build ID: 1234abcd' || { echo "$file: LDFLAGS are lost"; return 1; }
    done
}
case $HOST_TARGETS in
    ?*) check "CFLAGS, CPPFLAGS and LDFLAGS reach the host half and wine-copyfile2" flags_arrive ;;
    *) skip "CFLAGS, CPPFLAGS and LDFLAGS reach the host half and wine-copyfile2" "no host half" ;;
esac

# pc_of PREFIX: installs with this prefix below ./installed, and sets $pc to the folder of the .pc files
pc_of()
{
    rm -rf installed
    (cd "$builddir" && make -s install-windows-files DESTDIR="$work/installed" prefix="$1" \
        PE64_FOLDER="$1/x86_64-w64-mingw32" PE32_FOLDER="$1/i686-w64-mingw32") >said 2>&1 || { cat said; return 1; }
    pc=installed$1/x86_64-w64-mingw32/lib/pkgconfig
}
needs_no_option()
{
    pc_of "${found%/*}" || return 1
    flags=$(PKG_CONFIG_LIBDIR=$pc pkg-config --cflags --libs copyfile2_all) || return 1
    [ "${flags% }" = '-lcopyfile2_all -lcopyfile2' ] || { echo "flags: $flags"; return 1; }
}
moves_along()
{
    pc_of /opt/copyfile2 && mv installed/opt moved || return 1
    flags=$(PKG_CONFIG_LIBDIR=moved/copyfile2/x86_64-w64-mingw32/lib/pkgconfig pkg-config --cflags --libs copyfile2)
    for flag in $flags; do
        case $flag in
            -I*) [ -f "${flag#-I}/copyfile2.h" ] || { echo "$flag"; return 1; } ;;
            -L*) [ -f "${flag#-L}/libcopyfile2.a" ] || { echo "$flag"; return 1; } ;;
        esac
    done
    case $flags in
        *-I*-L*-lcopyfile2*) ;;
        *) echo "flags: $flags"; return 1 ;;
    esac
}
if command -v pkg-config >/dev/null && [ -n "$found" ]; then
    check "in the compiler's own folder no option is needed" needs_no_option
    check "elsewhere the .pc file can be moved with its tree" moves_along
else
    skip "the .pc file" "no pkg-config, or no 64-bit compiler"
fi
tap_done
