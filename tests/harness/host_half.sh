# SPDX-License-Identifier: MIT
# The host half's sources, for tests that build it themselves. Make says in $HOST_SOURCES where they are, and its list
# in dlls/copyfile2/local.mk is the only one.

# host_half_built: answers whether both a DLL for 64-bit Windows and its host half were built.
host_half_built()
{
    case $PE_TARGETS-$HOST_TARGETS in
        *x86_64-windows*-*x86_64-unix*) ;;
        *) return 1 ;;
    esac
}

# host_half_compile ARGUMENT...: calls the native compiler with our arguments and all sources of the host half.
host_half_compile()
{
    $HOST64_CC -std=gnu11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 "$@" -I"$srcdir/dlls/copyfile2" \
        $(for source in $HOST_SOURCES; do echo "$srcdir/$source"; done) -pthread -ldl
}

# loads_by_name: answers whether Wine loads a host half by its name, from beside the DLL, as Wine 11.2 and later do.
loads_by_name()
{
    $WINE --version | sed -n 's/^wine-\([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | {
        read -r major minor
        [ "$major" -gt 11 ] || { [ "$major" = 11 ] && [ "$minor" -ge 2 ]; }
    }
}
