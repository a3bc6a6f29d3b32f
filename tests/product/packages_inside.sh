#!/bin/sh
# SPDX-License-Identifier: MIT
# packages.sh runs this in a bare Debian with Wine. Our packages are installed, used, upgraded, removed and purged.
#   packages_inside.sh COUNT CHECKOUT     how many cases there were before; where the folder of the tests is mounted,
#                                         in which other tests work at the same time

cd /mnt || exit 99
. ./tap.sh
tap_count=$1 checkout=$2
mkdir -p work
useradd --create-home person

# as_person COMMAND...: runs the command as an ordinary user, with nothing set
as_person()
{
    # shellcheck disable=SC2016 # the inner shell expands it
    (cd /home/person && timeout 300 setpriv --reuid person --regid person --clear-groups env -i HOME=/home/person \
        PATH=/usr/local/bin:/usr/bin:/bin WINEDEBUG=-all "WINEDLLOVERRIDES=mscoree,mshtml=" "$@")
}

# listing: prints all files, but for those that Debian's own tools write down, which may stay.
listing()
{
    find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /mnt -o -path /tmp -o -path /home -o -path /run \
        -o -path /var/lib/dpkg -o -path /var/lib/apt -o -path /var/log -o -path /var/cache -o -path /root \
        -o -path "$checkout" \) -prune \
        -o -print | LC_ALL=C sort
}

apt_install()
{
    apt-get -q -y install --no-install-recommends "$@" >work/apt.log 2>&1 || { tail -n 20 work/apt.log; return 1; }
}
packages='copyfile2-wine libcopyfile2-wine libcopyfile2-mingw-w64-dev copyfile2-tools'

# files NUMBER: prints the files of this version's packages
files()
{
    for package in $packages; do
        ls ./"$1"/"$package"_*.deb
    done
}

installs()
{
    apt_install $(files "$1") || return 1
    for package in $packages; do
        [ "$(dpkg-query -W -f '${Status} ${Version}' $package)" = "install ok installed $2" ] || return 1
    done
}

# autopkgtest NAME: runs one of debian/tests, as a user without any right
autopkgtest()
{
    as_person mkdir -p "/home/person/$1" && as_person env AUTOPKGTEST_TMP="/home/person/$1" "/mnt/tests/$1"
    autopkgtest_status=$?
    rm -rf "/home/person/$1"
    return $autopkgtest_status
}

# in_old_prefix COMMAND...: runs the command with WINEPREFIX set to the old prefix, and nothing else.
in_old_prefix()
{
    as_person env WINEPREFIX=/home/person/old "$@"
}
copies_by_host()
{
    as_person sh -c 'head -c 1000000 /dev/urandom >source; rm -f copy'
    in_old_prefix env COPYFILE2_TRACE=1 "$@" >work/said 2>&1
    grep 'by host' work/said && cmp /home/person/source /home/person/copy || { cat work/said; return 1; }
}
program()
{
    cat >program.c <<'EOF'
#include <windows.h>
typedef HRESULT (WINAPI *copy_t)( const WCHAR *, const WCHAR *, void * );
int main( void )
{
    copy_t copy = (copy_t)(void *)GetProcAddress( GetModuleHandleW( L"kernel32.dll" ), "CopyFile2" );
    return copy ? copy( L"source", L"copy", NULL ) != S_OK : CopyFileW( L"source", L"copy", FALSE ) != TRUE;
}
EOF
    x86_64-w64-mingw32-gcc -o /home/person/program.exe program.c
}
copies_somehow()
{
    as_person sh -c 'head -c 1000 /dev/urandom >source; rm -f copy'
    in_old_prefix "$@" && cmp /home/person/source /home/person/copy
}

command_is()
{
    in_old_prefix copyfile2 --version >work/said && grep -x "copyfile2 $1" work/said
}

# Only installed packages can be purged, because none of them has a file of settings that a removal would leave.
purges()
{
    installs 2 "$version.1" && apt-get -q -y purge $packages
}

# A server that runs on would keep the old DLLs.
server_ends()
{
    in_old_prefix wineserver -k -w >/dev/null 2>&1
    return 0
}

leaves_nothing()
{
    listing >work/after
    diff work/before work/after
}
pages()
{
    zcat /usr/share/man/man1/copyfile2.1.gz /usr/share/man/man1/wine-copyfile2.1.gz /usr/share/man/man3/CopyFile2.3.gz |
        grep -c '^.TH' | grep -x 3
}

version=$(ls 1/copyfile2-wine_*.deb)
version=${version#*_}
version=${version%%_*}
check "a program" program
check "a prefix that is older than the packages" in_old_prefix wineboot --init
server_ends
listing >work/before
check "apt installs the packages" installs 1 "$version"
check "the man pages are there" pages
for name in copies unchanged-program cross-compiles; do
    check "debian/tests/$name" autopkgtest $name
done
check "in the older prefix, run copies by the host half" copies_by_host wine-copyfile2 run program.exe
check "the older prefix is enabled" in_old_prefix wine-copyfile2 enable
check "then a plain program copies by the host half" copies_by_host wine program.exe
server_ends
check "apt upgrades the packages" installs 2 "$version.1"
check "after that the prefix needs nothing, and both halves are new" copies_by_host wine program.exe
check "... and copyfile2 is the new one" command_is "$version.1"
check "run copies by the host half" copies_by_host wine-copyfile2 run program.exe
server_ends
check "apt removes the packages" apt-get -q -y remove $packages
check "a program in the prefix that is still enabled starts, and copies" copies_somehow wine program.exe
server_ends
check "apt purges the packages" purges
check "nothing is left" leaves_nothing
tap_done
