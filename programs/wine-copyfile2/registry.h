/* SPDX-License-Identifier: MIT */

/* Two registry values make every program of a prefix use what we put there, without any variable in the environment. */

#ifndef WINE_COPYFILE2_REGISTRY_H
#define WINE_COPYFILE2_REGISTRY_H

#include "prefix.h"
#include "wine.h"

/* True means that the former values are written down, which registry_set does before it sets ours. */
bool registry_is_set( const struct prefix *prefix );

/* A running wineserver would undo a change of the registry's file, so Wine's own reg.exe makes the changes. The caller
 * holds the lock. False comes with a message. */
bool registry_set( const struct prefix *prefix, const struct wine *wine );
bool registry_restore( const struct prefix *prefix, const struct wine *wine );

/* When the record of the former values is lost and ours are set, this writes a record by which registry_restore removes
 * them. The caller holds the lock. False comes with a message. */
bool registry_adopt( const struct prefix *prefix, const struct wine *wine );

#endif
