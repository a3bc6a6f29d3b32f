/* SPDX-License-Identifier: MIT */

/* One of the files that we put into a prefix, and what was in its place before. The order of the steps is such that a
 * process that ends between any two leaves something complete in the place, and the next one knows what it is. */

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

static bool is_kept( const struct target *target )
{
    return file_exists( target->original ) || file_exists( target->absent );
}

/* Wine and Proton put their own DLLs back now and then. Only we have a reason to bring a copyfile2.dll. */
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
    /* without a record Wine makes its file again at the next update of the prefix */
    else if (ours) done = atomic_file_remove( target->path );
    if (!done) return false;

    atomic_file_clean( target->path );
    atomic_file_clean( target->original );
    atomic_file_clean( target->absent );
    return atomic_file_remove( target->original ) && atomic_file_remove( target->absent );
}
