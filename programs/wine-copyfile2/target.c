/* SPDX-License-Identifier: MIT */

/* A target is one of the files that we put into a prefix, together with what was in its place before. The process may
 * be stopped between any two steps. Their order sees to it that something complete is then in the place, and that the
 * next process knows what it is. */

#include "target.h"
#include "atomic_file.h"
#include "message.h"
#include "pe_exports.h"
#include "shipped.h"

#include <errno.h>
#include <stdlib.h>

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

/* True means that the place belongs to one of Wine's DLLs. No program starts without these, but every program starts
 * without the files that we ship. */
static bool is_wines( const struct target *target )
{
    return !shipped_is( target->name );
}

enum contents
{
    CONTENTS_NONE, /* no file, one that cannot be read, or no DLL */
    CONTENTS_OURS, /* a DLL with our forwarders */
    CONTENTS_THEIRS
};

/* Wine and Proton put their own DLLs back now and then, so the file itself has to tell whose it is. */
static enum contents contents_of( const char *path )
{
    enum contents contents = CONTENTS_NONE;
    struct pe_image image;
    struct bytes bytes;

    if (!file_read( path, &bytes )) return CONTENTS_NONE;
    if (pe_exports_is_result( bytes.data, bytes.size )) contents = CONTENTS_OURS;
    else if (!pe_open( &image, bytes.data, bytes.size )) contents = CONTENTS_THEIRS;
    free( bytes.data );
    return contents;
}

/* True means that it is known what was in the place before: a file, or none. The original of one of Wine's DLLs has to
 * be there and whole, because the prefix needs it again. */
static bool is_kept( const struct target *target )
{
    if (is_wines( target )) return contents_of( target->original ) == CONTENTS_THEIRS;
    return file_exists( target->original ) || file_exists( target->absent );
}

bool target_is_ours( const struct target *target )
{
    if (is_wines( target )) return contents_of( target->path ) == CONTENTS_OURS;
    return is_kept( target ) && file_exists( target->path );
}

bool target_is_lost( const struct target *target )
{
    if (is_wines( target )) return target_is_ours( target ) && !is_kept( target );
    return !is_kept( target );
}

bool target_adopt( const struct target *target, struct bytes original )
{
    if (!is_wines( target ))
        return atomic_file_write( target->absent, "", 0, 0644 ) && atomic_file_remove( target->original );
    return atomic_file_write( target->original, original.data, original.size, 0644 ) &&
           atomic_file_remove( target->absent );
}

/* Keeps what is in the place. Where one of Wine's files is missing or broken, the one that was kept before stays, or
 * wines becomes the original. False comes with errno. */
static bool keep_original( const struct target *target, struct bytes wines )
{
    bool present = is_wines( target ) ? contents_of( target->path ) != CONTENTS_NONE : file_exists( target->path );

    if (present) return atomic_file_duplicate( target->path, target->original ) && atomic_file_remove( target->absent );
    return ( is_wines( target ) && is_kept( target ) ) || target_adopt( target, wines );
}

bool target_install( const struct target *target, struct bytes bytes, struct bytes wines )
{
    if (target_is_ours( target ) ? target_is_lost( target ) && !target_adopt( target, wines )
                                 : !keep_original( target, wines ))
        return false;
    return atomic_file_write( target->path, bytes.data, bytes.size, 0644 );
}

/* Puts the original into the place of a file that is ours, or of one of Wine's that is missing or broken. False comes
 * with errno. */
static bool put_back( const struct target *target )
{
    if (is_wines( target ))
    {
        enum contents contents = contents_of( target->path );

        if (contents == CONTENTS_THEIRS) return true;
        if (is_kept( target )) return atomic_file_move( target->original, target->path );
        errno = ENODATA;
        return contents != CONTENTS_OURS;
    }
    if (!target_is_ours( target )) return true;
    if (file_exists( target->original )) return atomic_file_move( target->original, target->path );
    return atomic_file_remove( target->path );
}

bool target_restore( const struct target *target )
{
    if (!put_back( target )) return false;
    atomic_file_clean( target->path );
    atomic_file_clean( target->original );
    atomic_file_clean( target->absent );
    return atomic_file_remove( target->original ) && atomic_file_remove( target->absent );
}
