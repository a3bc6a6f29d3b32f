#!/bin/sh
# SPDX-License-Identifier: MIT
# first_minutes.sh runs this in a bare Debian.
#   first_minutes_inside.sh USER COUNT SUITE     root or person; how many cases there were before

. ./tap.sh
user=$1 tap_count=$2 suite=$3
given=$PWD
case $user in
    root) home=/root ;;
    *) home=/home/$user && useradd --create-home "$user" ;;
esac
tree=$home/copyfile2
mkdir "$tree" && tar -C "$tree" --no-same-owner -xf "$given/checkout.tar" && chown -R "$user" "$tree" || exit 99

# as_user FILE: runs this script as the user, in the tree, and says how long that took
as_user()
{
    as_user_begun=$(date +%s)
    (
        cd "$tree" && timeout 1200 setpriv --reuid "$user" --regid "$user" --clear-groups \
            env -i HOME="$home" PATH=/usr/local/bin:/usr/bin:/bin COPYFILE2_TRACE="${trace-}" sh -c "$(cat "$1")"
    ) >"$given/said" 2>&1 </dev/null
    as_user_status=$?
    echo "$(($(date +%s) - as_user_begun))" >"$given/seconds"
    cat "$given/said"
    return $as_user_status
}

# typed SECTION prints what README.md tells the reader to type there, answers SECTION what it says comes back, and code
# SECTION the C between.
typed()
{
    sed -n "/^## $1\$/,/^## /s/^    \\\$ //p" "$tree/README.md" | sed 's/ ARG[.][.][.]//g'
}
answers()
{
    sed -n "/^## $1\$/,/^## /s/^    \([a-z0-9]*: .*\)/\1/p" "$tree/README.md"
}
code()
{
    sed -n "/^## $1\$/,/^## /{ /^    #include/,/^    }/s/^    //p }" "$tree/README.md"
}

# quickstart COMMAND: runs this line of README.md. Where packages are missing, root gets them installed; another user is
# told what to ask for, and comes back.
quickstart()
{
    typed 'Three commands' | grep -x "$1 *#.*" >"$given/step.sh" || return 1
    [ "$user" = root ] || {
        ! as_user "$given/step.sh" || { echo "nothing had to be asked for"; return 1; }
        sed -n 's/^    \(apt-get install .*\)/\1/p' "$given/said" >"$given/administrator.sh"
        cat "$given/administrator.sh"
        [ "$(wc -l <"$given/administrator.sh")" = 1 ] || return 1
        echo 'APT::Get::Assume-Yes "true";' >/etc/apt/apt.conf.d/answers
        DEBIAN_FRONTEND=noninteractive sh "$given/administrator.sh" </dev/null >/dev/null || return 1
    }
    as_user "$given/step.sh"
}

# follows SECTION: types all commands of the section. The last command's result is ignored, because some have to fail.
follows()
{
    typed "$1" >"$given/step.sh"
    [ -s "$given/step.sh" ] && as_user "$given/step.sh"
    answers "$1" | sed -e 's/[][*^$\\]/\\&/g' -e 's/[.][.][.]/.*/g' >"$given/expected"
    while read -r answer; do
        grep -x -e "$answer" "$given/said" || { echo "nothing said: $answer"; return 1; }
    done <"$given/expected"
}

program()
{
    cat >"$tree/program.c" <<'END'
#include <windows.h>
int main( void ) { return !CopyFileW( L"HACKING.md", L"by-program.md", FALSE ); }
END
    as_user_script 'x86_64-w64-mingw32-gcc -o program.exe program.c && rm program.c'
}
as_user_script()
{
    printf '%s\n' "$1" >"$given/step.sh"
    as_user "$given/step.sh"
}

builds()
{
    code 'Build a program' >"$tree/program.c"
    follows 'Build a program' && [ -s "$tree/copyfile2.dll" ] && mv "$tree/a.exe" "$tree/a64.exe" &&
        as_user_script "$(sed 's/x86_64/i686/g; /^cp /d' "$given/step.sh")" && [ -s "$tree/a.exe" ] &&
        mv "$tree/a64.exe" "$tree/a.exe"
}
# The program that was built is run: it copies a.bin, as README.md has it.
copies_as_built()
{
    as_user_script "echo bytes >a.bin; WINEPREFIX=\$PWD/work/prefix wine a.exe" && cmp "$tree/a.bin" "$tree/b.bin"
}
runs()
{
    trace=1 follows 'Run a program' && cmp "$tree/HACKING.md" "$tree/by-program.md" && grep 'by-program.md.* by host' \
        "$given/said"
}
ports()
{
    follows 'Port a test' && [ -s "$given/expected" ]
}

# timed NAME COMMAND...: runs a case, and prints the seconds of its last script
timed()
{
    timed_name=$1
    shift
    rm -f "$given/seconds"
    check "$suite, $user: $timed_name" "$@"
    echo "# $(cat "$given/seconds" 2>/dev/null) s"
}

timed "./quickstart build" quickstart ./quickstart\ build
timed "README.md: Build a program" builds
timed "./quickstart" quickstart ./quickstart
check "$suite, $user: a program of the user's" program
timed "README.md: the program that was built" copies_as_built
timed "README.md: Run a program" runs
timed "README.md: Port a test" ports
