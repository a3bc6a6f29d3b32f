/* SPDX-License-Identifier: MIT */

/* Sets or compares an attribute of a file: attribute FILE NAME [SIZE]. With SIZE the attribute gets that many bytes,
 * and without SIZE its bytes are compared with them. */

#include <stdio.h>
#include <stdlib.h>
#include <sys/xattr.h>

/* Exits with 0 when the attribute was set, or is as this program sets it. 1: it cannot be set, or is not there; 2: it
 * differs. */
int main( int argc, char **argv )
{
    static char bytes[65536], found[65536];
    ssize_t size;

    for (size_t i = 0; i < sizeof( bytes ); i++) bytes[i] = (char)( i * 7 + i / 251 );
    if (argc == 4) return setxattr( argv[1], argv[2], bytes, (size_t)atoi( argv[3] ), 0 ) ? 1 : 0;
    if (argc != 3) return 99;
    size = getxattr( argv[1], argv[2], found, sizeof( found ) );
    if (size < 0) return 1;
    printf( "%s: %zd bytes\n", argv[1], size );
    for (ssize_t i = 0; i < size; i++)
        if (found[i] != bytes[i]) return 2;
    return 0;
}
