/* SPDX-License-Identifier: MIT */

/* What host_lease_test hears of a folder that it watches. */

#include "host_lease_test.h"
#include "host_fakes.h"

#include <string.h>

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
