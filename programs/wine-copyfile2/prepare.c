/* SPDX-License-Identifier: MIT */

/* This file puts into a prefix what leads its programs to our CopyFile2. It does so for each kind of programs that the
 * prefix can run. The files that we ship come first. Then come copies of the kernel32.dll and kernelbase.dll that this
 * very Wine maps. In these, CopyFile2 or all functions that copy are forwarded to copyfile2.dll. At last a program of
 * each kind tells whether it gets our functions. */

#include "prepare.h"
#include "adopt.h"
#include "forwarders.h"
#include "helper.h"
#include "message.h"
#include "pe_exports.h"
#include "probe.h"
#include "record.h"
#include "registry.h"
#include "restore.h"
#include "shipped.h"
#include "target.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

/* Each command starts a cmd.exe. The first one is of the kind that the loader takes for system32, the others are of 32
 * and of 64 bits. */
static const char *const cmd_native[] = { "C:\\windows\\system32\\cmd.exe", "/d", "/q", NULL };
static const char *const cmd32[] = { "C:\\windows\\syswow64\\cmd.exe", "/d", "/q", NULL };
/* A 32-bit loader that asks for system32 gets the 32-bit folder, and it does not know sysnative. A program that runs
 * does, so start, which is such a program, starts the 64-bit cmd.exe. */
static const char *const cmd64[] = { "start", "/wait", "/b", "C:\\windows\\sysnative\\cmd.exe", "/d", "/q", NULL };

/* A 64-bit prefix also runs programs of the width that the loader does not have. */
struct other_kind
{
    const char *folder;
    uint16_t machine;
    const char *const *cmd;
    const char *const *helper;
};
static const struct other_kind other32 = {
    .folder = "syswow64", .machine = PE_MACHINE_I386, .cmd = cmd32, .helper = helper_32
};
static const struct other_kind other64 = {
    .folder = "system32", .machine = PE_MACHINE_X86_64, .cmd = cmd64, .helper = helper_64
};
#define KINDS_MAX 2

/* Every step needs the prefix and the Wine, and adds to the record of what was done. */
struct work
{
    const struct prefix *prefix;
    const struct wine *wine;
    bool undoing; /* whether the files are about to go, so that only lost originals are sought */
    struct record record;
    const char *const *helpers[KINDS_MAX]; /* the commands by which the kinds that were prepared are asked */
    unsigned int helper_count;
};

/* Answers the machine of a PE file, or 0 when the file is none. */
static uint16_t read_machine( const char *path )
{
    struct pe_image image;
    struct bytes bytes;
    uint16_t machine = 0;

    if (!file_read( path, &bytes )) return 0;
    if (!pe_open( &image, bytes.data, bytes.size )) machine = image.machine;
    free( bytes.data );
    return machine;
}

static bool windows_file_exists( const struct work *work, const char *name )
{
    char *path = prefix_windows_path( work->prefix, name );
    bool exists = file_exists( path );

    free( path );
    return exists;
}

/* ---- installing -------------------------------------------------------------------------------------------------- */

/* Puts one file into the prefix and adds it to the record. wines is Wine's own file of this name, if Wine has one.
 * False comes with a message. */
static bool install( struct work *work, const char *folder, const char *name, struct bytes bytes, struct bytes wines )
{
    struct target target;
    bool done;

    target_open( &target, work->prefix, folder, name );
    done = target_install( &target, bytes, wines );
    if (done)
        record_add( &work->record, RECORD_INSTALLED, target.path, file_stamp( target.path ), bytes_hash( bytes ) );
    else message_error( "%s: %s", target.path, strerror( errno ) );
    target_close( &target );
    return done;
}

/* Reads a file that ours are made from, and adds it to the record. False comes with a message. */
static bool read_source( struct work *work, enum record_role role, const char *path, struct bytes *bytes )
{
    struct stamp stamp = file_stamp( path );

    if (!adopt_read( path, bytes )) return false;
    record_add( &work->record, role, path, stamp, bytes_hash( *bytes ) );
    return true;
}

/* Adds to the record that there is no such file, so that it is noticed when it appears. Frees the path. */
static void watch_absent( struct work *work, char *path )
{
    record_add( &work->record, RECORD_ABSENT, path, file_stamp( path ), 0 );
    free( path );
}

/* Wine 11.2 and later take a host half from beside the DLL, so it lies there as well. A build may have none; then the
 * record watches for one. */
static bool install_shipped( struct work *work, const char *folder, uint16_t machine, const char *name )
{
    char *path = shipped_file( machine, name );
    struct bytes bytes = { NULL, 0 }, none = { NULL, 0 };
    bool is_left_out = shipped_is_optional( name ) && !file_exists( path );
    bool done = is_left_out ||
                ( read_source( work, RECORD_SHIPPED, path, &bytes ) && install( work, folder, name, bytes, none ) );

    if (is_left_out) watch_absent( work, text_copy( path ) );
    free( bytes.data );
    free( path );
    return done;
}

/* Makes a copy of the DLL of Wine's at path in which our functions are forwarded, and puts it into the folder. False
 * comes with a message. */
static bool install_forwarding( struct work *work, const char *folder, enum probed_file file, const char *path )
{
    bool all = !strcmp( work->record.conditions[RECORD_FUNCTIONS], RECORD_FUNCTIONS_ALL );
    struct forwarders forwarders = forwarders_of( file, all );
    struct bytes bytes, result = { NULL, 0 };
    const char *wrong;
    bool done = false;

    if (!read_source( work, RECORD_SOURCE, path, &bytes )) return false;
    wrong = pe_exports_forward( bytes.data, bytes.size, forwarders.list, forwarders.count, &result.data, &result.size );
    if (wrong) message_error( "%s cannot be made to forward CopyFile2: %s", path, wrong );
    else done = install( work, folder, adopt_wine_dlls[file], result, bytes );
    free( result.data );
    free( bytes.data );
    return done;
}

/* A forwarder must never lead nowhere, so copyfile2.dll, its target, comes first. The helper's command is noted. False
 * comes with a message. */
static bool install_folder( struct work *work, const char *folder, const struct probed *found,
                            const char *const *helper )
{
    uint16_t machine = read_machine( found->files[PROBED_KERNEL32] );
    bool done = true;

    if (!adopt_folder( work->prefix, folder, found )) return false;
    if (work->undoing) return true;
    if (!machine) return message_error( "%s: cannot be read, or is no PE file", found->files[PROBED_KERNEL32] );
    if (!shipped_serves( machine ))
        return message_error( "%s: there is no copyfile2.dll for its kind of machine", found->files[PROBED_KERNEL32] );
    for (unsigned int i = 0; i < SHIPPED_COUNT && done; i++)
        done = install_shipped( work, folder, machine, shipped_names[i] );
    for (unsigned int i = 0; i < PROBED_COUNT && done; i++)
        done = install_forwarding( work, folder, i, found->files[i] );
    if (work->helper_count < KINDS_MAX) work->helpers[work->helper_count++] = helper;
    return done;
}

/* ---- which folders ----------------------------------------------------------------------------------------------- */

/* The other half of Wine may be installed later, and then the prefix has to be prepared again. A new half shows in the
 * prefix, or in the folder of the loader, so the record watches that place. */
static void watch_for_other_kind( struct work *work, char *loader )
{
    char *folder;

    if (!windows_file_exists( work, "syswow64/cmd.exe" ))
        watch_absent( work, prefix_windows_path( work->prefix, "syswow64/cmd.exe" ) );
    else if (loader)
    {
        folder = dirname( loader );
        record_add( &work->record, RECORD_FOLDER, folder, file_stamp( folder ), 0 );
    }
}

/* Prepares the folder for the other kind of programs in a 64-bit prefix. Many a 64-bit Wine has no 32-bit half: that is
 * no failure. False comes with a message. */
static bool install_other_kind( struct work *work, const struct other_kind *kind, const struct probed *first )
{
    char *dll = shipped_file( kind->machine, SHIPPED_DLL );
    struct probed found = { .reason = NULL };
    bool done = true;

    if (!work->undoing && !file_exists( dll )) watch_absent( work, text_copy( dll ) );
    else if (windows_file_exists( work, "syswow64/cmd.exe" ) &&
             probe( work->wine, kind->cmd, first->files[PROBED_KERNEL32], &found ))
        done = install_folder( work, kind->folder, &found, kind->helper );
    else watch_for_other_kind( work, first->loader );
    probed_free( &found );
    free( dll );
    return done;
}

/* A 32-bit loader of a 64-bit prefix is redirected to syswow64 when it asks for system32. So the machine of
 * system32/cmd.exe tells which folder the first kind of programs has. False comes with a message. */
static bool install_all( struct work *work, const struct probed *found )
{
    char *cmd = prefix_windows_path( work->prefix, "system32/cmd.exe" );
    bool redirected = read_machine( cmd ) != read_machine( found->files[PROBED_KERNEL32] );
    bool done;

    free( cmd );
    if (redirected)
        done = install_folder( work, "syswow64", found, helper_native ) && install_other_kind( work, &other64, found );
    else if (read_machine( found->files[PROBED_KERNEL32] ) == PE_MACHINE_I386)
        done = install_folder( work, "system32", found, helper_native );
    else done = install_folder( work, "system32", found, helper_native ) && install_other_kind( work, &other32, found );
    return done;
}

/* Files in place are not enough: a server that runs may still have those from before. False comes with a message. */
static bool make_ready( struct work *work )
{
    bool all = !strcmp( work->record.conditions[RECORD_FUNCTIONS], RECORD_FUNCTIONS_ALL ), known = false, done = true;

    for (unsigned int i = 0; i < work->helper_count && done; i++)
        done = helper_make_ready( work->wine, work->helpers[i], all, &known );
    if (known) record_set_sections( &work->record );
    return done;
}

/* A folder that two prefixes have in common would be prepared by one and taken back by the other. False comes with a
 * message. */
static bool check_folders( const struct prefix *prefix )
{
    static const char *const names[] = { ".", "system32", "syswow64" };

    for (unsigned int i = 0; i < sizeof( names ) / sizeof( names[0] ); i++)
        if (!prefix_holds( prefix, names[i] ))
        {
            char *path = prefix_windows_path( prefix, names[i] );

            message_error( "%s is a link out of the prefix, and other prefixes may use what is there", path );
            free( path );
            return false;
        }
    return true;
}

/* Finds out what this Wine maps. Where originals are lost, the record of the registry may be lost too. Once the
 * originals are adopted nothing shows that, so the registry comes first. False comes with a message. */
static bool probe_native( const struct work *work, const char *what, struct probed *found )
{
    if (adopt_is_needed( work->prefix ) && !registry_adopt( work->prefix, work->wine )) return false;
    if (probe( work->wine, cmd_native, NULL, found )) return true;
    message_error( "the prefix %s cannot be %s: %s", work->prefix->root, what, found->reason );
    probed_free( found );
    return false;
}

/* Prepares the prefix anew. Once files may have changed, a failure takes all of ours away. False comes with a
 * message. */
static bool refresh( struct work *work )
{
    struct probed found;
    bool done;

    if (!check_folders( work->prefix )) return false;
    restore_missing( work->prefix );
    record_add( &work->record, RECORD_WINE, work->wine->command, file_stamp( work->wine->command ), 0 );
    if (!probe_native( work, "prepared", &found )) return false;
    if (found.loader) record_add( &work->record, RECORD_WINE, found.loader, file_stamp( found.loader ), 0 );
    done = install_all( work, &found ) && make_ready( work );
    probed_free( &found );
    if (done && !record_save( &work->record, work->prefix->record ))
        done = message_error( "%s: %s", work->prefix->record,
                              errno == EILSEQ ? "the path of a file of Wine's or ours holds a line break"
                                              : strerror( errno ) );
    /* Half of our files, or old and new ones together, would be worse than none: remove them all. */
    if (!done) restore_all( work->prefix, work->wine );
    return done;
}

bool prepare_adopt( const struct prefix *prefix, const struct wine *wine )
{
    struct work work = { .prefix = prefix, .wine = wine, .undoing = true };
    struct probed found;
    bool done;

    restore_missing( prefix );
    if (!adopt_is_needed( prefix )) return true;
    if (!probe_native( &work, "restored", &found )) return false;
    done = install_all( &work, &found );
    probed_free( &found );
    record_free( &work.record );
    return done;
}

/* ---- for the commands -------------------------------------------------------------------------------------------- */

/* All who use a prefix share its files, so a choice of --all stays until disable, whoever prepares the prefix again.
 * Answers the value for RECORD_FUNCTIONS. */
static const char *functions_wanted( const struct prefix *prefix, const struct record *record )
{
    const char *before = record->conditions[RECORD_FUNCTIONS];

    if (prefix->all || ( before && !strcmp( before, RECORD_FUNCTIONS_ALL ) )) return RECORD_FUNCTIONS_ALL;
    return RECORD_FUNCTIONS_COPYFILE2;
}

char *prepare_find_change( const struct prefix *prefix, const struct wine *wine, bool thoroughly )
{
    struct record record, wanted;
    char *change;

    if (!record_load( &record, prefix->record )) return text_copy( "it has not been prepared" );
    record_begin( &wanted, wine->command, prefix->root, functions_wanted( prefix, &record ) );
    change = record_find_change( &record, &wanted );
    if (!change && thoroughly) change = record_find_damage( &record );
    record_free( &wanted );
    record_free( &record );
    return change;
}

/* Another process may have prepared the prefix while this one waited for the lock, so this looks again first. */
bool prepare_locked( struct prefix *prefix, const struct wine *wine )
{
    struct work work = { .prefix = prefix, .wine = wine };
    char *change = prepare_find_change( prefix, wine, false );
    struct record before;
    bool done;

    if (!change) return true;
    free( change );
    record_load( &before, prefix->record );
    record_begin( &work.record, wine->command, prefix->root, functions_wanted( prefix, &before ) );
    record_free( &before );
    done = refresh( &work );
    record_free( &work.record );
    return done;
}

bool prepare( struct prefix *prefix, const struct wine *wine )
{
    char *change = prepare_find_change( prefix, wine, false );
    bool done = true;

    if (change)
    {
        done = prefix_lock( prefix ) && prepare_locked( prefix, wine );
        if (!done) message_error( "%s needs to be prepared: %s", prefix->root, change );
        prefix_unlock( prefix );
        free( change );
    }
    if (done) prepare_tell_choice( prefix );
    return done;
}

void prepare_tell_choice( const struct prefix *prefix )
{
    struct record record;

    if (prefix->all || !record_load( &record, prefix->record )) return;
    if (!strcmp( record.conditions[RECORD_FUNCTIONS], RECORD_FUNCTIONS_ALL ))
        message_error( "--all was given before and still holds in %s, until disable", prefix->root );
    record_free( &record );
}
