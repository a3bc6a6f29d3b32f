/* SPDX-License-Identifier: MIT */

/* This file explains the failures that people meet most, in words. */

#ifndef REASON_H
#define REASON_H

#include "run.h"

/* Looks at the files after a copy has failed. Answers NULL when the system's words tell as much. */
const WCHAR *reason_of( const struct entry *entry, HRESULT hr );

/* True means that both names lead to one file or folder. */
bool reason_is_same_file( const struct entry *entry );

/* True means that the source leads to a folder in which it lies itself, so that a walk into it would never end. */
bool reason_is_loop( const struct entry *entry );

/* True means that the destination is the source folder, or lies in it. */
bool reason_is_into_itself( const struct entry *entry );

#endif
