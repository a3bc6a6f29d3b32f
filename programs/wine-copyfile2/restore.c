/* SPDX-License-Identifier: MIT */

/* This file puts back into a prefix what was there before us. */

#include "restore.h"
#include "adopt.h"
#include "atomic_file.h"
#include "helper.h"
#include "message.h"
#include "record.h"
#include "shipped.h"
#include "target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *const restore_folders[RESTORE_FOLDERS] = { "system32", "syswow64" };

void restore_missing( const struct prefix *prefix )
{
    for (unsigned int i = 0; i < RESTORE_FOLDERS; i++)
        for (unsigned int j = 0; j < PROBED_COUNT; j++)
        {
            struct target target;

            target_open( &target, prefix, restore_folders[i], adopt_wine_dlls[j] );
            if (file_stamp( target.path ).size < 0) target_restore( &target );
            target_close( &target );
        }
}

/* False comes with a message. */
static bool restore( const struct prefix *prefix, const char *folder, const char *name )
{
    struct target target;
    bool done;

    target_open( &target, prefix, folder, name );
    done = target_restore( &target );
    if (!done)
        message_error( "%s: %s", target.path,
                       errno == ENODATA ? "it has to stay, because Wine's own file is lost" : strerror( errno ) );
    target_close( &target );
    return done;
}

/* A record that is lost or was never written tells nothing about this Wine, so Wine is asked then too. Only the helper
 * can ask, and a prefix without it never had sections of our files. */
bool restore_asks_wine( const struct prefix *prefix )
{
    char *helper = prefix_windows_path( prefix, "system32/" SHIPPED_HELPER );
    bool asks = file_exists( helper );
    struct record record;

    free( helper );
    if (asks && record_load( &record, prefix->record ))
    {
        asks = !strcmp( record.conditions[RECORD_SECTIONS], RECORD_SECTIONS_YES );
        record_free( &record );
    }
    return asks;
}

/* A forwarder must never lead nowhere. So our own files go last, after all programs get Wine's DLLs, and a folder
 * keeps them while a DLL there still leads to them. The record goes when nothing else is to be done. */
bool restore_all( const struct prefix *prefix, const struct wine *wine )
{
    bool is_back[RESTORE_FOLDERS], done = true;

    for (unsigned int i = 0; i < RESTORE_FOLDERS; i++)
    {
        is_back[i] = true;
        for (unsigned int j = 0; j < PROBED_COUNT; j++)
            is_back[i] = restore( prefix, restore_folders[i], adopt_wine_dlls[j] ) && is_back[i];
    }
    if (wine->command && restore_asks_wine( prefix )) helper_drop( wine );
    for (unsigned int i = 0; i < RESTORE_FOLDERS; i++)
    {
        for (unsigned int j = 0; j < SHIPPED_COUNT && is_back[i]; j++)
            is_back[i] = restore( prefix, restore_folders[i], shipped_names[j] );
        done = done && is_back[i];
    }
    atomic_file_clean( prefix->record );
    if (done && !atomic_file_remove( prefix->record ))
        done = message_error( "%s: %s", prefix->record, strerror( errno ) );
    return done;
}
