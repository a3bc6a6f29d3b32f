/* SPDX-License-Identifier: MIT */

/* copyfile2.dll as it was installed together with this program. */

#ifndef WINE_COPYFILE2_SHIPPED_H
#define WINE_COPYFILE2_SHIPPED_H

#include <stdint.h>

/* The folder that holds x86_64-windows and i386-windows; to be freed. */
char *shipped_folder( void );

/* Where it is or would be; NULL when it is never made for this machine (PE_MACHINE_...). To be freed. */
char *shipped_dll( uint16_t machine );

#endif
