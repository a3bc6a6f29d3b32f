/* SPDX-License-Identifier: MIT */

/* This file tells the time that passes while files are copied. */

#ifndef STOPWATCH_H
#define STOPWATCH_H

/* Answers seconds since some moment that stays the same. */
double stopwatch_seconds( void );

#endif
