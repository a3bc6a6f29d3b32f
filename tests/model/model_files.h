/* SPDX-License-Identifier: MIT */

/* The files of a model_copy are made before it, and looked at behind it. */

#ifndef COPYFILE2_TEST_MODEL_FILES_H
#define COPYFILE2_TEST_MODEL_FILES_H

#include "model_copy.h"

#define MODEL_SOURCE      L"src.bin"
#define MODEL_DESTINATION L"dst.bin"

void model_files_make_source( const struct model_copy *copy );
void model_files_make_destination( const struct model_copy *copy );

/* Remembers which streams the destination has before a call. */
void model_files_look( void );
/* Somebody opens the destination and shares it with no one. */
HANDLE model_files_hold_destination( void );

/* These claim what is there. They open the files without sharing them. */
void model_files_check_source( const struct model_copy *copy );
void model_files_check_untouched( const struct model_copy *copy );
void model_files_check_gone( const struct model_copy *copy );
/* Claims that the streams before that one are whole, that it has so many bytes, and that there are no others. finished:
 * the copy is complete, so it has the source's time. */
void model_files_check_copied( const struct model_copy *copy, unsigned int stream, uint64_t done, bool finished );
/* Claims that the fragment has these bytes and more behind them, and is shorter than the source unless that is tiny.
 * Whether its record is good shows when a copy goes on with it. */
void model_files_check_recorded( const struct model_copy *copy, unsigned int stream, uint64_t done );

#endif
