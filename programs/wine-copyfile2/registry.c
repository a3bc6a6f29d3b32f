/* SPDX-License-Identifier: MIT */

/* Two registry values make every program of a prefix use what we put there. The values that were there before are
 * written down first. Their file begins with the number of keys that were missing. Then each value has a line, "NAME
 * absent" or "NAME TYPE DATA". */

#include "registry.h"
#include "atomic_file.h"
#include "file.h"
#include "message.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PARENT_KEY "HKEY_CURRENT_USER\\Software\\Wine"
#define KEY        PARENT_KEY "\\DllOverrides"
#define OUR_DATA   "native,builtin"
#define LINE_SIZE  1024

static const char *const value_names[] = { "kernel32", "kernelbase" };
#define VALUE_COUNT ( sizeof( value_names ) / sizeof( value_names[0] ) )

static const char *const keys[] = { KEY, PARENT_KEY };
#define KEY_COUNT ( sizeof( keys ) / sizeof( keys[0] ) )

/* These are exit codes of reg.exe, but for the last one: it means that reg.exe did not tell. */
#define REG_DONE    0
#define REG_MISSING 1
#define REG_FAILED  -1

struct value
{
    char type[32]; /* empty when there is no such value */
    char data[LINE_SIZE];
};

/* ---- reg.exe ----------------------------------------------------------------------------------------------------- */

/* Runs reg.exe, whose output goes to the file output, or nowhere when that is NULL. Answers its exit code, or
 * REG_FAILED. */
static int run_reg_once( const struct wine *wine, const char *const *arguments, FILE *output )
{
    int null = open( "/dev/null", O_RDWR | O_CLOEXEC ), status;
    pid_t pid = wine_start( wine, WINE_DLLS_BUILTIN, arguments, null, output ? fileno( output ) : null, null );

    close( null );
    if (pid < 0) return REG_FAILED;
    while (waitpid( pid, &status, 0 ) < 0)
        if (errno != EINTR) return REG_FAILED;
    return WIFEXITED( status ) ? WEXITSTATUS( status ) : REG_FAILED;
}

/* About once in a thousand runs Wine 8.0 ends with 127, by an assertion of glibc 2.36's ld.so, or dies as it starts.
 * Each command for reg.exe may be given twice, so one that failed is given again. */
static int run_reg( const struct wine *wine, const char *const *arguments, FILE *output )
{
    int result = run_reg_once( wine, arguments, output );

    if (result == REG_DONE || result == REG_MISSING) return result;
    if (output && ( fseek( output, 0, SEEK_SET ) || ftruncate( fileno( output ), 0 ) )) return REG_FAILED;
    return run_reg_once( wine, arguments, output );
}

/* Reads a line of the form "    NAME    TYPE    DATA". True means that the line is about this name, and that value is
 * set. */
static bool read_value_line( char *line, const char *name, struct value *value )
{
    size_t length = strlen( name );
    int at = 0;

    line += strspn( line, " \t" );
    if (strncasecmp( line, name, length ) || !isspace( (unsigned char)line[length] )) return false;
    if (sscanf( line + length, " %31s %n", value->type, &at ) != 1) return false;
    snprintf( value->data, sizeof( value->data ), "%s", at ? line + length + at : "" );
    return true;
}

/* Sets values to what our names have under this key. Answers REG_DONE, REG_MISSING when there is no such key, or
 * REG_FAILED with a message. */
static int query_values( const struct wine *wine, const char *key, struct value *values )
{
    const char *const arguments[] = { "reg", "query", key, NULL };
    FILE *output = tmpfile();
    char line[LINE_SIZE];
    int result;

    memset( values, 0, VALUE_COUNT * sizeof( *values ) );
    result = output ? run_reg( wine, arguments, output ) : REG_FAILED;
    if (output) rewind( output );
    while (output && result == REG_DONE && fgets( line, sizeof( line ), output ))
    {
        line[strcspn( line, "\r\n" )] = 0;
        for (unsigned int i = 0; i < VALUE_COUNT; i++)
            if (read_value_line( line, value_names[i], &values[i] )) break;
    }
    if (output) fclose( output );
    if (result == REG_DONE || result == REG_MISSING) return result;
    message_error( "the registry cannot be read: %s could not run reg.exe", wine->command );
    return REG_FAILED;
}

/* Wine ends with 1 when it cannot start, and so does reg.exe when it fails. Nobody can tell one from the other, so a
 * failure is tried again. False comes with a message. */
static bool set_value( const struct wine *wine, const char *name, const char *type, const char *data )
{
    const char *const arguments[] = { "reg", "add", KEY, "/v", name, "/t", type, "/d", data, "/f", NULL };

    return run_reg( wine, arguments, NULL ) == REG_DONE || run_reg( wine, arguments, NULL ) == REG_DONE ||
           message_error( "the registry value %s could not be set", name );
}

static bool is_absent( const struct wine *wine, unsigned int index )
{
    struct value values[VALUE_COUNT];

    return query_values( wine, KEY, values ) != REG_FAILED && !*values[index].type;
}

/* The first try may have removed the value before it failed, and a second one would find nothing. So this looks in
 * between. False comes with a message. */
static bool delete_value( const struct wine *wine, unsigned int index )
{
    const char *const arguments[] = { "reg", "delete", KEY, "/v", value_names[index], "/f", NULL };

    return run_reg( wine, arguments, NULL ) == REG_DONE || is_absent( wine, index ) ||
           run_reg( wine, arguments, NULL ) == REG_DONE ||
           message_error( "the registry value %s could not be removed", value_names[index] );
}

/* Deletes a key, but only one that holds nothing. reg.exe prints nothing about such a key, at most its name. */
static void delete_empty_key( const struct wine *wine, const char *key )
{
    const char *const query_arguments[] = { "reg", "query", key, NULL };
    const char *const arguments[] = { "reg", "delete", key, "/f", NULL };
    FILE *output = tmpfile();
    char line[LINE_SIZE];
    bool empty;

    if (!output) return;
    empty = run_reg( wine, query_arguments, output ) == REG_DONE;
    rewind( output );
    while (empty && fgets( line, sizeof( line ), output ))
    {
        line[strcspn( line, "\r\n" )] = 0;
        if (*line && strcasecmp( line, key )) empty = false;
    }
    fclose( output );
    if (empty) run_reg( wine, arguments, NULL );
}

/* ---- the record -------------------------------------------------------------------------------------------------- */

/* Nobody else has a reason to ask for a native kernel32.dll. So a value with our data comes from an earlier enable
 * whose record was lost, and counts as absent. */
static bool write_old_values( const char *path, unsigned int missing_keys, const struct value *values )
{
    char *text = text_format( "keys-missing %u\n", missing_keys ), *longer;
    bool done;

    for (unsigned int i = 0; i < VALUE_COUNT; i++)
    {
        if (*values[i].type && strcmp( values[i].data, OUR_DATA ))
            longer = text_format( "%s%s %s %s\n", text, value_names[i], values[i].type, values[i].data );
        else longer = text_format( "%s%s absent\n", text, value_names[i] );
        free( text );
        text = longer;
    }
    done = atomic_file_write( path, text, strlen( text ), 0644 );
    free( text );
    return done || message_error( "%s: %s", path, strerror( errno ) );
}

static bool read_old_values( const char *path, unsigned int *missing_keys, struct value *values )
{
    FILE *file = fopen( path, "re" );
    char line[LINE_SIZE + 64];

    *missing_keys = 0;
    memset( values, 0, VALUE_COUNT * sizeof( *values ) );
    if (!file) return message_error( "%s: %s", path, strerror( errno ) );
    while (fgets( line, sizeof( line ), file ))
    {
        line[strcspn( line, "\n" )] = 0;
        sscanf( line, "keys-missing %u", missing_keys );
        for (unsigned int i = 0; i < VALUE_COUNT; i++)
            if (read_value_line( line, value_names[i], &values[i] ) && !strcmp( values[i].type, "absent" ))
                *values[i].type = 0;
    }
    fclose( file );
    return true;
}

bool registry_is_set( const struct prefix *prefix )
{
    return file_exists( prefix->registry );
}

/* ---- for the commands -------------------------------------------------------------------------------------------- */

/* Counts the keys that have to be made, which are the first ones of the list keys. Answers REG_FAILED when that cannot
 * be known. */
static int count_missing_keys( const struct wine *wine, struct value *values )
{
    struct value ignored[VALUE_COUNT];
    int result = query_values( wine, KEY, values );

    if (result != REG_MISSING) return result == REG_DONE ? 0 : REG_FAILED;
    result = query_values( wine, PARENT_KEY, ignored );
    if (result != REG_MISSING) return result == REG_DONE ? 1 : REG_FAILED;
    return (int)KEY_COUNT;
}

/* An earlier call, even one that was stopped, may have written down what was there before us. So that file is never
 * written again. */
bool registry_set( const struct prefix *prefix, const struct wine *wine )
{
    struct value values[VALUE_COUNT];
    int missing = count_missing_keys( wine, values );
    bool done = true;

    if (missing == REG_FAILED) return false;
    if (!registry_is_set( prefix ) && !write_old_values( prefix->registry, (unsigned int)missing, values ))
        return false;
    for (unsigned int i = 0; i < VALUE_COUNT; i++)
        if (strcmp( values[i].data, OUR_DATA )) done = set_value( wine, value_names[i], "REG_SZ", OUR_DATA ) && done;
    return done;
}

bool registry_adopt( const struct prefix *prefix, const struct wine *wine )
{
    struct value values[VALUE_COUNT];

    if (registry_is_set( prefix )) return true;
    if (query_values( wine, KEY, values ) == REG_FAILED) return false;
    for (unsigned int i = 0; i < VALUE_COUNT; i++)
        if (!strcmp( values[i].data, OUR_DATA )) return write_old_values( prefix->registry, 0, values );
    return true;
}

/* Somebody may have changed a value since we set it: such a value stays. */
bool registry_restore( const struct prefix *prefix, const struct wine *wine )
{
    struct value before[VALUE_COUNT], values[VALUE_COUNT];
    unsigned int missing;
    bool done = true;

    if (!registry_is_set( prefix )) return true;
    if (!read_old_values( prefix->registry, &missing, before )) return false;
    if (query_values( wine, KEY, values ) == REG_FAILED) return false;
    for (unsigned int i = 0; i < VALUE_COUNT; i++)
    {
        if (strcmp( values[i].data, OUR_DATA )) continue;
        if (!*before[i].type) done = delete_value( wine, i ) && done;
        else if (strcmp( before[i].data, OUR_DATA ))
            done = set_value( wine, value_names[i], before[i].type, before[i].data ) && done;
    }
    for (unsigned int i = 0; i < KEY_COUNT && i < missing; i++) delete_empty_key( wine, keys[i] );
    atomic_file_clean( prefix->registry );
    if (!done || atomic_file_remove( prefix->registry )) return done;
    return message_error( "%s: %s", prefix->registry, strerror( errno ) );
}
