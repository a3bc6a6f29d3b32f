/* SPDX-License-Identifier: MIT */

/* The rules of faultfs stand one a line:
 *
 *     fail OPERATION ERRNO [WHICH]...       the call fails
 *     short OPERATION BYTES [WHICH]...      read and write take no more than that
 *     delay OPERATION MILLISECONDS [WHICH]...
 *     size getattr BYTES [WHICH]...         the file says that it has so many bytes
 *     die OPERATION [WHICH]...              the daemon ends at once: whoever has files open gets ENOTCONN
 *     clear                                 no rules any more, and all counts are 0
 *
 * WHICH says which calls are meant. Without one all are. "at N" is the Nth such call from now, and no other. "offset
 * BYTES" is calls that reach behind that offset. "name NAME" is calls for a file of this name, in any folder. "until
 * OPERATION" ends the rule with the first such call for a file that it is meant for. */

#include "rules.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *const names[] = {
    [OP_CHMOD] = "chmod",       [OP_COPY_FILE_RANGE] = "copy_file_range",
    [OP_CREATE] = "create",     [OP_FALLOCATE] = "fallocate",
    [OP_FLUSH] = "flush",       [OP_FSYNC] = "fsync",
    [OP_GETATTR] = "getattr",   [OP_GETXATTR] = "getxattr",
    [OP_LSEEK] = "lseek",       [OP_OPEN] = "open",
    [OP_READ] = "read",         [OP_READLINK] = "readlink",
    [OP_RELEASE] = "release",   [OP_RENAME] = "rename",
    [OP_SETXATTR] = "setxattr", [OP_SYMLINK] = "symlink",
    [OP_TRUNCATE] = "truncate", [OP_UNLINK] = "unlink",
    [OP_UTIMENS] = "utimens",   [OP_WRITE] = "write",
};
_Static_assert( sizeof( names ) / sizeof( names[0] ) == OP_COUNT, "an operation has no name" );

enum effect
{
    EFFECT_FAIL,
    EFFECT_SHORT,
    EFFECT_DELAY,
    EFFECT_SIZE,
    EFFECT_DIE,
    EFFECT_COUNT
};

struct rule
{
    enum effect effect;
    enum operation operation;
    long value;       /* errno, bytes or milliseconds */
    long at;          /* 0: every call */
    long long offset; /* -1: any */
    int until;        /* an operation; -1: the rule holds until it is cleared */
    char name[256];   /* "": any */
};

static struct rule rules[32];
static size_t count;
static struct
{
    unsigned long calls, hits;
} counts[OP_COUNT];

static bool is_meant( const struct rule *rule, enum operation operation, const char *path, off_t offset, size_t size )
{
    const char *slash = strrchr( path, '/' );

    if (rule->operation != operation && rule->until != (int)operation) return false;
    if (rule->offset >= 0 && offset + (off_t)size <= rule->offset) return false;
    return !rule->name[0] || !strcmp( rule->name, slash ? slash + 1 : path );
}

/* Counts the call, and answers whether it is its turn. */
static bool is_due( struct rule *rule, enum operation operation )
{
    if (rule->until == (int)operation) rule->at = -1;
    if (rule->operation != operation || rule->at < 0) return false;
    if (!rule->at) return true;
    if (--rule->at) return false;
    rule->at = -1; /* its turn is over */
    return true;
}

static int apply( const struct rule *rule, size_t *size )
{
    struct timespec pause = { rule->value / 1000, rule->value % 1000 * 1000000 };

    switch (rule->effect)
    {
    case EFFECT_FAIL: counts[rule->operation].hits++; return -(int)rule->value;
    case EFFECT_DIE: _exit( 0 );
    case EFFECT_COUNT: break;
    case EFFECT_DELAY: nanosleep( &pause, NULL ); return 0;
    case EFFECT_SIZE:
        counts[rule->operation].hits++;
        if (size) *size = (size_t)rule->value;
        return 0;
    case EFFECT_SHORT:
        if (size && *size > (size_t)rule->value)
        {
            counts[rule->operation].hits++;
            *size = (size_t)rule->value;
        }
        return 0;
    }
    return 0;
}

int rules_ask( enum operation operation, const char *path, off_t offset, size_t *size )
{
    int ret = 0;

    counts[operation].calls++;
    for (size_t i = 0; i < count && !ret; i++)
        if (rules[i].at >= 0 && is_meant( &rules[i], operation, path, offset, size ? *size : 1 ) &&
            is_due( &rules[i], operation ))
            ret = apply( &rules[i], size );
    return ret;
}

static bool take_operation( const char *word, enum operation *operation )
{
    for (int i = 0; word && i < OP_COUNT; i++)
    {
        if (strcmp( names[i], word )) continue;
        *operation = i;
        return true;
    }
    return false;
}

static bool take_number( const char *word, long long *number )
{
    char *end;

    if (!word || !*word) return false;
    *number = strtoll( word, &end, 10 );
    return !*end && *number >= 0;
}

static bool take_value( const char *word, enum effect effect, long *value )
{
    long long number;

    if (effect == EFFECT_DIE) return true;
    if (effect == EFFECT_FAIL)
    {
        for (*value = 1; word && *value < 200; ( *value )++)
            if (strerrorname_np( (int)*value ) && !strcmp( word, strerrorname_np( (int)*value ) )) return true;
        return false;
    }
    if (!take_number( word, &number )) return false;
    *value = (long)number;
    return true;
}

static bool take_which( struct rule *rule, char **rest )
{
    enum operation until;
    long long number;

    for (const char *word; ( word = strtok_r( NULL, " ", rest ) );)
    {
        const char *value = strtok_r( NULL, " ", rest );

        if (!value) return false;
        if (!strcmp( word, "name" )) snprintf( rule->name, sizeof( rule->name ), "%s", value );
        else if (!strcmp( word, "until" ) && take_operation( value, &until )) rule->until = (int)until;
        else if (!take_number( value, &number )) return false;
        else if (!strcmp( word, "at" ) && number) rule->at = (long)number;
        else if (!strcmp( word, "offset" )) rule->offset = number;
        else return false;
    }
    return true;
}

static bool take_rule( char *line )
{
    static const char *const effects[EFFECT_COUNT] = { "fail", "short", "delay", "size", "die" };
    struct rule rule = { .offset = -1, .until = -1 };
    char *rest, *word = strtok_r( line, " ", &rest );
    int effect = 0;

    if (!word) return true;
    if (!strcmp( word, "clear" ))
    {
        count = 0;
        memset( counts, 0, sizeof( counts ) );
        return true;
    }
    while (effect < EFFECT_COUNT && strcmp( effects[effect], word )) effect++;
    if (effect == EFFECT_COUNT || count == sizeof( rules ) / sizeof( rules[0] )) return false;
    rule.effect = effect;
    if (!take_operation( strtok_r( NULL, " ", &rest ), &rule.operation )) return false;
    if (effect != EFFECT_DIE && !take_value( strtok_r( NULL, " ", &rest ), effect, &rule.value )) return false;
    if (!take_which( &rule, &rest )) return false;
    rules[count++] = rule;
    return true;
}

int rules_take( const char *text, size_t size )
{
    char *copy = strndup( text, size ), *rest;
    bool good = copy;

    for (char *line = copy ? strtok_r( copy, "\r\n", &rest ) : NULL; good && line;
         line = strtok_r( NULL, "\r\n", &rest ))
        good = take_rule( line );
    free( copy );
    return good ? 0 : -EINVAL;
}

size_t rules_tell( char *text, size_t size )
{
    size_t length = 0;

    for (int i = 0; i < OP_COUNT; i++)
        length +=
            (size_t)snprintf( text + length, size - length, "%s %lu %lu\n", names[i], counts[i].calls, counts[i].hits );
    return length;
}
