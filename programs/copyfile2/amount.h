/* SPDX-License-Identifier: MIT */

/* This file writes bytes and seconds as people read them. */

#ifndef AMOUNT_H
#define AMOUNT_H

#include <stdint.h>
#include <wchar.h>

#define AMOUNT_SIZE 32

/* Writes, for example, 12 B, 1.50 KiB or 512 MiB. */
void amount_of_bytes( double bytes, wchar_t text[AMOUNT_SIZE] );

/* Writes, for example, 0:07, 12:30 or 1:00:00. */
void amount_of_time( double seconds, wchar_t text[AMOUNT_SIZE] );

#endif
