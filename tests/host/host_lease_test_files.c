/* SPDX-License-Identifier: MIT */

/* These make and compare the files of host_lease_test, and tell what a watcher of their folder hears. */

#include "host_lease_test.h"
#include "host_fakes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void write_file( const char *name, size_t size, char seed )
{
    FILE *file = fopen( name, "w" );

    if (!file) abort();
    for (size_t i = 0; i < size; i++) putc( (char)( i * 7 + i / 256 + (size_t)seed ), file );
    fclose( file );
}

bool holds( const char *name, size_t size, char seed )
{
    FILE *file = fopen( name, "r" );
    bool same = file;

    for (size_t i = 0; same && i < size; i++) same = (char)getc( file ) == (char)( i * 7 + i / 256 + (size_t)seed );
    same = same && getc( file ) == EOF;
    if (file) fclose( file );
    return same;
}

void host_lease_hear( int watch, const char *name, char *text )
{
    char buffer[4096] __attribute__( ( aligned( __alignof__( struct inotify_event ) ) ) );
    const struct inotify_event *event;
    ssize_t got = read( watch, buffer, sizeof( buffer ) );

    for (ssize_t at = 0; at < got; at += (ssize_t)( sizeof( *event ) + event->len ))
    {
        event = (const struct inotify_event *)( buffer + at );
        if (!event->len) continue;
        if (strcmp( event->name, name )) *text++ = '?';
        else if (event->mask & IN_CREATE) *text++ = 'c';
        else if (event->mask & IN_MODIFY) *text++ = 'm';
        else if (event->mask & IN_ATTRIB) *text++ = 'a';
        else if (event->mask & IN_CLOSE_WRITE) *text++ = 'w';
        else if (event->mask & IN_DELETE) *text++ = 'd';
        else *text++ = '!';
    }
    *text = 0;
}
