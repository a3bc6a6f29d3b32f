dnl SPDX-License-Identifier: MIT
# CF2_PE_TARGET(PREFIX, HOST, NAME, ARCHITECTURE)
# Finds the compiler and binutils of one PE target: PREFIX_CC, _CXX, _AR, _DLLTOOL, _OBJCOPY, _OBJDUMP.
# Sets have_PREFIX to yes when a DLL can really be linked, and no option forbids it.
AC_DEFUN([CF2_PE_TARGET], [
AC_ARG_VAR([$1_CC], [C compiler for $3 Windows])
AC_ARG_VAR([$1_CXX], [C++ compiler for $3 Windows (tests of the header)])
AC_ARG_ENABLE([$4-windows], [AS_HELP_STRING([--disable-$4-windows], [do not build for $3 Windows])],
              [], [enable_$4_windows=auto])
AC_CHECK_PROGS([$1_CC], [$2-gcc $2-clang])
AC_CHECK_PROGS([$1_CXX], [$2-g++ $2-clang++])
AC_CHECK_PROGS([$1_AR], [$2-ar llvm-ar])
AC_CHECK_PROGS([$1_DLLTOOL], [$2-dlltool llvm-dlltool])
AC_CHECK_PROGS([$1_OBJCOPY], [$2-objcopy llvm-objcopy])
AC_CHECK_PROGS([$1_OBJDUMP], [$2-objdump llvm-objdump])

AC_MSG_CHECKING([whether $3 Windows DLLs can be built])
have_$1=no
AS_IF([test "x$enable_$4_windows" != xno && test -n "$$1_CC" && test -n "$$1_AR" && test -n "$$1_DLLTOOL"], [
cat > conftest.c <<'_CF2_EOF'
#include <windows.h>
BOOL WINAPI DllMain( HINSTANCE instance, DWORD reason, void *reserved )
{
    return DisableThreadLibraryCalls( instance );
}
_CF2_EOF
AS_IF([$$1_CC -shared -o conftest.dll conftest.c >&AS_MESSAGE_LOG_FD 2>&1], [have_$1=yes])
rm -f conftest.c conftest.dll
])
AC_MSG_RESULT([$have_$1])
AS_IF([test "x$enable_$4_windows$have_$1" = xyesno], [AC_MSG_ERROR([$3 Windows DLLs cannot be built; see config.log])])
])

# CF2_PE_FOLDER(PREFIX, HOST)
# Sets PREFIX_FOUND to the folder in which the compiler looks for include and lib, and PREFIX_FOLDER to the one that we
# install into. The compiler tells, because every distribution has another place. A folder outside of PREFIX is taken
# only when the user says so.
AC_DEFUN([CF2_PE_FOLDER], [
AC_MSG_CHECKING([where $2 libraries are installed])
$1_FOUND=
AS_IF([test "x$have_$1" = xyes], [
    cf2_lib=`$$1_CC -print-file-name=libkernel32.a`
    AS_CASE([$cf2_lib], [/*], [$1_FOUND=`cd "\`dirname "$cf2_lib"\`/.." && pwd -P`])
])
cf2_prefix=$prefix
AS_IF([test "x$prefix" = xNONE], [cf2_prefix=$ac_default_prefix])
AS_CASE([$with_mingw_sysroot],
    [found | yes], [AS_CASE(["$$1_FOUND/"],
        ["$cf2_prefix"/*], [$1_FOLDER="\${prefix}${$1_FOUND@%:@"$cf2_prefix"}"],
        [/], [$1_FOLDER="\${prefix}/$2"],
        [AS_IF([test "x$with_mingw_sysroot" = xyes], [$1_FOLDER=$$1_FOUND], [$1_FOLDER="\${prefix}/$2"])])],
    [no], [$1_FOLDER="\${prefix}/$2"],
    [$1_FOLDER=$with_mingw_sysroot/$2])
AC_MSG_RESULT([$$1_FOLDER])
AC_SUBST([$1_FOUND])
AC_SUBST([$1_FOLDER])
])

# CF2_SUMMARY
# Prints what will be built, what is left out, and why.
AC_DEFUN([CF2_SUMMARY], [
cf2_line() {
    printf '  %-34s %s\n' "$[]1" "$[]2"
}
cf2_pe() {
    AS_IF([test "x$[]2" = xyes], [cf2_line "copyfile2.dll, $[]1" "yes ($[]3)"],
          [cf2_line "copyfile2.dll, $[]1" "no: no working $[]4 compiler, or not wanted"])
}
AS_ECHO([])
AS_ECHO(["$PACKAGE_NAME $PACKAGE_VERSION"])
cf2_pe "64-bit Windows" "$have_PE64" "$PE64_CC" x86_64-w64-mingw32
cf2_pe "32-bit Windows" "$have_PE32" "$PE32_CC" i686-w64-mingw32
AS_IF([test x$have_PE64 = xyes], [cf2_line "copyfile2.exe" "yes, 64-bit"], [cf2_line "copyfile2.exe" "yes, 32-bit"])
cf2_line "wine-copyfile2" "yes ($CC)"
cf2_host() {
    AS_IF([test "x$[]2" = xyes], [cf2_line "host half (copyfile2.so), $[]1" "yes ($[]3)"],
          [cf2_line "host half (copyfile2.so), $[]1" "no: no compiler for it, or not wanted; NT calls serve"])
}
cf2_host x86_64 "$have_HOST64" "$HOST64_CC"
cf2_host i386 "$have_HOST32" "$HOST32_CC"
AS_IF([test -n "$WINE"], [cf2_line "tests under Wine" "yes ($WINE)"],
      [cf2_line "tests under Wine" "no: no wine found; they will skip"])
AS_IF([test -n "$CLANG"], [cf2_line "header tests with clang" "yes ($CLANG)"],
      [cf2_line "header tests with clang" "no: no clang found; they will skip"])
AS_IF([test -n "$WINEGCC"], [cf2_line "header tests with winegcc" "yes ($WINEGCC)"],
      [cf2_line "header tests with winegcc" "no: no winegcc found; they will skip"])
AS_ECHO([])
])
