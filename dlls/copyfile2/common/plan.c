/* SPDX-License-Identifier: MIT */

/* This file turns the caller's parameters, V1 or V2, into a plan. */

#include "common/plan.h"

/* Windows does not document its own default. CopyFileEx was seen to use chunks of at most 1 MiB, so 1 MiB is our
 * default. */
#define DEFAULT_CHUNK_SIZE ( (uint64_t)1024 * 1024 )

/* A safe point lies between two chunks, so the chunks of a restartable copy are no larger than this. */
#define LARGEST_RESTARTABLE_CHUNK ( (uint64_t)16 * 1024 * 1024 )

/* These flags change nothing for a copy of one local stream by reading and writing. Each has its reason beside it. */
#define FLAGS_WITHOUT_EFFECT                                                                                           \
    ( COPY_FILE_IGNORE_EDP_BLOCK             /* Windows Information Protection exists on Windows 10 only */            \
      | COPY_FILE_REQUEST_COMPRESSED_TRAFFIC /* a hint to SMB 3.1.1 */                                                 \
      | COPY_FILE_ENABLE_SPARSE_COPY )       /* holes are kept anyway, where they can be */

/* Each of these flags sets a member of the plan. */
#define FLAGS_WITH_EFFECT                                                                                              \
    ( COPY_FILE_FAIL_IF_EXISTS | COPY_FILE_RESTARTABLE | COPY_FILE_RESUME_FROM_PAUSE |                                 \
      COPY_FILE_OPEN_SOURCE_FOR_WRITE | COPY_FILE_ALLOW_DECRYPTED_DESTINATION | COPY_FILE_IGNORE_SOURCE_ENCRYPTION |   \
      COPY_FILE_COPY_SYMLINK | COPY_FILE_REQUEST_SECURITY_PRIVILEGES | COPY_FILE_SKIP_ALTERNATE_STREAMS |              \
      COPY_FILE_DONT_REQUEST_DEST_WRITE_DAC | COPY_FILE_DISABLE_PRE_ALLOCATION | COPY_FILE_NO_BUFFERING |              \
      COPY_FILE_NO_OFFLOAD | COPY_FILE_ENABLE_LOW_FREE_SPACE_MODE | COPY_FILE_DISABLE_SPARSE_COPY |                    \
      COPY_FILE_DIRECTORY | COPY_FILE_OPEN_AND_COPY_REPARSE_POINT )

/* Windows refuses a flag that it does not know, so all other flags are refused (errors.c, unknown_flag). */
#define KNOWN_FLAGS ( FLAGS_WITH_EFFECT | FLAGS_WITHOUT_EFFECT )

static bool is_zero( const void *const *pointers, size_t count )
{
    while (count)
        if (pointers[--count]) return false;
    return true;
}

static HRESULT plan_read_v2( struct plan *plan, const COPYFILE2_EXTENDED_PARAMETERS_V2 *params )
{
    if (!is_zero( (const void *const *)params->reserved, ARRAYSIZE( params->reserved ) )) return E_INVALIDARG;
    /* Wine has no oplocks that SourceOplockKeys could keep, so the keys are ignored. */
    if (params->dwCopyFlagsV2 & ~COPY_FILE2_V2_VALID_FLAGS) return E_INVALIDARG;
    /* A junction leads to a directory, and is copied as that directory (directories.c, junction_as_directory). */
    plan->follow_junctions = params->dwCopyFlagsV2 & COPY_FILE2_V2_DONT_COPY_JUNCTIONS;
    if (params->dwCopyFlagsV2 & COPY_FILE2_V2_DISABLE_BLOCK_CLONING) plan->may_offload = false;

    if (params->ioDesiredSize)
    {
        if (params->ioDesiredSize < COPYFILE2_IO_CYCLE_SIZE_MIN) return E_INVALIDARG;
        if (params->ioDesiredSize > COPYFILE2_IO_CYCLE_SIZE_MAX) return E_INVALIDARG;
        plan->chunk_size = params->ioDesiredSize & ~(uint64_t)( COPYFILE2_IO_CYCLE_SIZE_MIN - 1 );
    }
    if (params->ioDesiredRate)
    {
        if (params->ioDesiredRate < COPYFILE2_IO_RATE_MIN) return E_INVALIDARG;
        plan->rate = (uint64_t)params->ioDesiredRate * 1024;
    }
    /* When both callbacks are given, Microsoft documents that the old one is used (old_routine.c, v2_old_cb). */
    plan->old_routine = params->pProgressRoutineOld;
    return S_OK;
}

static HRESULT plan_read_flags( struct plan *plan, DWORD flags )
{
    if (flags & ~KNOWN_FLAGS) return E_INVALIDARG;
    plan->create_only = flags & COPY_FILE_FAIL_IF_EXISTS;
    plan->directory = flags & COPY_FILE_DIRECTORY;
    if (flags & COPY_FILE_OPEN_AND_COPY_REPARSE_POINT) plan->links = PLAN_COPY_REPARSE_POINTS;
    else if (flags & COPY_FILE_COPY_SYMLINK) plan->links = PLAN_COPY_SYMLINKS;
    plan->restartable = flags & COPY_FILE_RESTARTABLE;
    plan->resume = flags & COPY_FILE_RESUME_FROM_PAUSE;
    if (plan->restartable && plan->chunk_size > LARGEST_RESTARTABLE_CHUNK) plan->chunk_size = LARGEST_RESTARTABLE_CHUNK;
    plan->write_source = flags & COPY_FILE_OPEN_SOURCE_FOR_WRITE;
    plan->may_decrypt = flags & ( COPY_FILE_ALLOW_DECRYPTED_DESTINATION | COPY_FILE_IGNORE_SOURCE_ENCRYPTION );
    plan->main_stream_only = flags & COPY_FILE_SKIP_ALTERNATE_STREAMS;
    plan->set_size_first = !( flags & COPY_FILE_DISABLE_PRE_ALLOCATION );
    if (flags & ( COPY_FILE_NO_OFFLOAD | COPY_FILE_ENABLE_LOW_FREE_SPACE_MODE )) plan->may_offload = false;
    plan->keep_holes = !( flags & COPY_FILE_DISABLE_SPARSE_COPY );
    plan->uncached = flags & COPY_FILE_NO_BUFFERING;

    /* The engine copies no security descriptor, but a callback may do so. The wider access is for that callback. */
    plan->destination_access = WRITE_DAC;
    if (flags & COPY_FILE_REQUEST_SECURITY_PRIVILEGES)
    {
        plan->source_access = ACCESS_SYSTEM_SECURITY;
        plan->destination_access |= ACCESS_SYSTEM_SECURITY | WRITE_OWNER;
    }
    /* A flag that forbids an access wins over one that asks for it (access.c, no_write_dac). */
    if (flags & COPY_FILE_DONT_REQUEST_DEST_WRITE_DAC) plan->destination_access &= ~WRITE_DAC;
    return S_OK;
}

HRESULT plan_make( struct plan *plan, PCWSTR source, PCWSTR destination, const COPYFILE2_EXTENDED_PARAMETERS *params )
{
    static const COPYFILE2_EXTENDED_PARAMETERS defaults = { .dwSize = sizeof( defaults ) };
    HRESULT hr = S_OK;

    if (!source || !destination) return E_INVALIDARG;
    if (!params) params = &defaults;

    *plan = ( struct plan ){ .source_name = source,
                             .destination_name = destination,
                             .routine = params->pProgressRoutine,
                             .context = params->pvCallbackContext,
                             .cancel = params->pfCancel,
                             .source_needed = GENERIC_READ,
                             .may_offload = true,
                             .chunk_size = DEFAULT_CHUNK_SIZE };

    if (params->dwSize == sizeof( COPYFILE2_EXTENDED_PARAMETERS_V2 ))
        hr = plan_read_v2( plan, (const COPYFILE2_EXTENDED_PARAMETERS_V2 *)params );
    else if (params->dwSize != sizeof( COPYFILE2_EXTENDED_PARAMETERS )) return E_INVALIDARG;

    return FAILED( hr ) ? hr : plan_read_flags( plan, params->dwCopyFlags );
}
