/* SPDX-License-Identifier: MIT */

/* The files of a model_copy: made before it, looked at behind it. */

#ifndef COPYFILE2_TEST_MODEL_FILES_H
#define COPYFILE2_TEST_MODEL_FILES_H

#include "model.h"

#define MODEL_SOURCE      L"src.bin"
#define MODEL_DESTINATION L"dst.bin"

void model_files_make_source( const struct model_copy *copy );
void model_files_make_destination( const struct model_copy *copy );

/* Remembers which streams the destination has before a call. */
void model_files_look( void );
/* Somebody opens the destination and shares it with no one. */
HANDLE model_files_hold_destination( void );

/* Claims, each of them by opening what is there without sharing it. */
void model_files_check_source( const struct model_copy *copy );
void model_files_check_untouched( const struct model_copy *copy );
void model_files_check_gone( const struct model_copy *copy );
/* The streams before that one whole, so many bytes of it, and no others. */
void model_files_check_copied( const struct model_copy *copy, unsigned int stream, uint64_t done, bool finished );
/* The same, with a record, so that the copy can go on there. */
void model_files_check_recorded( const struct model_copy *copy, unsigned int stream, uint64_t done );

#endif
