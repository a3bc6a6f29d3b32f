/* SPDX-License-Identifier: MIT */

/* Somebody may delete our folder, or copy a prefix without it. Our DLLs are then in place, and nobody knows what was
 * there before. The DLLs that this Wine maps are what Wine itself would put there, so they become the originals. */

#include "adopt.h"
#include "message.h"
#include "pe_exports.h"
#include "shipped.h"
#include "target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *const adopt_wine_dlls[PROBED_COUNT] = { "kernel32.dll", "kernelbase.dll" };

static bool target_is( const struct prefix *prefix, const char *folder, const char *name,
                       bool ( *question )( const struct target *target ) )
{
    struct target target;
    bool answer;

    target_open( &target, prefix, folder, name );
    answer = question( &target );
    target_close( &target );
    return answer;
}

bool adopt_is_needed( const struct prefix *prefix )
{
    static const char *const folders[] = { "system32", "syswow64" };

    for (unsigned int i = 0; i < sizeof( folders ) / sizeof( folders[0] ); i++)
        for (unsigned int j = 0; j < PROBED_COUNT; j++)
            if (prefix_holds( prefix, folders[i] ) &&
                target_is( prefix, folders[i], adopt_wine_dlls[j], target_is_lost ))
                return true;
    return false;
}

bool adopt_read( const char *path, struct bytes *bytes )
{
    if (!file_read( path, bytes )) return message_error( "%s: %s", path, strerror( errno ) );
    if (!pe_exports_is_result( bytes->data, bytes->size )) return true;
    free( bytes->data );
    bytes->data = NULL;
    return message_error( "%s is a file of ours, where Wine should map its own", path );
}

/* Reads the file at path, and makes it the original. With NULL, there was none. False comes with a message. */
static bool adopt( const struct prefix *prefix, const char *folder, const char *name, const char *path )
{
    struct bytes bytes = { NULL, 0 };
    struct target target;
    bool done = !path || adopt_read( path, &bytes );

    target_open( &target, prefix, folder, name );
    if (done && !target_adopt( &target, bytes )) done = message_error( "%s: %s", target.original, strerror( errno ) );
    target_close( &target );
    free( bytes.data );
    return done;
}

/* A shipped file is ours when it lies beside our forwarders. adopt_is_needed asks about the forwarders alone, so the
 * shipped files come first. A process that is stopped in between then leaves nothing out. */
bool adopt_folder( const struct prefix *prefix, const char *folder, const struct probed *found )
{
    bool ours = false, done = true;

    for (unsigned int i = 0; i < PROBED_COUNT; i++)
        ours = ours || target_is( prefix, folder, adopt_wine_dlls[i], target_is_ours );
    for (unsigned int i = 0; i < SHIPPED_COUNT && ours && done; i++)
        if (target_is( prefix, folder, shipped_names[i], target_is_lost ))
            done = adopt( prefix, folder, shipped_names[i], NULL );
    for (unsigned int i = 0; i < PROBED_COUNT && done; i++)
        if (target_is( prefix, folder, adopt_wine_dlls[i], target_is_lost ))
            done = adopt( prefix, folder, adopt_wine_dlls[i], found->files[i] );
    return done;
}
