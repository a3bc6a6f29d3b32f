/* SPDX-License-Identifier: MIT */

/* This file names an error: by the phase in which it happened, and by the system's words for it. */

#ifndef ERROR_TEXT_H
#define ERROR_TEXT_H

#include <copyfile2.h>

#define ERROR_TEXT_SIZE 512

/* Answers the name of a phase without its prefix, for example READ_SOURCE. */
const WCHAR *error_phase_name( COPYFILE2_COPY_PHASE phase );

/* Sets text to the system's words for the error: one line without a full stop. */
void error_system_text( HRESULT hr, WCHAR text[ERROR_TEXT_SIZE] );

#endif
