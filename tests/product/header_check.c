/* SPDX-License-Identifier: MIT */

/* This file claims everything that copyfile2.h promises, while it is compiled: layouts, values, types and uses, for C
 * from C89 and C++ from C++98 on. header.sh compiles it in every way; it is never run.
 *
 * HEADER_WINDOWS_FIRST, HEADER_WINDOWS_LAST: <windows.h> stands before or after copyfile2.h.
 * HEADER_POINTER: the expected size of a pointer.
 * HEADER_TOOLCHAIN: with HEADER_WINDOWS_FIRST, the toolchain's headers are made to look older or newer than they are,
 *     if they are not newer themselves. 0 shows not one COPY_FILE_ flag, 11 a V2 structure without its later members,
 *     13 the same and the oplock keys, and 14 all of V2.
 * HEADER_WRONG: adds claims that do not hold, one of each kind, which the compiler must refuse. */

#ifdef HEADER_WINDOWS_FIRST
#include <windows.h>
#endif

#ifdef HEADER_TOOLCHAIN
#include "header_toolchain.h"
#endif

/* A type that the toolchain declares completely is not replaced. */
#ifdef COPYFILE2_MESSAGE_COPY_OFFLOAD
#define HEADER_TOOLCHAIN_HAS_V1
typedef COPYFILE2_EXTENDED_PARAMETERS toolchain_v1;
#if defined( NTDDI_WIN11_GE ) && NTDDI_VERSION >= NTDDI_WIN11_GE && !defined( HEADER_TOOLCHAIN )
#define HEADER_TOOLCHAIN_HAS_V2
#endif
#endif
#ifdef HEADER_TOOLCHAIN_HAS_V2
typedef COPYFILE2_EXTENDED_PARAMETERS_V2 toolchain_v2;
#endif

#include <copyfile2.h>

#ifdef HEADER_WINDOWS_LAST
#include <windows.h>
#include <copyfile2.h>
#endif

#include <stddef.h>

#define CHECK( name, claim ) typedef char check_##name[( claim ) ? 1 : -1]

#ifdef HEADER_POINTER
CHECK( pointer, sizeof( void * ) == HEADER_POINTER );
#endif
#define WIDE_OR_NARROW( wide, narrow ) ( sizeof( void * ) == 8 ? ( wide ) : ( narrow ) )

/* ---- layouts ----------------------------------------------------------------------------------------------------- */

#define SIZE( type, wide, narrow )           CHECK( size_##type, sizeof( type ) == WIDE_OR_NARROW( wide, narrow ) )
#define OFFSET( type, member, wide, narrow ) OFFSET_AS( type##_##member, type, member, wide, narrow )
#define OFFSET_AS( name, type, member, wide, narrow )                                                                  \
    CHECK( offset_##name, offsetof( type, member ) == WIDE_OR_NARROW( wide, narrow ) )
#define INFO( info, member, wide, narrow )                                                                             \
    OFFSET_AS( info##_##member, COPYFILE2_MESSAGE, Info.info.member, wide, narrow )

SIZE( COPYFILE2_MESSAGE, 80, 72 );
OFFSET( COPYFILE2_MESSAGE, Type, 0, 0 );
OFFSET( COPYFILE2_MESSAGE, dwPadding, 4, 4 );
OFFSET( COPYFILE2_MESSAGE, Info, 8, 8 );

INFO( ChunkStarted, dwStreamNumber, 8, 8 );
INFO( ChunkStarted, dwReserved, 12, 12 );
INFO( ChunkStarted, hSourceFile, 16, 16 );
INFO( ChunkStarted, hDestinationFile, 24, 20 );
INFO( ChunkStarted, uliChunkNumber, 32, 24 );
INFO( ChunkStarted, uliChunkSize, 40, 32 );
INFO( ChunkStarted, uliStreamSize, 48, 40 );
INFO( ChunkStarted, uliTotalFileSize, 56, 48 );

INFO( ChunkFinished, dwStreamNumber, 8, 8 );
INFO( ChunkFinished, dwFlags, 12, 12 );
INFO( ChunkFinished, hSourceFile, 16, 16 );
INFO( ChunkFinished, hDestinationFile, 24, 20 );
INFO( ChunkFinished, uliChunkNumber, 32, 24 );
INFO( ChunkFinished, uliChunkSize, 40, 32 );
INFO( ChunkFinished, uliStreamSize, 48, 40 );
INFO( ChunkFinished, uliStreamBytesTransferred, 56, 48 );
INFO( ChunkFinished, uliTotalFileSize, 64, 56 );
INFO( ChunkFinished, uliTotalBytesTransferred, 72, 64 );

INFO( StreamStarted, dwStreamNumber, 8, 8 );
INFO( StreamStarted, dwReserved, 12, 12 );
INFO( StreamStarted, hSourceFile, 16, 16 );
INFO( StreamStarted, hDestinationFile, 24, 20 );
INFO( StreamStarted, uliStreamSize, 32, 24 );
INFO( StreamStarted, uliTotalFileSize, 40, 32 );

INFO( StreamFinished, dwStreamNumber, 8, 8 );
INFO( StreamFinished, dwReserved, 12, 12 );
INFO( StreamFinished, hSourceFile, 16, 16 );
INFO( StreamFinished, hDestinationFile, 24, 20 );
INFO( StreamFinished, uliStreamSize, 32, 24 );
INFO( StreamFinished, uliStreamBytesTransferred, 40, 32 );
INFO( StreamFinished, uliTotalFileSize, 48, 40 );
INFO( StreamFinished, uliTotalBytesTransferred, 56, 48 );

INFO( PollContinue, dwReserved, 8, 8 );

INFO( Error, CopyPhase, 8, 8 );
INFO( Error, dwStreamNumber, 12, 12 );
INFO( Error, hrFailure, 16, 16 );
INFO( Error, dwReserved, 20, 20 );
INFO( Error, uliChunkNumber, 24, 24 );
INFO( Error, uliStreamSize, 32, 32 );
INFO( Error, uliStreamBytesTransferred, 40, 40 );
INFO( Error, uliTotalFileSize, 48, 48 );
INFO( Error, uliTotalBytesTransferred, 56, 56 );

SIZE( COPYFILE2_EXTENDED_PARAMETERS, 32, 20 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS, dwSize, 0, 0 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS, dwCopyFlags, 4, 4 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS, pfCancel, 8, 8 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS, pProgressRoutine, 16, 12 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS, pvCallbackContext, 24, 16 );

SIZE( COPYFILE2_EXTENDED_PARAMETERS_V2, 112, 64 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS_V2, dwSize, 0, 0 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS_V2, dwCopyFlags, 4, 4 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS_V2, pfCancel, 8, 8 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS_V2, pProgressRoutine, 16, 12 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS_V2, pvCallbackContext, 24, 16 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS_V2, dwCopyFlagsV2, 32, 20 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS_V2, ioDesiredSize, 36, 24 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS_V2, ioDesiredRate, 40, 28 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS_V2, pProgressRoutineOld, 48, 32 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS_V2, SourceOplockKeys, 56, 36 );
OFFSET( COPYFILE2_EXTENDED_PARAMETERS_V2, reserved, 64, 40 );

SIZE( COPYFILE2_CREATE_OPLOCK_KEYS, 32, 32 );
OFFSET( COPYFILE2_CREATE_OPLOCK_KEYS, ParentOplockKey, 0, 0 );
OFFSET( COPYFILE2_CREATE_OPLOCK_KEYS, TargetOplockKey, 16, 16 );

/* ---- values ------------------------------------------------------------------------------------------------------ */

#define VALUE( name, value ) CHECK( value_##name, ( name ) == ( value ) )

VALUE( COPY_FILE_FAIL_IF_EXISTS, 0x00000001 );
VALUE( COPY_FILE_RESTARTABLE, 0x00000002 );
VALUE( COPY_FILE_OPEN_SOURCE_FOR_WRITE, 0x00000004 );
VALUE( COPY_FILE_ALLOW_DECRYPTED_DESTINATION, 0x00000008 );
VALUE( COPY_FILE_DIRECTORY, 0x00000080 );
VALUE( COPY_FILE_COPY_SYMLINK, 0x00000800 );
VALUE( COPY_FILE_NO_BUFFERING, 0x00001000 );
VALUE( COPY_FILE_REQUEST_SECURITY_PRIVILEGES, 0x00002000 );
VALUE( COPY_FILE_RESUME_FROM_PAUSE, 0x00004000 );
VALUE( COPY_FILE_SKIP_ALTERNATE_STREAMS, 0x00008000 );
VALUE( COPY_FILE_NO_OFFLOAD, 0x00040000 );
VALUE( COPY_FILE_OPEN_AND_COPY_REPARSE_POINT, 0x00200000 );
VALUE( COPY_FILE_IGNORE_EDP_BLOCK, 0x00400000 );
VALUE( COPY_FILE_IGNORE_SOURCE_ENCRYPTION, 0x00800000 );
VALUE( COPY_FILE_DONT_REQUEST_DEST_WRITE_DAC, 0x02000000 );
VALUE( COPY_FILE_DISABLE_PRE_ALLOCATION, 0x04000000 );
VALUE( COPY_FILE_ENABLE_LOW_FREE_SPACE_MODE, 0x08000000 );
VALUE( COPY_FILE_REQUEST_COMPRESSED_TRAFFIC, 0x10000000 );
VALUE( COPY_FILE_ENABLE_SPARSE_COPY, 0x20000000 );
VALUE( COPY_FILE_DISABLE_SPARSE_COPY, 0x80000000 );

VALUE( COPY_FILE2_V2_DONT_COPY_JUNCTIONS, 0x00000001 );
VALUE( COPY_FILE2_V2_DISABLE_BLOCK_CLONING, 0x00000002 );
VALUE( COPY_FILE2_V2_VALID_FLAGS, 0x00000003 );

VALUE( COPYFILE2_IO_CYCLE_SIZE_MIN, 4096 );
VALUE( COPYFILE2_IO_CYCLE_SIZE_MAX, 0x40000000 );
VALUE( COPYFILE2_IO_RATE_MIN, 512 );
VALUE( COPYFILE2_MESSAGE_COPY_OFFLOAD, 1 );
VALUE( ERROR_REQUEST_PAUSED, 3050 );

VALUE( COPYFILE2_CALLBACK_NONE, 0 );
VALUE( COPYFILE2_CALLBACK_CHUNK_STARTED, 1 );
VALUE( COPYFILE2_CALLBACK_CHUNK_FINISHED, 2 );
VALUE( COPYFILE2_CALLBACK_STREAM_STARTED, 3 );
VALUE( COPYFILE2_CALLBACK_STREAM_FINISHED, 4 );
VALUE( COPYFILE2_CALLBACK_POLL_CONTINUE, 5 );
VALUE( COPYFILE2_CALLBACK_ERROR, 6 );
VALUE( COPYFILE2_CALLBACK_MAX, 7 );

VALUE( COPYFILE2_PROGRESS_CONTINUE, 0 );
VALUE( COPYFILE2_PROGRESS_CANCEL, 1 );
VALUE( COPYFILE2_PROGRESS_STOP, 2 );
VALUE( COPYFILE2_PROGRESS_QUIET, 3 );
VALUE( COPYFILE2_PROGRESS_PAUSE, 4 );

VALUE( COPYFILE2_PHASE_NONE, 0 );
VALUE( COPYFILE2_PHASE_PREPARE_SOURCE, 1 );
VALUE( COPYFILE2_PHASE_PREPARE_DEST, 2 );
VALUE( COPYFILE2_PHASE_READ_SOURCE, 3 );
VALUE( COPYFILE2_PHASE_WRITE_DESTINATION, 4 );
VALUE( COPYFILE2_PHASE_SERVER_COPY, 5 );
VALUE( COPYFILE2_PHASE_NAMEGRAFT_COPY, 6 );
VALUE( COPYFILE2_PHASE_MAX, 7 );

/* The constants can be read by the preprocessor, where programs ask for a flag before they compile code for it. */
#if !( COPY_FILE_DISABLE_SPARSE_COPY & 0x80000000 ) || COPY_FILE2_V2_VALID_FLAGS != 3 ||                               \
    COPYFILE2_MESSAGE_COPY_OFFLOAD != 1 || ERROR_REQUEST_PAUSED != 3050
#error a constant cannot be read by the preprocessor
#endif

/* ---- types and uses ---------------------------------------------------------------------------------------------- */

/* This is LPPROGRESS_ROUTINE by its parts, for some toolchains hide the name. */
typedef DWORD( WINAPI *old_routine )( LARGE_INTEGER, LARGE_INTEGER, LARGE_INTEGER, LARGE_INTEGER, DWORD, DWORD, HANDLE,
                                      HANDLE, LPVOID );

/* A pointer to the member is assigned, so that the member has exactly that type. */
#define TYPE( type, member )                                                                                           \
    do                                                                                                                 \
    {                                                                                                                  \
        type *pointer = &( member );                                                                                   \
        (void)pointer;                                                                                                 \
    } while (0)

void header_message( COPYFILE2_MESSAGE *message );
void header_message( COPYFILE2_MESSAGE *message )
{
    TYPE( COPYFILE2_MESSAGE_TYPE, message->Type );
    TYPE( DWORD, message->dwPadding );

    TYPE( DWORD, message->Info.ChunkStarted.dwStreamNumber );
    TYPE( DWORD, message->Info.ChunkStarted.dwReserved );
    TYPE( HANDLE, message->Info.ChunkStarted.hSourceFile );
    TYPE( HANDLE, message->Info.ChunkStarted.hDestinationFile );
    TYPE( ULARGE_INTEGER, message->Info.ChunkStarted.uliChunkNumber );
    TYPE( ULARGE_INTEGER, message->Info.ChunkStarted.uliChunkSize );
    TYPE( ULARGE_INTEGER, message->Info.ChunkStarted.uliStreamSize );
    TYPE( ULARGE_INTEGER, message->Info.ChunkStarted.uliTotalFileSize );

    TYPE( DWORD, message->Info.ChunkFinished.dwStreamNumber );
    TYPE( DWORD, message->Info.ChunkFinished.dwFlags );
    TYPE( HANDLE, message->Info.ChunkFinished.hSourceFile );
    TYPE( HANDLE, message->Info.ChunkFinished.hDestinationFile );
    TYPE( ULARGE_INTEGER, message->Info.ChunkFinished.uliChunkNumber );
    TYPE( ULARGE_INTEGER, message->Info.ChunkFinished.uliChunkSize );
    TYPE( ULARGE_INTEGER, message->Info.ChunkFinished.uliStreamSize );
    TYPE( ULARGE_INTEGER, message->Info.ChunkFinished.uliStreamBytesTransferred );
    TYPE( ULARGE_INTEGER, message->Info.ChunkFinished.uliTotalFileSize );
    TYPE( ULARGE_INTEGER, message->Info.ChunkFinished.uliTotalBytesTransferred );
}

void header_stream_message( COPYFILE2_MESSAGE *message );
void header_stream_message( COPYFILE2_MESSAGE *message )
{
    TYPE( DWORD, message->Info.StreamStarted.dwStreamNumber );
    TYPE( DWORD, message->Info.StreamStarted.dwReserved );
    TYPE( HANDLE, message->Info.StreamStarted.hSourceFile );
    TYPE( HANDLE, message->Info.StreamStarted.hDestinationFile );
    TYPE( ULARGE_INTEGER, message->Info.StreamStarted.uliStreamSize );
    TYPE( ULARGE_INTEGER, message->Info.StreamStarted.uliTotalFileSize );

    TYPE( DWORD, message->Info.StreamFinished.dwStreamNumber );
    TYPE( DWORD, message->Info.StreamFinished.dwReserved );
    TYPE( HANDLE, message->Info.StreamFinished.hSourceFile );
    TYPE( HANDLE, message->Info.StreamFinished.hDestinationFile );
    TYPE( ULARGE_INTEGER, message->Info.StreamFinished.uliStreamSize );
    TYPE( ULARGE_INTEGER, message->Info.StreamFinished.uliStreamBytesTransferred );
    TYPE( ULARGE_INTEGER, message->Info.StreamFinished.uliTotalFileSize );
    TYPE( ULARGE_INTEGER, message->Info.StreamFinished.uliTotalBytesTransferred );

    TYPE( DWORD, message->Info.PollContinue.dwReserved );

    TYPE( COPYFILE2_COPY_PHASE, message->Info.Error.CopyPhase );
    TYPE( DWORD, message->Info.Error.dwStreamNumber );
    TYPE( HRESULT, message->Info.Error.hrFailure );
    TYPE( DWORD, message->Info.Error.dwReserved );
    TYPE( ULARGE_INTEGER, message->Info.Error.uliChunkNumber );
    TYPE( ULARGE_INTEGER, message->Info.Error.uliStreamSize );
    TYPE( ULARGE_INTEGER, message->Info.Error.uliStreamBytesTransferred );
    TYPE( ULARGE_INTEGER, message->Info.Error.uliTotalFileSize );
    TYPE( ULARGE_INTEGER, message->Info.Error.uliTotalBytesTransferred );
}

typedef PVOID six_pointers[6];

void header_parameters( COPYFILE2_EXTENDED_PARAMETERS *first, COPYFILE2_EXTENDED_PARAMETERS_V2 *second );
void header_parameters( COPYFILE2_EXTENDED_PARAMETERS *first, COPYFILE2_EXTENDED_PARAMETERS_V2 *second )
{
    /* the tags are names too, also where a macro replaces them */
    struct COPYFILE2_EXTENDED_PARAMETERS *first_by_tag = first;
    struct COPYFILE2_EXTENDED_PARAMETERS_V2 *second_by_tag = second;
    COPYFILE2_CREATE_OPLOCK_KEYS *oplock_keys = second->SourceOplockKeys;

    TYPE( DWORD, first_by_tag->dwSize );
    TYPE( DWORD, first->dwCopyFlags );
    TYPE( BOOL *, first->pfCancel );
    TYPE( PCOPYFILE2_PROGRESS_ROUTINE, first->pProgressRoutine );
    TYPE( PVOID, first->pvCallbackContext );

    TYPE( DWORD, second_by_tag->dwSize );
    TYPE( DWORD, second->dwCopyFlags );
    TYPE( BOOL *, second->pfCancel );
    TYPE( PCOPYFILE2_PROGRESS_ROUTINE, second->pProgressRoutine );
    TYPE( PVOID, second->pvCallbackContext );
    TYPE( DWORD, second->dwCopyFlagsV2 );
    TYPE( ULONG, second->ioDesiredSize );
    TYPE( ULONG, second->ioDesiredRate );
    TYPE( old_routine, second->pProgressRoutineOld );
#ifndef WINAPI_FAMILY
    TYPE( LPPROGRESS_ROUTINE, second->pProgressRoutineOld );
#endif
    TYPE( PCOPYFILE2_CREATE_OPLOCK_KEYS, second->SourceOplockKeys );
    TYPE( GUID, oplock_keys->ParentOplockKey );
    TYPE( GUID, oplock_keys->TargetOplockKey );
    TYPE( six_pointers, second->reserved );

#ifdef HEADER_TOOLCHAIN_HAS_V1
    TYPE( toolchain_v1, *first );
#endif
#ifdef HEADER_TOOLCHAIN_HAS_V2
    TYPE( toolchain_v2, *second );
#endif
}

static COPYFILE2_MESSAGE_ACTION CALLBACK on_message( const COPYFILE2_MESSAGE *message, PVOID context )
{
    (void)context;
    /* no default: the compiler says when a type is missing here or there */
    switch (message->Type)
    {
    case COPYFILE2_CALLBACK_CHUNK_FINISHED:
        return message->Info.ChunkFinished.dwFlags & COPYFILE2_MESSAGE_COPY_OFFLOAD ? COPYFILE2_PROGRESS_QUIET
                                                                                    : COPYFILE2_PROGRESS_PAUSE;
    case COPYFILE2_CALLBACK_ERROR:
        return message->Info.Error.CopyPhase == COPYFILE2_PHASE_NONE ? COPYFILE2_PROGRESS_CANCEL
                                                                     : COPYFILE2_PROGRESS_STOP;
    case COPYFILE2_CALLBACK_NONE:
    case COPYFILE2_CALLBACK_CHUNK_STARTED:
    case COPYFILE2_CALLBACK_STREAM_STARTED:
    case COPYFILE2_CALLBACK_STREAM_FINISHED:
    case COPYFILE2_CALLBACK_POLL_CONTINUE:
    case COPYFILE2_CALLBACK_MAX: break;
    }
    return COPYFILE2_PROGRESS_CONTINUE;
}

HRESULT header_call( PCWSTR existing, PCWSTR copy, BOOL *cancel );
HRESULT header_call( PCWSTR existing, PCWSTR copy, BOOL *cancel )
{
    HRESULT( WINAPI * function )( PCWSTR, PCWSTR, COPYFILE2_EXTENDED_PARAMETERS * ) = CopyFile2;
    COPYFILE2_EXTENDED_PARAMETERS first;
    COPYFILE2_EXTENDED_PARAMETERS_V2 second;
    HRESULT hr;

    hr = CopyFile2( existing, copy, NULL );
    if (hr == HRESULT_FROM_WIN32( ERROR_REQUEST_PAUSED )) return hr;

    first.dwSize = sizeof( first );
    first.dwCopyFlags = COPY_FILE_FAIL_IF_EXISTS | COPY_FILE_DISABLE_SPARSE_COPY;
    first.pfCancel = cancel;
    first.pProgressRoutine = on_message;
    first.pvCallbackContext = &first;
    hr = function( existing, copy, &first );
    if (FAILED( hr )) return hr;

    second.dwSize = sizeof( second );
    second.dwCopyFlagsV2 = COPY_FILE2_V2_VALID_FLAGS;
    second.ioDesiredSize = COPYFILE2_IO_CYCLE_SIZE_MAX;
    second.ioDesiredRate = COPYFILE2_IO_RATE_MIN;
    second.pProgressRoutine = on_message;
    second.pProgressRoutineOld = NULL;
    second.SourceOplockKeys = NULL;
    return CopyFile2( existing, copy, (COPYFILE2_EXTENDED_PARAMETERS *)&second );
}

/* ---- wrong on purpose -------------------------------------------------------------------------------------------- */

#ifdef HEADER_WRONG
CHECK( wrong_size, sizeof( COPYFILE2_MESSAGE ) == WIDE_OR_NARROW( 88, 80 ) );
OFFSET_AS( wrong, COPYFILE2_EXTENDED_PARAMETERS_V2, reserved, 65, 41 );
CHECK( wrong_flag, COPY_FILE_DIRECTORY == 0x00000081 );
CHECK( wrong_phase, COPYFILE2_PHASE_MAX == 8 );

static COPYFILE2_MESSAGE_ACTION CALLBACK on_wrong_message( COPYFILE2_MESSAGE *message )
{
    (void)message;
    return COPYFILE2_PROGRESS_CONTINUE;
}

void header_wrong( COPYFILE2_EXTENDED_PARAMETERS_V2 *second );
void header_wrong( COPYFILE2_EXTENDED_PARAMETERS_V2 *second )
{
    BYTE *wrong_type = &second->ioDesiredSize;
    PCOPYFILE2_PROGRESS_ROUTINE wrong_routine = on_wrong_message;

    (void)wrong_type, (void)wrong_routine;
    (void)second->no_such_member;
    CopyFile2( L"too", L"few" );
}
#endif
