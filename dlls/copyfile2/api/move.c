/* SPDX-License-Identifier: MIT */

/* MoveFileWithProgress, MoveFileEx and MoveFile let the system rename. Between file systems the system cannot rename,
 * so there the engine copies, and then deletes the source. */

#include "api/family.h"
#include "api/system.h"
#include "engine/engine.h"
#include "files/nt_path.h"
#include "platform/backend.h"

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
    /* A read-only source has to lose its mark before it can be deleted. On Windows this needs FILE_WRITE_ATTRIBUTES,
     * and under Wine it needs no access. With FILE_WRITE_ATTRIBUTES Wine would open the source for writing, and a
     * watcher of the folder would hear of a file that was written and closed. */
    if (!backend_is_wine()) plan.source_access |= FILE_WRITE_ATTRIBUTES;
    plan.source_needed |= DELETE;
    return engine_run( &plan );
}

/* Wine refuses to replace an open file before it checks whether both files lie on one file system. So its
 * ERROR_ACCESS_DENIED may hide an ERROR_NOT_SAME_DEVICE (move_held.c, held_elsewhere). True when the engine has to
 * copy. Leaves the last error as it is. */
static bool is_for_engine( LPCWSTR existing, LPCWSTR new )
{
    DWORD error = GetLastError();
    bool lie_apart = error == ERROR_ACCESS_DENIED && nt_path_lie_apart( existing, new );

    SetLastError( error );
    return error == ERROR_NOT_SAME_DEVICE || lie_apart;
}

/* The system's function still renames, replaces, moves links, and delays a move until the reboot. Only the copying is
 * the engine's task. So MOVEFILE_COPY_ALLOWED is withheld from the system, except for a delayed move. */
BOOL WINAPI CopyFile2_MoveFileWithProgressW( LPCWSTR existing, LPCWSTR new, LPPROGRESS_ROUTINE routine, LPVOID data,
                                             DWORD flags )
{
    static struct system_original original = SYSTEM_ORIGINAL( MoveFileWithProgressW );
    move_function system = system_original( &original );
    enum system_choice choice = system_choice();
    DWORD withheld = choice == SYSTEM_ITSELF ? 0 : MOVEFILE_COPY_ALLOWED;

    if (choice == SYSTEM_NOBODY) return family_result( HRESULT_FROM_WIN32( ERROR_MOD_NOT_FOUND ) );
    if (!system) return family_result( HRESULT_FROM_WIN32( ERROR_PROC_NOT_FOUND ) );
    if (flags & MOVEFILE_DELAY_UNTIL_REBOOT) withheld = 0;

    if (system( existing, new, routine, data, flags & ~withheld )) return TRUE;
    if (!( flags & withheld ) || !new || !is_for_engine( existing, new )) return FALSE;
    return family_result( move_by_engine( existing, new, routine, data, flags ) );
}

BOOL WINAPI CopyFile2_MoveFileWithProgressA( LPCSTR existing, LPCSTR new, LPPROGRESS_ROUTINE routine, LPVOID data,
                                             DWORD flags )
{
    WCHAR *source = family_wide_name( existing ), *destination = NULL;
    BOOL done = FALSE;

    /* With MOVEFILE_DELAY_UNTIL_REBOOT, a new name that is NULL asks the system to delete the file. So the system gets
     * the NULL, and judges it. */
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
