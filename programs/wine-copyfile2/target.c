/* SPDX-License-Identifier: MIT */

/* A target is one of the files that we put into a prefix, together with what was in its place before. The process may
 * be stopped between any two steps. Their order sees to it that something complete is then in the place, and that the
 * next process knows what it is. */

#include "target.h"
#include "atomic_file.h"
#include "message.h"
#include "pe_exports.h"

#include <stdlib.h>
#include <string.h>

void target_open( struct target *target, const struct prefix *prefix, const char *folder, const char *name )
{
    char *path = text_format( "%s/%s", folder, name );

    target->folder = folder;
    target->name = name;
    target->path = prefix_windows_path( prefix, path );
    target->original = text_format( "%s/%s-%s", prefix->folder, folder, name );
    target->absent = text_format( "%s.absent", target->original );
    free( path );
}

void target_close( struct target *target )
{
    free( target->path );
    free( target->original );
    free( target->absent );
}

/* True means that it is known what was in the place before: a file, or none. */
static bool is_kept( const struct target *target )
{
    return file_exists( target->original ) || file_exists( target->absent );
}

/* Wine and Proton put their own DLLs back now and then, so the file itself has to tell whose it is. Only we have a
 * reason to bring a copyfile2.dll. */
static bool is_ours( const struct target *target )
{
    struct bytes bytes;
    bool ours;

    if (!strcmp( target->name, "copyfile2.dll" )) return is_kept( target ) && file_exists( target->path );
    if (!file_read( target->path, &bytes )) return false;
    ours = pe_exports_is_result( bytes.data, bytes.size );
    free( bytes.data );
    return ours;
}

/* Keeps the file that is in the place, or writes down that there is none. False comes with errno. */
static bool keep_original( const struct target *target )
{
    if (file_exists( target->path ))
        return atomic_file_duplicate( target->path, target->original ) && atomic_file_remove( target->absent );
    return atomic_file_write( target->absent, "", 0, 0644 ) && atomic_file_remove( target->original );
}

bool target_install( const struct target *target, struct bytes bytes )
{
    if (!is_ours( target ) && !keep_original( target )) return false;
    return atomic_file_write( target->path, bytes.data, bytes.size, 0644 );
}

bool target_restore( const struct target *target )
{
    bool ours = is_ours( target ), done = true;

    if (ours && file_exists( target->original )) done = atomic_file_move( target->original, target->path );
    /* No file was kept. When ours is gone, Wine makes its own again at the next update of the prefix. */
    else if (ours) done = atomic_file_remove( target->path );
    if (!done) return false;

    atomic_file_clean( target->path );
    atomic_file_clean( target->original );
    atomic_file_clean( target->absent );
    return atomic_file_remove( target->original ) && atomic_file_remove( target->absent );
}
