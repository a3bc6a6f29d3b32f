/* SPDX-License-Identifier: MIT */

/* This shows every phase that an ERROR message can name, by a rehearsed fault. docs/phases.md has what this prints. */

#include "probe.h"

/* A fault names the phase, the errno, and which operation of the phase fails. The second operation of PREPARE_DEST is
 * the room on the disk. */
static const struct
{
    const char *fault;
    DWORD flags;
} phases[] = {
    { .fault = "NONE:ENAMETOOLONG@1", .flags = 0 },
    { .fault = "PREPARE_SOURCE:EACCES@1", .flags = 0 },
    { .fault = "PREPARE_DEST:ENOSPC@2", .flags = 0 },
    { .fault = "READ_SOURCE:EIO@2", .flags = 0 },
    { .fault = "SERVER_COPY:EIO@1", .flags = 0 },
    { .fault = "WRITE_DESTINATION:ENOSPC@2", .flags = 0 },
    { .fault = "WRITE_DESTINATION:ENOSPC@2", .flags = COPY_FILE_RESTARTABLE },
    { .fault = "NAMEGRAFT_COPY:EROFS@1", .flags = COPY_FILE_COPY_SYMLINK },
};

void probe_phases( void )
{
    if (!engine_is_ours())
    {
        skip( "only our own engine rehearses" );
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE( phases ); i++)
    {
        probe_begin( 6000 );
        trace( "COPYFILE2_FAULT=%s, flags %#lx:", phases[i].fault, phases[i].flags );
        SetEnvironmentVariableA( "COPYFILE2_FAULT", phases[i].fault );
        probe_copy( SOURCE, DESTINATION, &( struct probe ){ .io_size = 4096, .flags = phases[i].flags } );
        SetEnvironmentVariableA( "COPYFILE2_FAULT", NULL );
    }
}
