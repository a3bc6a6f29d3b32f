/* SPDX-License-Identifier: MIT */

/* This file remembers the names with colons in the folders that were listed lately. */

#include "streams/colons.h"
#include "files/handle.h"
#include "files/nt_path.h"
#include "streams/folder.h"

/* A program copies between few folders at a time, and few names have a colon. A path or a list of names that is longer
 * is not remembered. */
#define FOLDERS        4
#define LONGEST_PATH   320
#define ROOM_FOR_NAMES 512

/* Some file systems do not move the time of a folder when it gets a new name. So nothing is believed for longer than
 * this. To read a folder once a second costs little beside the copies of that second. */
#define BELIEVED_MILLISECONDS 1000

/* NT counts time in units of 100 ns. */
#define MILLISECOND ( (LONGLONG)10000 )
#define SECOND      ( 1000 * MILLISECOND )

struct known
{
    WCHAR path[LONGEST_PATH];
    size_t path_length;
    LONGLONG change_time, last_write_time, creation_time;
    ULONGLONG since;
    bool is_read;                /* names holds all of them; otherwise the folder was only asked about */
    WCHAR names[ROOM_FOR_NAMES]; /* all names in the folder that have a colon, each with a 0 */
    size_t names_length;
};

static struct
{
    volatile LONG is_taken;
    struct known folders[FOLDERS];
} memory;

/* A thread that was ended while it held a lock would stop all later copies, so nobody waits for this lock without end.
 * It is held only for the short time of a look. A copy that does not get it in time goes on without the memory. True
 * when the lock is ours. */
static bool take_memory( void )
{
    for (int tries = 0; tries < 1000; tries++)
    {
        if (!memory.is_taken && !InterlockedExchange( &memory.is_taken, TRUE )) return true;
        YieldProcessor();
    }
    return false;
}

static void give_memory( void )
{
    InterlockedExchange( &memory.is_taken, FALSE );
}

static UNICODE_STRING string_of( PCWSTR text, size_t length )
{
    USHORT bytes = (USHORT)( length * sizeof( WCHAR ) );

    return ( UNICODE_STRING ){ .Buffer = (PWSTR)text, .Length = bytes, .MaximumLength = bytes };
}

/* True when the name begins with begin and then suffix, whatever their case. */
static bool begins_with( PCWSTR name, const UNICODE_STRING *begin, PCWSTR suffix )
{
    size_t length = (size_t)lstrlenW( name ), first = begin->Length / sizeof( WCHAR );
    UNICODE_STRING wanted = string_of( suffix, (size_t)lstrlenW( suffix ) ), have;

    if (length < first + wanted.Length / sizeof( WCHAR )) return false;
    have = string_of( name, first );
    if (RtlCompareUnicodeString( &have, begin, TRUE )) return false;
    have = string_of( name + first, wanted.Length / sizeof( WCHAR ) );
    return !RtlCompareUnicodeString( &have, &wanted, TRUE );
}

static bool has_name( const struct known *known, const UNICODE_STRING *name, PCWSTR suffix )
{
    for (size_t at = 0; at < known->names_length; at += (size_t)lstrlenW( known->names + at ) + 1)
        if (begins_with( known->names + at, name, suffix )) return true;
    return false;
}

static bool is_of( const struct known *known, const UNICODE_STRING *path )
{
    UNICODE_STRING have = string_of( known->path, known->path_length );

    return known->path_length && !RtlCompareUnicodeString( &have, path, FALSE );
}

/* True when the folder is as it was when it was read, and that is not too long ago. A new name in a folder moves its
 * time of last write, and its time of change where the file system has one. A folder that took the place of another has
 * its own time of change. */
static bool is_true_still( const struct known *known, const FILE_BASIC_INFORMATION *now )
{
    return known->change_time == now->ChangeTime.QuadPart && known->last_write_time == now->LastWriteTime.QuadPart &&
           known->creation_time == now->CreationTime.QuadPart &&
           GetTickCount64() - known->since < BELIEVED_MILLISECONDS;
}

enum recollection
{
    NOTHING_KNOWN,
    ASKED_BEFORE,
    NAME_MAY_BE,
    NAME_IS_NOT,
};

static enum recollection recall( const UNICODE_STRING *folder, const FILE_BASIC_INFORMATION *now,
                                 const UNICODE_STRING *name, PCWSTR suffix )
{
    enum recollection answer = NOTHING_KNOWN;

    if (!take_memory()) return NAME_MAY_BE;
    for (size_t i = 0; i < FOLDERS && answer == NOTHING_KNOWN; i++)
    {
        const struct known *known = &memory.folders[i];

        if (!is_of( known, folder ) || !is_true_still( known, now )) continue;
        answer = !known->is_read ? ASKED_BEFORE : has_name( known, name, suffix ) ? NAME_MAY_BE : NAME_IS_NOT;
    }
    give_memory();
    return answer;
}

/* The folder replaces its own older entry, or else the entry that was made first. */
static void remember( const struct known *found )
{
    UNICODE_STRING path = string_of( found->path, found->path_length );
    struct known *place = memory.folders;

    if (!take_memory()) return;
    for (size_t i = 0; i < FOLDERS; i++)
    {
        if (memory.folders[i].since < place->since) place = &memory.folders[i];
        if (!is_of( &memory.folders[i], &path )) continue;
        place = &memory.folders[i];
        break;
    }
    *place = *found;
    give_memory();
}

/* A folder that changes twice within one tick of its clock shows the same time twice. So it must have been at rest for
 * longer than a tick before it is read. A tick is at most 10 ms in Linux, and up to two seconds on disks that keep
 * whole seconds. */
static bool is_at_rest( const FILE_BASIC_INFORMATION *now )
{
    LONGLONG last = now->ChangeTime.QuadPart, age;
    LARGE_INTEGER time;
    FILETIME clock;

    if (last < now->LastWriteTime.QuadPart) last = now->LastWriteTime.QuadPart;
    GetSystemTimeAsFileTime( &clock );
    time.LowPart = clock.dwLowDateTime;
    time.HighPart = (LONG)clock.dwHighDateTime;
    age = time.QuadPart - last;
    return age > ( last % ( 10 * MILLISECOND ) ? 100 * MILLISECOND : 3 * SECOND );
}

static void begin_known( struct known *known, const UNICODE_STRING *folder, const FILE_BASIC_INFORMATION *now )
{
    known->path_length = folder->Length / sizeof( WCHAR );
    memcpy( known->path, folder->Buffer, folder->Length );
    known->change_time = now->ChangeTime.QuadPart;
    known->last_write_time = now->LastWriteTime.QuadPart;
    known->creation_time = now->CreationTime.QuadPart;
    known->since = GetTickCount64();
    known->is_read = false;
    known->names_length = 0;
}

static NTSTATUS take_name( void *context, const FILE_DIRECTORY_INFORMATION *entry )
{
    struct known *known = context;
    size_t length = entry->FileNameLength / sizeof( WCHAR );

    if (known->names_length + length + 1 > ROOM_FOR_NAMES) return STATUS_BUFFER_OVERFLOW;
    memcpy( known->names + known->names_length, entry->FileName, entry->FileNameLength );
    known->names_length += length;
    known->names[known->names_length++] = 0;
    return STATUS_SUCCESS;
}

/* Another machine may have another clock, by which nobody can tell here how long its folders have been at rest. */
static bool is_on_this_machine( HANDLE directory )
{
    FILE_FS_DEVICE_INFORMATION device;
    IO_STATUS_BLOCK io;

    return NT_SUCCESS(
               NtQueryVolumeInformationFile( directory, &io, &device, sizeof( device ), FileFsDeviceInformation ) ) &&
           device.DeviceType != FILE_DEVICE_NETWORK_FILE_SYSTEM;
}

/* Reads the folder, and remembers its names with colons. The times come from the handle, because the path may lead to
 * another folder by now. True when all these names were found. */
static bool read_folder( UNICODE_STRING *folder )
{
    UNICODE_STRING mask = string_of( L"*:*", 3 );
    FILE_BASIC_INFORMATION now;
    struct known found;
    HANDLE directory;

    if (!NT_SUCCESS( folder_open( &directory, folder ) )) return false;
    found.is_read = false;
    if (is_on_this_machine( directory ) && NT_SUCCESS( handle_basic( directory, &now ) ) && is_at_rest( &now ))
    {
        begin_known( &found, folder, &now );
        found.is_read = NT_SUCCESS( folder_list( directory, &mask, take_name, &found ) );
    }
    NtClose( directory );
    if (found.is_read) remember( &found );
    return found.is_read;
}

static void remember_question( const UNICODE_STRING *folder, const FILE_BASIC_INFORMATION *now )
{
    struct known asked;

    begin_known( &asked, folder, now );
    remember( &asked );
}

bool colons_may_be( const UNICODE_STRING *file, PCWSTR suffix, enum colons_effort effort )
{
    UNICODE_STRING folder = folder_of( file );
    UNICODE_STRING name = { .Buffer = file->Buffer + folder.Length / sizeof( WCHAR ),
                            .Length = file->Length - folder.Length };
    enum recollection answer;
    FILE_BASIC_INFORMATION now;
    OBJECT_ATTRIBUTES object;

    InitializeObjectAttributes( &object, &folder, OBJ_CASE_INSENSITIVE, NULL, NULL );
    if (!name.Length || folder.Length > LONGEST_PATH * sizeof( WCHAR )) return true;
    if (!NT_SUCCESS( NtQueryAttributesFile( &object, &now ) )) return true;

    answer = recall( &folder, &now, &name, suffix );
    if (answer == NAME_MAY_BE || answer == NAME_IS_NOT) return answer == NAME_MAY_BE;
    if (!is_at_rest( &now )) return true;
    if (answer == NOTHING_KNOWN && effort == COLONS_LOOK)
    {
        remember_question( &folder, &now );
        return true;
    }
    return !read_folder( &folder ) || recall( &folder, &now, &name, suffix ) != NAME_IS_NOT;
}
