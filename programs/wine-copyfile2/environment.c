/* SPDX-License-Identifier: MIT */

/* Wine learns from two variables where to take its DLLs from. This file makes their values. */

#include "environment.h"
#include "message.h"
#include "shipped.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OVERRIDES "WINEDLLOVERRIDES"
#define DLL_PATH  "WINEDLLPATH"

/* Answers ours, then the separator and theirs; to be freed. A program that wine-copyfile2 started may start it again,
 * so a value that begins with ours stays as it is. */
static char *prepend( const char *ours, char separator, const char *theirs )
{
    size_t length = strlen( ours );

    if (!theirs || !*theirs) return text_copy( ours );
    if (!strncmp( theirs, ours, length ) && ( !theirs[length] || theirs[length] == separator ))
        return text_copy( theirs );
    return text_format( "%s%c%s", ours, separator, theirs );
}

char *environment_overrides( const char *ours )
{
    return prepend( ours, ';', getenv( OVERRIDES ) );
}

/* A colon in our path would end a folder in the variable. Wine would then look in two wrong places, and one of them
 * could be the current folder. So the variable stays as it is, and the user is told. */
char *environment_dll_path( void )
{
    const char *theirs = getenv( DLL_PATH );
    char *folder = shipped_folder(), *path;

    if (!strchr( folder, ':' )) path = prepend( folder, ':', theirs );
    else
    {
        message_error( "Wine cannot find the host half of copyfile2.dll, because the path %s holds a colon", folder );
        path = theirs ? text_copy( theirs ) : NULL;
    }
    free( folder );
    return path;
}

/* Frees the value. NULL changes nothing. */
static void set_variable( const char *name, char *value )
{
    if (value) setenv( name, value, 1 );
    free( value );
}

void environment_set_native( void )
{
    set_variable( OVERRIDES, environment_overrides( OVERRIDES_NATIVE ) );
    set_variable( DLL_PATH, environment_dll_path() );
}

/* A wine-copyfile2 that has started this one may have put its entry into the variable. Wine does not say which of two
 * entries for one DLL it takes, so that entry is removed first. */
void environment_set_builtin( void )
{
    const char *theirs = getenv( OVERRIDES );
    size_t length = strlen( OVERRIDES_NATIVE );

    if (theirs && !strncmp( theirs, OVERRIDES_NATIVE, length ) && ( !theirs[length] || theirs[length] == ';' ))
        set_variable( OVERRIDES, text_copy( theirs[length] ? theirs + length + 1 : "" ) );
    set_variable( OVERRIDES, environment_overrides( OVERRIDES_BUILTIN ) );
}

/* Prints one setting for any shell, with the value in single quotes. Frees the value. NULL prints nothing. */
static void print_export( const char *name, char *value )
{
    if (!value) return;
    printf( "export %s='", name );
    for (const char *c = value; *c; c++)
    {
        if (*c == '\'') fputs( "'\\''", stdout );
        else putchar( *c );
    }
    puts( "'" );
    free( value );
}

void environment_print( void )
{
    print_export( OVERRIDES, environment_overrides( OVERRIDES_NATIVE ) );
    print_export( DLL_PATH, environment_dll_path() );
}
