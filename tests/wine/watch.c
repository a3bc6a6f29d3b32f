/* SPDX-License-Identifier: MIT */

/* Tells what a Linux program hears of the names in a folder. `watch FOLDER` prints `ready` once it listens, and then a
 * line `NAME EVENT` for each event. It ends with the first event of the name `end`. */

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

static const struct
{
    uint32_t mask;
    const char *name;
} events[] = {
    { .mask = IN_CREATE, .name = "CREATE" },           { .mask = IN_OPEN, .name = "OPEN" },
    { .mask = IN_MODIFY, .name = "MODIFY" },           { .mask = IN_ATTRIB, .name = "ATTRIB" },
    { .mask = IN_CLOSE_WRITE, .name = "CLOSE_WRITE" }, { .mask = IN_DELETE, .name = "DELETE" },
    { .mask = IN_MOVED_FROM, .name = "MOVED_FROM" },   { .mask = IN_MOVED_TO, .name = "MOVED_TO" },
};

static void tell( const struct inotify_event *event )
{
    for (size_t i = 0; i < sizeof( events ) / sizeof( events[0] ); i++)
        if (event->mask & events[i].mask) printf( "%s %s\n", event->name, events[i].name );
}

/* Prints the events up to one of the name `end`. True when there is none of that name. */
static int tell_all( const char *buffer, ssize_t size )
{
    const struct inotify_event *event;

    for (ssize_t at = 0; at < size; at += (ssize_t)( sizeof( *event ) + event->len ))
    {
        event = (const struct inotify_event *)( buffer + at );
        if (!event->len) continue;
        if (!strcmp( event->name, "end" )) return 0;
        tell( event );
    }
    return 1;
}

int main( int argc, char **argv )
{
    char buffer[65536] __attribute__( ( aligned( __alignof__( struct inotify_event ) ) ) );
    int inotify = inotify_init1( IN_CLOEXEC );
    uint32_t wanted = 0;
    ssize_t size;

    for (size_t i = 0; i < sizeof( events ) / sizeof( events[0] ); i++) wanted |= events[i].mask;
    if (argc != 2 || inotify == -1 || inotify_add_watch( inotify, argv[1], wanted ) == -1) return 1;
    printf( "ready\n" );
    fflush( stdout );
    while (( size = read( inotify, buffer, sizeof( buffer ) ) ) > 0)
        if (!tell_all( buffer, size )) return 0;
    return 1;
}
