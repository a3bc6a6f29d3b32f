/* SPDX-License-Identifier: MIT */

/* This table says what each public flag does to the copy of a plain file. */

#include "model_copy.h"
#include "harness/test.h"

#include <stdlib.h>

#define PLAIN( name ) { .flag = name, .flag_v2 = 0, .effect = MODEL_NO_EFFECT }

const struct model_flag model_flags[] = {
    { .flag = COPY_FILE_FAIL_IF_EXISTS, .flag_v2 = 0, .effect = MODEL_NEW_ONLY },
    { .flag = COPY_FILE_SKIP_ALTERNATE_STREAMS, .flag_v2 = 0, .effect = MODEL_MAIN_STREAM },
    { .flag = COPY_FILE_RESTARTABLE, .flag_v2 = 0, .effect = MODEL_NO_EFFECT },
    /* the destination is an ordinary file, or there is none, so this is a full copy */
    { .flag = COPY_FILE_RESUME_FROM_PAUSE, .flag_v2 = 0, .effect = MODEL_NO_EFFECT },
    { .flag = COPY_FILE_DIRECTORY, .flag_v2 = 0, .effect = MODEL_WANTS_DIRECTORY },
    /* a plain file is no link */
    PLAIN( COPY_FILE_COPY_SYMLINK ),
    PLAIN( COPY_FILE_OPEN_AND_COPY_REPARSE_POINT ),
    PLAIN( COPY_FILE_OPEN_SOURCE_FOR_WRITE ),
    PLAIN( COPY_FILE_ALLOW_DECRYPTED_DESTINATION ),
    PLAIN( COPY_FILE_NO_BUFFERING ),
    PLAIN( COPY_FILE_REQUEST_SECURITY_PRIVILEGES ),
    PLAIN( COPY_FILE_NO_OFFLOAD ),
    PLAIN( COPY_FILE_IGNORE_EDP_BLOCK ),
    PLAIN( COPY_FILE_IGNORE_SOURCE_ENCRYPTION ),
    PLAIN( COPY_FILE_DONT_REQUEST_DEST_WRITE_DAC ),
    PLAIN( COPY_FILE_DISABLE_PRE_ALLOCATION ),
    PLAIN( COPY_FILE_ENABLE_LOW_FREE_SPACE_MODE ),
    PLAIN( COPY_FILE_REQUEST_COMPRESSED_TRAFFIC ),
    PLAIN( COPY_FILE_ENABLE_SPARSE_COPY ),
    PLAIN( COPY_FILE_DISABLE_SPARSE_COPY ),
    { .flag = 0, .flag_v2 = COPY_FILE2_V2_DONT_COPY_JUNCTIONS, .effect = MODEL_NO_EFFECT },
    { .flag = 0, .flag_v2 = COPY_FILE2_V2_DISABLE_BLOCK_CLONING, .effect = MODEL_NO_EFFECT },
};
const size_t model_flag_count = ARRAY_SIZE( model_flags );

DWORD model_flags_refused_here( void )
{
    return without_host_paths() ? COPY_FILE_COPY_SYMLINK | COPY_FILE_OPEN_AND_COPY_REPARSE_POINT : 0;
}

enum model_effect model_effect_of( DWORD flags, DWORD flags_v2 )
{
    enum model_effect strongest = MODEL_NO_EFFECT;

    for (size_t i = 0; i < model_flag_count; i++)
    {
        const struct model_flag *flag = &model_flags[i];

        if (!( flags & flag->flag ) && !( flags_v2 & flag->flag_v2 )) continue;
        flags &= ~flag->flag;
        flags_v2 &= ~flag->flag_v2;
        if (flag->effect > strongest) strongest = flag->effect;
    }
    /* a bit that no row of the table took is not defined */
    return flags || flags_v2 ? MODEL_INVALID : strongest;
}
