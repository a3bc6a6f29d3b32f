#!/bin/sh
# The host half without Wine (host_test.c): under the sanitizers, and under valgrind.

. "$srcdir/tests/tap.sh"

work=$builddir/tests/work/host-native
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 99

# build NAME FLAG...
build()
{
    name=$1
    shift
    $HOST64_CC -std=gnu11 -Wall -Wextra -Werror -g -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -I"$builddir" \
        -include "$srcdir/tests/host_fakes.h" "$@" -o "$name" "$srcdir"/dlls/copyfile2/host_*.c \
        "$srcdir/dlls/copyfile2/unixlib.c" "$srcdir/tests/host_test.c" \
        "$srcdir/tests/host_test_streams.c" "$srcdir/tests/host_fakes.c"
}

# the program's own cases, in our count
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
    *) skip "the host half by itself" "it was not built"; tap_done; exit ;;
esac
if build sanitized -O1 -fsanitize=address,undefined -fno-sanitize-recover=all 2>/dev/null; then
    adopt ./sanitized 10000
else
    check "host_test is built" build plain -O2
    adopt ./plain 10000
    skip "under ASan and UBSan" "the compiler has none"
fi
rm -rf links
mkdir links
links_build()
{
    $HOST64_CC -std=gnu11 -Wall -Wextra -Werror -g -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -I"$builddir" "$@" -o links_test \
        "$srcdir"/dlls/copyfile2/host_*.c "$srcdir/dlls/copyfile2/unixlib.c" "$srcdir/tests/host_link_test.c" -pthread
}
links_build -O1 -fsanitize=address,undefined -fno-sanitize-recover=all 2>/dev/null || check "host_link_test is built" links_build -O2
cd links || exit 99
adopt ../links_test
cd .. || exit 99
if command -v valgrind >/dev/null; then
    check "host_test is built for valgrind" build plain -O1
    check "under valgrind" valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=all ./plain 100
else
    skip "under valgrind" "no valgrind"
fi
tap_done
