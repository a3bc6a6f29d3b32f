/* SPDX-License-Identifier: MIT */

/* This file has the text of --help. */

#ifndef HELP_H
#define HELP_H

void help_print( void );

#endif
