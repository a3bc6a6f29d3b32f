/* SPDX-License-Identifier: MIT */

/* Wine finds the functions of a host half by a table. This file has that table, and a function for each call. */

#include "unix/host.h"

#include <string.h>

#define REVISION_MISMATCH ( (int32_t)0xc0000059 )

/* The status that a function answers only says that the call was carried out. The result is in the struct of the
 * call. */
typedef int32_t ( *unix_function )( void *params );

static int32_t call_hello( void *params )
{
    struct host_hello *hello = params;
    int alike = hello->build == HOST_BUILD && hello->calls == HOST_CALL_COUNT;

    hello->has_paths = alike && host_path_is_known();
    return hello->status = alike ? 0 : REVISION_MISMATCH;
}

static int32_t call_close( void *params )
{
    struct host_close *wanted = params;

    return wanted->status = close( wanted->file ) ? host_status_from_err( errno ) : 0;
}

static int32_t call_errno_name( void *params )
{
    const struct host_errno_name *wanted = params;
    const char *name = host_name_from_err( wanted->err );
    char *out = (char *)(uintptr_t)wanted->name;

    strncpy( out, name ? name : "an unknown errno", wanted->size );
    out[wanted->size - 1] = 0;
    return 0;
}

static int32_t call_path( void *params )
{
    host_path( params );
    return 0;
}

/* NFS, FUSE and the like may accept a write, and report its failure only at close (host_faults.c, late). So an error of
 * close fails the move. */
static void close_moved( struct host_move *move )
{
    bool failed = close( move->destination ) && errno != EINTR;

    if (failed && ( move->result == HOST_DONE || move->result == HOST_NOT_FOR_ME ))
    {
        move->moved = 0; /* the close does not tell which bytes are lost */
        host_fail( move, HOST_WRITE_FAILED, errno );
    }
    close( move->source );
}

static void begin_move( struct host_move *move )
{
    move->moved = 0;
    move->result = HOST_DONE;
    move->why = HOST_WHY_ERRNO;
    move->err = 0;
    move->status = 0;
    move->threads = 0;
}

static void move_by( void ( *mover )( struct host_move *, struct host_pair * ), struct host_move *move )
{
    struct host_limit_guard guard;
    struct host_pair pair;

    begin_move( move );
    host_limit_guard_begin( &guard );
    if (host_pair_take( &pair, move )) mover( move, &pair );
    host_limit_guard_end( &guard );
    close_moved( move );
}

static int32_t call_clone( void *params )
{
    move_by( host_clone, params );
    return 0;
}

static int32_t call_copy_range( void *params )
{
    move_by( host_copy_range, params );
    return 0;
}

static int32_t call_read_write( void *params )
{
    move_by( host_read_write, params );
    return 0;
}

static int32_t call_ahead_end( void *params )
{
    host_ahead_end( params );
    return 0;
}

static int32_t call_reserve( void *params )
{
    struct host_reserve *reserve = params;
    struct host_limit_guard guard;

    host_limit_guard_begin( &guard );
    host_reserve( reserve );
    host_limit_guard_end( &guard );
    if (close( reserve->destination ) && errno != EINTR && !reserve->err)
    {
        reserve->err = errno;
        reserve->status = host_status_from_err( errno );
    }
    close( reserve->source );
    return 0;
}

static int32_t call_metadata( void *params )
{
    struct host_metadata *metadata = params;

    host_metadata( metadata );
    close( metadata->source );
    close( metadata->destination );
    return 0;
}

static int32_t call_small( void *params )
{
    struct host_small *small = params;
    struct host_limit_guard guard;
    struct host_pair pair;

    begin_move( &small->move );
    small->has_metadata = 0;
    small->mover = HOST_CALL_READ_WRITE;
    host_limit_guard_begin( &guard );
    if (host_pair_take( &pair, &small->move )) host_small( small, &pair );
    host_limit_guard_end( &guard );
    close_moved( &small->move );
    return 0;
}

static int32_t call_small_look( void *params )
{
    host_small_look( params );
    return 0;
}

static int32_t call_small_by_path( void *params )
{
    struct host_small_by_path *request = params;
    struct host_limit_guard guard;

    begin_move( &request->small.move );
    host_limit_guard_begin( &guard );
    host_small_by_path( request );
    host_limit_guard_end( &guard );
    return 0;
}

static int32_t call_name( void *params )
{
    host_index( params );
    return 0;
}

static int32_t call_streams( void *params )
{
    struct host_streams *streams = params;

    host_streams( streams );
    close( streams->file );
    return 0;
}

static int32_t call_attribute_copy( void *params )
{
    struct host_attribute_copy *copy = params;

    host_attribute_copy( copy );
    close( copy->source );
    close( copy->destination );
    return 0;
}

static int32_t call_link_look( void *params )
{
    host_link_look( params );
    return 0;
}

static int32_t call_link_copy( void *params )
{
    host_link_copy( params );
    return 0;
}

static int32_t call_link_remove( void *params )
{
    host_link_remove( params );
    return 0;
}

static int32_t call_link_compare( void *params )
{
    struct host_link *link = params;

    host_link_compare( link );
    close( link->file );
    return 0;
}

/* clang-format off */
#define TABLE                                        \
    {                                                \
        [HOST_CALL_HELLO] = call_hello,              \
        [HOST_CALL_CLOSE] = call_close,              \
        [HOST_CALL_ERRNO_NAME] = call_errno_name,    \
        [HOST_CALL_PATH] = call_path,                \
        [HOST_CALL_CLONE] = call_clone,              \
        [HOST_CALL_COPY_RANGE] = call_copy_range,    \
        [HOST_CALL_READ_WRITE] = call_read_write,    \
        [HOST_CALL_AHEAD_END] = call_ahead_end,      \
        [HOST_CALL_RESERVE] = call_reserve,          \
        [HOST_CALL_METADATA] = call_metadata,        \
        [HOST_CALL_NAME] = call_name,                \
        [HOST_CALL_SMALL] = call_small,              \
        [HOST_CALL_SMALL_LOOK] = call_small_look,                \
        [HOST_CALL_SMALL_BY_PATH] = call_small_by_path,              \
        [HOST_CALL_STREAMS] = call_streams,          \
        [HOST_CALL_ATTRIBUTE_COPY] = call_attribute_copy, \
        [HOST_CALL_LINK_LOOK] = call_link_look,      \
        [HOST_CALL_LINK_COPY] = call_link_copy,      \
        [HOST_CALL_LINK_REMOVE] = call_link_remove,  \
        [HOST_CALL_LINK_COMPARE] = call_link_compare,\
    }
/* clang-format on */

/* Wine takes the second table for 32-bit programs on a 64-bit Wine. The structs have one layout, so both tables hold
 * the same functions. */
extern const unix_function __wine_unix_call_funcs[], __wine_unix_call_wow64_funcs[];
__attribute__( ( visibility( "default" ) ) ) const unix_function __wine_unix_call_funcs[] = TABLE;
__attribute__( ( visibility( "default" ) ) ) const unix_function __wine_unix_call_wow64_funcs[] = TABLE;

_Static_assert( sizeof( __wine_unix_call_funcs ) == HOST_CALL_COUNT * sizeof( unix_function ), "a call is missing" );
_Static_assert( sizeof( __wine_unix_call_wow64_funcs ) == HOST_CALL_COUNT * sizeof( unix_function ),
                "a call is missing" );
