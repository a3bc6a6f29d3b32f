/* SPDX-License-Identifier: MIT */

/* CopyFileEx and CopyFile use the same engine as CopyFile2. They have another callback, and a BOOL for a result. */

#include "api/family.h"
#include "api/system.h"
#include "engine/engine.h"

typedef BOOL( WINAPI *copy_function )( LPCWSTR, LPCWSTR, LPPROGRESS_ROUTINE, LPVOID, LPBOOL, DWORD );

/* Microsoft's SDK documents these flags for CopyFile2 only, so CopyFileEx refuses them (copy_ex.c, flags). */
#define FLAGS_OF_COPYFILE2                                                                                             \
    ( COPY_FILE_REQUEST_SECURITY_PRIVILEGES | COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_ENABLE_LOW_FREE_SPACE_MODE )

static HRESULT copy_by_engine( LPCWSTR existing, LPCWSTR new, LPPROGRESS_ROUTINE routine, LPVOID data, LPBOOL cancel,
                               DWORD flags )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { .dwSize = sizeof( params ),
                                                .dwCopyFlags = flags,
                                                .pfCancel = cancel,
                                                .pvCallbackContext = data,
                                                .pProgressRoutineOld = routine };
    struct plan plan;
    HRESULT hr;

    if (flags & FLAGS_OF_COPYFILE2) return E_INVALIDARG;
    hr = plan_make( &plan, existing, new, (COPYFILE2_EXTENDED_PARAMETERS *)&params );
    return SUCCEEDED( hr ) ? engine_run( &plan ) : hr;
}

BOOL WINAPI CopyFile2_CopyFileExW( LPCWSTR existing, LPCWSTR new, LPPROGRESS_ROUTINE routine, LPVOID data,
                                   LPBOOL cancel, DWORD flags )
{
    static struct system_original original = SYSTEM_ORIGINAL( CopyFileExW );
    copy_function system;

    switch (system_choice())
    {
    case SYSTEM_ITSELF:
        system = system_original( &original );
        if (system) return system( existing, new, routine, data, cancel, flags );
        return family_result( HRESULT_FROM_WIN32( ERROR_PROC_NOT_FOUND ) );
    case SYSTEM_NOBODY: return family_result( HRESULT_FROM_WIN32( ERROR_MOD_NOT_FOUND ) );
    default: return family_result( copy_by_engine( existing, new, routine, data, cancel, flags ) );
    }
}

BOOL WINAPI CopyFile2_CopyFileExA( LPCSTR existing, LPCSTR new, LPPROGRESS_ROUTINE routine, LPVOID data, LPBOOL cancel,
                                   DWORD flags )
{
    WCHAR *source = family_wide_name( existing ), *destination = source ? family_wide_name( new ) : NULL;
    BOOL done = destination && CopyFile2_CopyFileExW( source, destination, routine, data, cancel, flags );

    family_free( destination );
    family_free( source );
    return done;
}

BOOL WINAPI CopyFile2_CopyFileW( LPCWSTR existing, LPCWSTR new, BOOL fail_if_exists )
{
    return CopyFile2_CopyFileExW( existing, new, NULL, NULL, NULL, fail_if_exists ? COPY_FILE_FAIL_IF_EXISTS : 0 );
}

BOOL WINAPI CopyFile2_CopyFileA( LPCSTR existing, LPCSTR new, BOOL fail_if_exists )
{
    return CopyFile2_CopyFileExA( existing, new, NULL, NULL, NULL, fail_if_exists ? COPY_FILE_FAIL_IF_EXISTS : 0 );
}
