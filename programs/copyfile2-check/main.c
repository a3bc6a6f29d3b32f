/* SPDX-License-Identifier: MIT */

/* copyfile2-check.exe is the Windows half of wine-copyfile2, for all that only a Windows program can do or see. Its
 * output is read by wine-copyfile2; see helper.c there. */

#include "check.h"

#include <stdio.h>
#include <string.h>

#define EXIT_USAGE 2

static const char usage[] =
    "Usage: copyfile2-check ready     drop Wine's sections of replaced DLLs, tell whose functions this process has\n"
    "       copyfile2-check trial     tell whose functions this process has, and copy two files in this folder\n"
    "       copyfile2-check start PROGRAM ARGUMENT\n"
    "                                 the same by another copyfile2-check.exe, which gets these standard files\n"
    "wine-copyfile2 starts this program: try wine-copyfile2 check.\n";

static int start( const char *program, const char *argument )
{
    STARTUPINFOA startup = { .cb = sizeof( startup ),
                             .dwFlags = STARTF_USESTDHANDLES,
                             .hStdInput = GetStdHandle( STD_INPUT_HANDLE ),
                             .hStdOutput = GetStdHandle( STD_OUTPUT_HANDLE ),
                             .hStdError = GetStdHandle( STD_ERROR_HANDLE ) };
    PROCESS_INFORMATION process;
    char line[2 * MAX_PATH];
    DWORD code = EXIT_USAGE;

    snprintf( line, sizeof( line ), "\"%s\" %s", program, argument );
    if (!CreateProcessA( program, line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process ))
    {
        printf( "error %s cannot be started: %lu\n", program, GetLastError() );
        return 1;
    }
    WaitForSingleObject( process.hProcess, INFINITE );
    GetExitCodeProcess( process.hProcess, &code );
    CloseHandle( process.hThread );
    CloseHandle( process.hProcess );
    return (int)code;
}

int main( int argc, char **argv )
{
    if (argc == 4 && !strcmp( argv[1], "start" )) return start( argv[2], argv[3] );
    if (argc != 2 || ( strcmp( argv[1], "ready" ) && strcmp( argv[1], "trial" ) ))
    {
        fputs( usage, stderr );
        return EXIT_USAGE;
    }
    printf( "copyfile2-check %s\nbits %u\n", PACKAGE_VERSION, (unsigned int)( 8 * sizeof( void * ) ) );
    if (!strcmp( argv[1], "ready" )) sections_drop();
    origin_print();
    if (!strcmp( argv[1], "trial" )) trial_print();
    puts( "end" );
    return 0;
}
