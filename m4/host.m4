dnl SPDX-License-Identifier: MIT
# CF2_HOST_TARGET(PREFIX, FLAG, ARCHITECTURE)
# Sets PREFIX_CC to the native compiler for this architecture, unless the user has set it. Sets have_PREFIX to yes when
# a shared library can really be linked, and no option forbids it. A build for another processor has no such half, even
# if the compiler at hand could make it.
AC_DEFUN([CF2_HOST_TARGET], [
AC_ARG_VAR([$1_CC], [C compiler for $3 Linux @<:@CC $2@:>@])
AC_ARG_ENABLE([$3-unix], [AS_HELP_STRING([--disable-$3-unix], [do not build the host half for $3 Linux])],
              [], [enable_$3_unix=auto])
AS_CASE([$host_cpu], [x86_64 | i?86], [AS_IF([test -z "$$1_CC" && test -n "$CC"], [$1_CC="$CC $2"])])
AC_MSG_CHECKING([whether $3 Linux libraries can be built])
have_$1=no
AS_IF([test -n "$$1_CC" && test "x$enable_$3_unix" != xno], [
cat > conftest.c <<'_CF2_EOF'
#include <stdlib.h>
#include <linux/fs.h>
#if !defined __$3__ || !defined FICLONE
#error wrong machine or old headers
#endif
char *conftest( size_t size );
char *conftest( size_t size ) { return malloc( size ); }
_CF2_EOF
AS_IF([$$1_CC -shared -fPIC -Wl,--no-undefined -o conftest.so conftest.c >&AS_MESSAGE_LOG_FD 2>&1], [have_$1=yes])
rm -f conftest.c conftest.so
])
AC_MSG_RESULT([$have_$1])
AS_IF([test "x$enable_$3_unix$have_$1" = xyesno],
      [AC_MSG_ERROR([the host half for $3 cannot be built; see config.log])])
])
