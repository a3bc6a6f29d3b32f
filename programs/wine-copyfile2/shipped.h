/* SPDX-License-Identifier: MIT */

/* This file finds the copyfile2.dll that was installed together with this program. */

#ifndef WINE_COPYFILE2_SHIPPED_H
#define WINE_COPYFILE2_SHIPPED_H

#include <stdint.h>

/* Answers the folder that holds x86_64-windows and i386-windows; to be freed. */
char *shipped_folder( void );

/* Answers where the DLL for this machine (PE_MACHINE_...) is or would be, to be freed. NULL means that none is ever
 * made for it. */
char *shipped_dll( uint16_t machine );

#endif
