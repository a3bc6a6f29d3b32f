/* SPDX-License-Identifier: MIT */

/* This file names an error: by the phase in which it happened, and by the system's words for it. */

#include "error_text.h"

#include <stddef.h>
#include <wchar.h>

const WCHAR *error_phase_name( COPYFILE2_COPY_PHASE phase )
{
    switch ((int)phase)
    {
    case COPYFILE2_PHASE_NONE: return L"NONE";
    case COPYFILE2_PHASE_PREPARE_SOURCE: return L"PREPARE_SOURCE";
    case COPYFILE2_PHASE_PREPARE_DEST: return L"PREPARE_DEST";
    case COPYFILE2_PHASE_READ_SOURCE: return L"READ_SOURCE";
    case COPYFILE2_PHASE_WRITE_DESTINATION: return L"WRITE_DESTINATION";
    case COPYFILE2_PHASE_SERVER_COPY: return L"SERVER_COPY";
    case COPYFILE2_PHASE_NAMEGRAFT_COPY: return L"NAMEGRAFT_COPY";
    default: return L"UNKNOWN_PHASE";
    }
}

void error_system_text( HRESULT hr, WCHAR text[ERROR_TEXT_SIZE] )
{
    /* Wine has the texts under the bare Win32 codes only. */
    DWORD code = HRESULT_FACILITY( hr ) == FACILITY_WIN32 ? HRESULT_CODE( hr ) : (DWORD)hr;
    DWORD length =
        FormatMessageW( FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK,
                        NULL, code, 0, text, ERROR_TEXT_SIZE, NULL );

    while (length && wcschr( L"\r\n .", text[length - 1] )) length--;
    text[length] = 0;
    if (!length) wcscpy( text, L"the system has no text for it" );
}
