#!/bin/sh
# SPDX-License-Identifier: MIT

# Compiles copyfile2.h by itself and next to <windows.h>, for each compiler, language standard and Windows version that
# a program may be built for. header_check.c makes the claims; nothing is run.

. "$srcdir/tests/harness/tap.sh"

work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 99' HUP INT PIPE TERM

source=$srcdir/tests/product/header_check.c
warnings='-Wall -Wextra -Wundef -Wshadow -Wredundant-decls -pedantic -Wno-long-long -Werror'
at_once=$(($(nproc 2>/dev/null || echo 2) * 2))

# Each line is one way to build a program: where <windows.h> stands, how much of it, and what it may show. Both sides of
# each guard in the toolchains' headers are here. 0x0501 hides CopyFile2, and 0x0601 shows it. VB, FE, NI, ZN, GA and GE
# (0x0A000008, A, C, E, F, 10) each show another part of the rest. WINAPI_FAMILY_APP hides the desktop.
cat > "$work/all" <<'EOF'

-DHEADER_WINDOWS_FIRST -D_WIN32_WINNT=0x0501
-DHEADER_WINDOWS_LAST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0501
-DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0601
-DHEADER_WINDOWS_FIRST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0602
-DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0A00
-DHEADER_WINDOWS_LAST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A000008
-DHEADER_WINDOWS_FIRST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A00000A
-DHEADER_WINDOWS_FIRST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A00000C
-DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A00000E
-DHEADER_WINDOWS_LAST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A00000F
-DHEADER_WINDOWS_FIRST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A000010
-DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0602 -DWINAPI_FAMILY=WINAPI_FAMILY_APP
-DHEADER_WINDOWS_FIRST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0602 -DHEADER_TOOLCHAIN=0
-DHEADER_WINDOWS_FIRST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0602 -DHEADER_TOOLCHAIN=11
-DHEADER_WINDOWS_FIRST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0602 -DHEADER_TOOLCHAIN=13
-DHEADER_WINDOWS_FIRST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0602 -DHEADER_TOOLCHAIN=14
EOF

# The preprocessor takes the same way for every language and standard, so that all ways are tried in C89 alone. In
# these, <windows.h> shows nothing of CopyFile2, a part of it, and all of it.
cat > "$work/some" <<'EOF'
-DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0501
-DHEADER_WINDOWS_FIRST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0602 -DHEADER_TOOLCHAIN=11
-DHEADER_WINDOWS_LAST -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A000010
EOF

# try COMMAND...: says what went wrong, and leaves a mark of it, because it runs in the background.
try()
{
    if ! try_output=$("$@" 2>&1); then
        printf '%s\n%s\n' "$*" "$try_output"
        : > "$work/failed"
    fi
}

# compile LIST COMPILER...: answers whether the check compiles without a warning in every way that the list has.
compile()
{
    compile_list=$work/$1
    shift
    rm -f "$work/failed"
    compile_running=0
    while IFS= read -r compile_way; do
        try "$@" $warnings $compile_way -I "$srcdir/include" -fsyntax-only "$source" &
        compile_running=$((compile_running + 1))
        if [ "$compile_running" -ge "$at_once" ]; then
            wait
            compile_running=0
        fi
    done < "$compile_list"
    wait
    [ ! -e "$work/failed" ]
}

# refuse COMPILER...: answers whether each claim that is wrong on purpose is refused, and by its name, not for something
# else.
refuse()
{
    if "$@" $warnings -DHEADER_WRONG -DWIN32_LEAN_AND_MEAN -I "$srcdir/include" -fsyntax-only "$source" \
        > "$work/refused" 2>&1; then
        echo "$*: the wrong claims were compiled"
        return 1
    fi
    refuse_result=0
    for refuse_word in check_wrong_size check_offset_wrong check_wrong_flag check_wrong_phase wrong_type wrong_routine \
        no_such_member 'L"too"'; do
        if ! grep -q -F -e "$refuse_word" "$work/refused"; then
            echo "$*: not refused: $refuse_word"
            refuse_result=1
        fi
    done
    [ "$refuse_result" -eq 0 ] || cat "$work/refused"
    return "$refuse_result"
}

# symbol NAME COMPILER...: answers whether the prototype, the toolchain's or ours, calls the function by this name.
symbol()
{
    symbol_name=$1
    shift
    for symbol_version in 0x0501 0x0A00; do
        "$@" -DWIN32_LEAN_AND_MEAN -D_WIN32_WINNT=$symbol_version -I "$srcdir/include" \
            -S -o "$work/symbol.s" "$source" || return 1
        if ! grep -q -E "(^|[^A-Za-z0-9_@])$symbol_name([^A-Za-z0-9_@]|\$)" "$work/symbol.s" ||
            grep -q '_Z[A-Za-z0-9]*CopyFile2' "$work/symbol.s"; then
            echo "$*: with _WIN32_WINNT=$symbol_version no call of $symbol_name:"
            grep CopyFile2 "$work/symbol.s"
            return 1
        fi
    done
}

# Answers whether the compiler works with some <windows.h> at all.
has_windows()
{
    printf '#include <windows.h>\nHANDLE handle;\n' > "$work/probe.c"
    "$@" -DWIN32_LEAN_AND_MEAN -fsyntax-only "$work/probe.c" > "$work/probe" 2>&1
}

# suite NAME SYMBOL C89 STANDARDS REASON COMPILER...: runs all cases of one compiler for one language. C89 is what the
# compiler calls that, or empty. A reason skips them.
suite()
{
    suite_name=$1 suite_symbol=$2 suite_c89=$3 suite_standards=$4 suite_reason=$5
    shift 5
    if [ -n "$suite_reason" ]; then
        skip "$suite_name" "$suite_reason"
        return
    fi
    [ -z "$suite_c89" ] || check "$suite_name, $suite_c89" compile all "$@" "-std=$suite_c89"
    for suite_standard in $suite_standards; do
        check "$suite_name, $suite_standard" compile some "$@" "-std=$suite_standard"
    done
    check "$suite_name, wrong claims are refused" refuse "$@"
    check "$suite_name, symbol $suite_symbol" symbol "$suite_symbol" "$@"
}

suite_c()
{
    suite_c_name=$1 suite_c_symbol=$2 suite_c_c89=$3 suite_c_reason=$4
    shift 4
    suite "$suite_c_name" "$suite_c_symbol" "$suite_c_c89" 'c99 c11 c17' "$suite_c_reason" \
        "$@" -x c -Wstrict-prototypes
}

suite_cxx()
{
    suite_cxx_name=$1 suite_cxx_symbol=$2 suite_cxx_reason=$3
    shift 3
    suite "$suite_cxx_name" "$suite_cxx_symbol" '' 'c++98 c++11 c++17 c++20' "$suite_cxx_reason" "$@" -x c++
}

# ---- mingw-w64's headers ----

wide='-DHEADER_POINTER=8'
narrow='-DHEADER_POINTER=4'
wide_symbol=__imp_CopyFile2OfLibcopyfile2
narrow_symbol=__imp__CopyFile2OfLibcopyfile2@12

no() { [ -n "$1" ] || echo "no $2"; }

suite_c x86_64-w64-mingw32-gcc $wide_symbol c89 "$(no "$PE64_CC" 'C compiler for 64-bit Windows')" $PE64_CC $wide
suite_cxx x86_64-w64-mingw32-g++ $wide_symbol "$(no "$PE64_CXX" 'C++ compiler for 64-bit Windows')" $PE64_CXX $wide
suite_c i686-w64-mingw32-gcc $narrow_symbol c89 "$(no "$PE32_CC" 'C compiler for 32-bit Windows')" $PE32_CC $narrow
suite_cxx i686-w64-mingw32-g++ $narrow_symbol "$(no "$PE32_CXX" 'C++ compiler for 32-bit Windows')" $PE32_CXX $narrow

clang_reason()
{
    if [ -z "$CLANG" ]; then echo 'no clang'
    elif ! has_windows $CLANG "--target=$1" -x "$2"; then echo "clang finds no headers for $1"
    fi
}

for target in x86_64-w64-windows-gnu i686-w64-windows-gnu; do
    case $target in
    x86_64-*) width=$wide symbol=$wide_symbol ;;
    *) width=$narrow symbol=$narrow_symbol ;;
    esac
    suite_c "clang, $target, C" $symbol c89 "$(clang_reason $target c)" $CLANG --target=$target $width
    suite_cxx "clang, $target, C++" $symbol "$(clang_reason $target c++)" $CLANG --target=$target $width
done

# ---- Wine's headers ----

# wine_reason COMPILER NAME OPTION...: prints why there is nothing to check.
wine_reason()
{
    wine_reason_compiler=$1 wine_reason_name=$2
    shift 2
    if [ -z "$wine_reason_compiler" ]; then echo "no $wine_reason_name"
    elif ! has_windows $wine_reason_compiler "$@"; then echo "$wine_reason_name finds no headers"
    fi
}

# Wine's headers say inline, which is not in C89, so that it is GNU's C89 there. winegcc links unless told not to.
suite_wine()
{
    suite_wine_name=$1
    shift
    set -- -c -o "$work/wine.o" "$@"
    suite_wine_reason=$(wine_reason "$WINEGCC" "winegcc$suite_wine_name" "$@")
    suite_c "winegcc$suite_wine_name" CopyFile2 gnu89 "$suite_wine_reason" $WINEGCC "$@"
    suite_wine_reason=$(wine_reason "$WINEGXX" "wineg++$suite_wine_name" "$@")
    suite_cxx "wineg++$suite_wine_name" CopyFile2 "$suite_wine_reason" $WINEGXX "$@"
}

suite_wine ''
# 32-bit Linux' C library is rarely installed; Wine's own headers of the C library do as well.
suite_wine ' -m32' -m32 -mno-cygwin $narrow

tap_done
