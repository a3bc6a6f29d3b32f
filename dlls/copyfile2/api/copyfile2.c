/* SPDX-License-Identifier: MIT */

/* CopyFile2 is served by the system's own function or by our engine; system.c decides which. */

#include "api/system.h"
#include "engine/engine.h"

static HRESULT copy_by_engine( PCWSTR existing, PCWSTR new, COPYFILE2_EXTENDED_PARAMETERS *params )
{
    struct plan plan;
    HRESULT hr = plan_make( &plan, existing, new, params );

    return SUCCEEDED( hr ) ? engine_run( &plan ) : hr;
}

HRESULT WINAPI CopyFile2( PCWSTR existing, PCWSTR new, COPYFILE2_EXTENDED_PARAMETERS *params )
{
    system_copyfile2_function system = system_copyfile2();
    HRESULT hr;

    switch (system_choice())
    {
    case SYSTEM_ITSELF:
        if (system) return system( existing, new, params );
        hr = HRESULT_FROM_WIN32( ERROR_PROC_NOT_FOUND );
        break;
    case SYSTEM_NOBODY: hr = HRESULT_FROM_WIN32( ERROR_MOD_NOT_FOUND ); break;
    default: hr = copy_by_engine( existing, new, params );
    }
    SetLastError( HRESULT_CODE( hr ) );
    return hr;
}

/* Callers who include copyfile2.h ask for this name, which no library of Windows has. So a wrong order of libraries is
 * an error of the linker, and does not silently choose the system's function. */
HRESULT WINAPI CopyFile2OfLibcopyfile2( PCWSTR existing, PCWSTR new, COPYFILE2_EXTENDED_PARAMETERS *params )
{
    return CopyFile2( existing, new, params );
}
