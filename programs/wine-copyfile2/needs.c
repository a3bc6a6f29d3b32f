/* SPDX-License-Identifier: MIT */

/* This file tells which of our functions a Windows program asks for. A program may also look a function up while it
 * runs, and then the file holds at least the name. .NET programs hold names alone. */

#include "needs.h"
#include "file.h"
#include "forwarders.h"
#include "message.h"
#include "pe_imports.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FUNCTIONS_MAX 16

/* The flags have the order of the list for kernel32.dll, which has all names. */
struct needs
{
    struct forwarders functions;
    bool imported[FUNCTIONS_MAX];
    bool named[FUNCTIONS_MAX];
    bool is_linked; /* with copyfile2.dll: it has our functions, and lacks the host half at most */
};

/* Windows has these functions in several DLLs, and all of them lead to kernel32.dll or kernelbase.dll. */
static bool is_of_windows( const char *dll )
{
    static const char *const names[] = { "kernel32.dll", "kernelbase.dll", "kernel32", "kernelbase" };

    for (unsigned int i = 0; i < sizeof( names ) / sizeof( names[0] ); i++)
        if (!strcasecmp( dll, names[i] )) return true;
    return !strncasecmp( dll, "api-ms-win-core-", 16 );
}

static void note_import( void *context, const char *dll, const char *function )
{
    struct needs *needs = context;

    if (!strcasecmp( dll, "copyfile2.dll" )) needs->is_linked = true;
    if (!is_of_windows( dll )) return;
    for (size_t i = 0; i < needs->functions.count; i++)
        if (!strcmp( function, needs->functions.list[i].name )) needs->imported[i] = true;
}

/* True means that the name stands in the file by itself, with no letter before it and a 0 behind it. */
static bool holds_name( struct bytes bytes, const char *name )
{
    size_t size = strlen( name ) + 1;
    const uint8_t *at = bytes.data, *end = bytes.data + bytes.size, *found;

    while (( found = memmem( at, (size_t)( end - at ), name, size ) ))
    {
        if (found == bytes.data || ( !isalnum( found[-1] ) && found[-1] != '_' )) return true;
        at = found + 1;
    }
    return false;
}

static void print_list( const char *what, const struct needs *needs, const bool *flags )
{
    const char *between = "";

    printf( "  %s: ", what );
    for (size_t i = 0; i < needs->functions.count; i++)
    {
        if (!flags[i]) continue;
        printf( "%s%s", between, needs->functions.list[i].name );
        between = ", ";
    }
    puts( *between ? "" : "none of our functions" );
}

/* CopyFile2 is the first one of the list. */
static const char *way( const struct needs *needs, const bool *flags )
{
    for (size_t i = 1; i < needs->functions.count; i++)
        if (flags[i]) return "wine-copyfile2 run --all";
    return flags[0] ? "wine-copyfile2 run" : NULL;
}

static void print_way( const struct needs *needs )
{
    bool both[FUNCTIONS_MAX];
    const char *sure = way( needs, needs->imported ), *possible;

    for (size_t i = 0; i < FUNCTIONS_MAX; i++) both[i] = needs->imported[i] || needs->named[i];
    possible = way( needs, both );
    if (sure) printf( "  needs: %s\n", sure );
    else if (needs->is_linked)
        puts( "  needs: nothing, for it is linked with copyfile2.dll; "
              "wine-copyfile2 run makes it fast before Wine 11.2" );
    else if (!possible) puts( "  needs: nothing that this file shows; the DLLs that it loads may need something" );
    if (possible && ( !sure || strcmp( sure, possible ) )) printf( "  may need: %s\n", possible );
}

static const char *kind( const struct pe_image *image )
{
    switch (image->machine)
    {
    case PE_MACHINE_X86_64: return "64-bit";
    case PE_MACHINE_I386: return "32-bit";
    default: return "for a machine that we have no DLL for";
    }
}

/* Answers NULL, or what is wrong with the file. */
static const char *print_needs( const char *path, struct bytes bytes )
{
    struct needs needs = { .functions = forwarders_of( PROBED_KERNEL32, true ) };
    struct pe_image image;
    const char *wrong = pe_open( &image, bytes.data, bytes.size );

    if (!wrong) wrong = pe_imports_visit( &image, note_import, &needs );
    if (wrong) return wrong;
    for (size_t i = 0; i < needs.functions.count; i++)
        needs.named[i] = !needs.imported[i] && holds_name( bytes, needs.functions.list[i].name );
    printf( "%s: %s\n", path, kind( &image ) );
    print_list( "imports", &needs, needs.imported );
    print_list( "names, and may look up", &needs, needs.named );
    print_way( &needs );
    return NULL;
}

bool needs_print( const char *path )
{
    struct bytes bytes;
    const char *wrong;

    if (!file_read( path, &bytes ))
        return message_error( "%s: %s", path, errno == EINVAL ? "it is no file" : strerror( errno ) );
    wrong = print_needs( path, bytes );
    free( bytes.data );
    return !wrong || message_error( "%s: %s", path, wrong );
}
