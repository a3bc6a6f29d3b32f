/* SPDX-License-Identifier: MIT */

/* The functions beside CopyFile2 also take names in a code page, and they answer a BOOL. This file converts both. */

#include "api/family.h"

/* SetFileApisToOEM chooses the code page for the whole process. A name that is NULL counts as a path that does not
 * exist, and not as an invalid parameter (copy_ex.c, null_names). */
WCHAR *family_wide_name( const char *name )
{
    UINT code_page = AreFileApisANSI() ? CP_ACP : CP_OEMCP;
    WCHAR *wide;
    int length;

    if (!name)
    {
        SetLastError( ERROR_PATH_NOT_FOUND );
        return NULL;
    }
    length = MultiByteToWideChar( code_page, 0, name, -1, NULL, 0 );
    if (length <= 0) return NULL;
    wide = HeapAlloc( GetProcessHeap(), 0, (size_t)length * sizeof( *wide ) );
    if (wide) MultiByteToWideChar( code_page, 0, name, -1, wide, length );
    else SetLastError( ERROR_NOT_ENOUGH_MEMORY );
    return wide;
}

void family_free( WCHAR *name )
{
    if (name) HeapFree( GetProcessHeap(), 0, name );
}

BOOL family_result( HRESULT hr )
{
    SetLastError( HRESULT_CODE( hr ) );
    return SUCCEEDED( hr );
}
