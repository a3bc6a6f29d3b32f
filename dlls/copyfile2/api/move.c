/* SPDX-License-Identifier: MIT */

/* MoveFileWithProgress, MoveFileEx and MoveFile: the system renames; where it cannot, between file systems, the engine
 * copies and the source goes. */

#include "api/family.h"
#include "api/system.h"
#include "engine/engine.h"

typedef BOOL( WINAPI *move_function )( LPCWSTR, LPCWSTR, LPPROGRESS_ROUTINE, LPVOID, DWORD );

static HRESULT move_by_engine( LPCWSTR existing, LPCWSTR new, LPPROGRESS_ROUTINE routine, LPVOID data, DWORD flags )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = {
        .dwSize = sizeof( params ),
        .dwCopyFlags = flags & MOVEFILE_REPLACE_EXISTING ? 0 : COPY_FILE_FAIL_IF_EXISTS,
        .pvCallbackContext = data,
        .pProgressRoutineOld = routine,
    };
    struct plan plan;
    HRESULT hr = plan_make( &plan, existing, new, (COPYFILE2_EXTENDED_PARAMETERS *)&params );

    if (FAILED( hr )) return hr;
    plan.remove_source = true;
    plan.flush_first = flags & MOVEFILE_WRITE_THROUGH;
    /* for a read-only source, whose mark must go before it */
    plan.source_access |= FILE_WRITE_ATTRIBUTES;
    plan.source_needed |= DELETE;
    return engine_run( &plan );
}

/* What the system does by itself it is left to do: renaming, replacing, links, DELAY_UNTIL_REBOOT. It is only kept from
 * copying. */
BOOL WINAPI CopyFile2_MoveFileWithProgressW( LPCWSTR existing, LPCWSTR new, LPPROGRESS_ROUTINE routine, LPVOID data,
                                             DWORD flags )
{
    move_function system = SYSTEM_ORIGINAL( MoveFileWithProgressW );
    enum system_choice choice = system_choice();
    DWORD kept_from = choice == SYSTEM_ITSELF ? 0 : MOVEFILE_COPY_ALLOWED;

    if (choice == SYSTEM_NOBODY) return family_result( HRESULT_FROM_WIN32( ERROR_MOD_NOT_FOUND ) );
    if (!system) return family_result( HRESULT_FROM_WIN32( ERROR_PROC_NOT_FOUND ) );
    if (flags & MOVEFILE_DELAY_UNTIL_REBOOT) kept_from = 0;

    if (system( existing, new, routine, data, flags & ~kept_from )) return TRUE;
    if (!( flags & kept_from ) || !new || GetLastError() != ERROR_NOT_SAME_DEVICE) return FALSE;
    return family_result( move_by_engine( existing, new, routine, data, flags ) );
}

BOOL WINAPI CopyFile2_MoveFileWithProgressA( LPCSTR existing, LPCSTR new, LPPROGRESS_ROUTINE routine, LPVOID data,
                                             DWORD flags )
{
    WCHAR *source = family_wide_name( existing ), *destination = NULL;
    BOOL done = FALSE;

    /* no new name at all is for the system to judge: with DELAY_UNTIL_REBOOT it means to delete */
    if (source && new) destination = family_wide_name( new );
    if (source && ( destination || !new ))
        done = CopyFile2_MoveFileWithProgressW( source, destination, routine, data, flags );
    family_free( destination );
    family_free( source );
    return done;
}

BOOL WINAPI CopyFile2_MoveFileExW( LPCWSTR existing, LPCWSTR new, DWORD flags )
{
    return CopyFile2_MoveFileWithProgressW( existing, new, NULL, NULL, flags );
}

BOOL WINAPI CopyFile2_MoveFileExA( LPCSTR existing, LPCSTR new, DWORD flags )
{
    return CopyFile2_MoveFileWithProgressA( existing, new, NULL, NULL, flags );
}

BOOL WINAPI CopyFile2_MoveFileW( LPCWSTR existing, LPCWSTR new )
{
    return CopyFile2_MoveFileWithProgressW( existing, new, NULL, NULL, MOVEFILE_COPY_ALLOWED );
}

BOOL WINAPI CopyFile2_MoveFileA( LPCSTR existing, LPCSTR new )
{
    return CopyFile2_MoveFileWithProgressA( existing, new, NULL, NULL, MOVEFILE_COPY_ALLOWED );
}
