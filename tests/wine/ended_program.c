/* SPDX-License-Identifier: MIT */

/* ended_program SOURCE DESTINATION: a thread copies, and is ended in its callback. threads.sh counts the threads. */

#include <copyfile2.h>
#include <stdio.h>

static HANDLE told;

static COPYFILE2_MESSAGE_ACTION CALLBACK wait_for_ever( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)context;
    if (message->Type != COPYFILE2_CALLBACK_CHUNK_FINISHED) return COPYFILE2_PROGRESS_CONTINUE;
    SetEvent( told );
    Sleep( INFINITE );
    return COPYFILE2_PROGRESS_CONTINUE;
}

static DWORD CALLBACK copy( void *context )
{
    WCHAR **names = context;
    COPYFILE2_EXTENDED_PARAMETERS params = { .dwSize = sizeof( params ), .pProgressRoutine = wait_for_ever };

    return (DWORD)CopyFile2( names[1], names[2], &params );
}

static void say( const char *word )
{
    printf( "%s\n", word );
    fflush( stdout );
}

int wmain( int argc, WCHAR **argv )
{
    HANDLE thread;

    if (argc != 3) return 2;
    told = CreateEventW( NULL, FALSE, FALSE, NULL );
    thread = CreateThread( NULL, 0, copy, argv, 0, NULL );
    WaitForSingleObject( told, INFINITE );
    say( "told" );
    Sleep( 2000 );
    TerminateThread( thread, 1 );
    WaitForSingleObject( thread, INFINITE );
    say( "ended" );
    Sleep( 5000 );
    return 0;
}
