#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests the host half without Wine, under the sanitizers and under valgrind: host_test.c and its neighbours.

. "$srcdir/tests/harness/tap.sh"
. "$srcdir/tests/harness/host_half.sh"

work=$builddir/tests/work/host-native
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 99

# build NAME TEST FLAG...: builds the test with the host half and its fake system calls
build()
{
    name=$1 test=$2
    shift 2
    host_half_compile -Wall -Wextra $PE_WERROR -g -I"$builddir" -include "$srcdir/tests/host/host_fakes.h" "$@" \
        -o "$name" "$srcdir/tests/host/$test"*.c "$srcdir/tests/host/host_fakes.c"
}

# adopt COMMAND...: runs a test, and prints its own cases as ours, in our count
adopt()
{
    "$@" >output 2>&1
    ended=$?
    while read -r line; do
        case $line in
            'ok '* | 'not ok '*) tap_count=$((tap_count + 1)); echo "${line%%ok *}ok $tap_count - ${line#* - }" ;;
            1..*) ;;
            *) echo "# $line" ;;
        esac
    done <output
    check "${1##*/} ended well" test $ended = 0
}

case $HOST_TARGETS in
    *x86_64-unix*) ;;
    *) skip_rest "the host half by itself" "it was not built" ;;
esac
# test_natively TEST [ARG [ARG-UNDER-VALGRIND]]
test_natively()
{
    rm -rf "$work/${1:?}"
    mkdir "$work/$1"
    cd "$work/$1" || exit 99
    if build sanitized $1 -O1 -fsanitize=address,undefined -fno-sanitize-recover=all 2>/dev/null; then
        adopt ./sanitized $2
    else
        check "$1 is built" build plain $1 -O2
        adopt ./plain $2
        skip "$1 under ASan and UBSan" "the compiler has none"
    fi
    if command -v valgrind >/dev/null; then
        check "$1 is built for valgrind" build plain $1 -O1
        [ -z "$2" ] || adopt ./plain $2
        check "$1 under valgrind" \
            valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,indirect,possible \
            ./plain $3
    else
        skip "$1 under valgrind" "no valgrind"
    fi
    cd "$work" || exit 99
}
test_natively host_test 100000 100
test_natively host_index_test
test_natively host_lease_test
# The host half is built as a library of its own, which is loaded and unloaded.
rm -rf "$work/load"
mkdir "$work/load"
cd "$work/load" || exit 99
load_build()
{
    host_half_compile -Wall -Wextra $PE_WERROR -g -O1 -I"$builddir" -include "$srcdir/tests/host/host_fakes.h" -fPIC \
        -shared -fvisibility=hidden -o copyfile2.so "$srcdir/tests/host/host_fakes.c" &&
        $HOST64_CC -std=gnu11 -D_GNU_SOURCE -Wall -Wextra $PE_WERROR -g -I"$builddir" -I"$srcdir/dlls/copyfile2" \
            -o load_test "$srcdir/tests/host/host_load_test.c" -ldl
}
check "host_load_test is built" load_build
adopt ./load_test ./copyfile2.so
if command -v valgrind >/dev/null; then
    check "host_load_test under valgrind" \
        valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,indirect,possible \
        ./load_test ./copyfile2.so
else
    skip "host_load_test under valgrind" "no valgrind"
fi
cd "$work" || exit 99
rm -rf links
mkdir links
links_build()
{
    host_half_compile -Wall -Wextra $PE_WERROR -g -I"$builddir" "$@" -o links_test "$srcdir/tests/host/host_link_test.c"
}
links_build -O1 -fsanitize=address,undefined -fno-sanitize-recover=all 2>/dev/null ||
    check "host_link_test is built" links_build -O2
cd links || exit 99
adopt ../links_test
cd .. || exit 99
tap_done
