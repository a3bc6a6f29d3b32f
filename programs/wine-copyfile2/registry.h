/* SPDX-License-Identifier: MIT */

/* The prefix' registry values that make every program use what we put there, without any variable in the environment.
 */

#ifndef WINE_COPYFILE2_REGISTRY_H
#define WINE_COPYFILE2_REGISTRY_H

#include "prefix.h"
#include "wine.h"

/* Whether they were set by us. */
bool registry_is_set( const struct prefix *prefix );

/* Both are done by Wine's own reg.exe, for a running wineserver would undo a change of the file. The lock is held.
 * False with a message. */
bool registry_set( const struct prefix *prefix, const struct wine *wine );
bool registry_restore( const struct prefix *prefix, const struct wine *wine );

#endif
