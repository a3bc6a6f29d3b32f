# SPDX-License-Identifier: MIT
# Builds the small programs that several shell tests need: source it after tap.sh.

# build_with_dll FOLDER NAME SOURCE FLAG...: builds a 64-bit program FOLDER/NAME, and puts the DLL beside it
build_with_dll()
{
    build_folder=$1 build_output=$1/$2 build_source=$3
    shift 3
    cp "$builddir/x86_64-windows/copyfile2.dll" "$build_folder" &&
        $PE64_CC "$@" -I"$srcdir/include" -o "$build_output" "$srcdir/$build_source" -static-libgcc \
            -L"$builddir/x86_64-windows" -lcopyfile2
}

# build_host_program FOLDER [NAME]: program.exe, which makes one copy and prints what it was told
build_host_program()
{
    build_with_dll "$1" "${2:-program.exe}" tests/wine/host_program.c -municode
}

# build_index_program FOLDER [NAME]: program.exe, which obeys the lines of its standard input
build_index_program()
{
    build_with_dll "$1" "${2:-program.exe}" tests/wine/index_program.c
}

# build_folders_program FOLDER: folders.exe, which copies out of folders that change
build_folders_program()
{
    build_with_dll "$1" folders.exe tests/wine/folders_program.c
}

# build_load_program FOLDER: load.exe, which loads the DLL again and again
build_load_program()
{
    cp "$builddir/x86_64-windows/copyfile2.dll" "$1" &&
        $PE64_CC -I"$srcdir/include" -o "$1/load.exe" "$srcdir/tests/wine/load_program.c" -static-libgcc
}

# build_attribute FOLDER: attribute, a Linux program that sets an attribute of a file, or looks for one
build_attribute()
{
    $HOST64_CC -D_GNU_SOURCE -o "$1/attribute" "$srcdir/tests/wine/attribute.c"
}
