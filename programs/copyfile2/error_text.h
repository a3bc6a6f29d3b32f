/* SPDX-License-Identifier: MIT */

/* What an error is called: the phase it happened in, and the system's words for it. */

#ifndef ERROR_TEXT_H
#define ERROR_TEXT_H

#include <copyfile2.h>

#define ERROR_TEXT_SIZE 512

/* COPYFILE2_PHASE_READ_SOURCE is READ_SOURCE. */
const WCHAR *error_phase_name( COPYFILE2_COPY_PHASE phase );

/* One line, no full stop. */
void error_system_text( HRESULT hr, WCHAR text[ERROR_TEXT_SIZE] );

#endif
