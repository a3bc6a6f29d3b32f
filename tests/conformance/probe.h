/* SPDX-License-Identifier: MIT */

/* A probe makes files, calls the function under test, and prints what it got, as lines of trace(). */

#ifndef COPYFILE2_PROBE_H
#define COPYFILE2_PROBE_H

#include "conformance.h"
#include "harness/files.h"
#include "harness/recorder.h"

/* One call. A member that is 0 asks for nothing. */
struct probe
{
    DWORD size; /* dwSize; 0: that of V2 when a member of V2 is set, and that of V1 otherwise */
    DWORD flags, flags_v2, io_size, io_rate;
    BOOL *cancel;
    COPYFILE2_MESSAGE_ACTION answer;
    COPYFILE2_MESSAGE_TYPE answer_to;
    unsigned int answer_at;
    void ( *hook )( const COPYFILE2_MESSAGE *message, void *context );
    void *hook_context;
    bool silent; /* the messages are not printed */
};

#define SOURCE      L"src.bin"
#define DESTINATION L"dst.bin"

/* Calls the function, and prints the result, the last error, the time, the length of the destination, and the
 * messages. */
HRESULT probe_copy( PCWSTR source, PCWSTR destination, const struct probe *probe );
/* Prints the size, the attributes and the times of a file. */
void probe_file( const char *what, PCWSTR name );
/* Deletes source and destination, and makes a source of that many bytes. */
void probe_begin( uint64_t size );

void probe_answers( void );
void probe_answers_to_error( void );
void probe_cancel_flag( void );
void probe_destination_open( void );
void probe_directories( void );
void probe_errors( void );
void probe_flags( void );
void probe_io_rate( void );
void probe_io_size( void );
void probe_junction( void );
void probe_metadata( void );
void probe_names( void );
void probe_parameters( void );
void probe_pause( void );
void probe_phases( void );
void probe_resized_source( void );
void probe_sizes( void );
void probe_sparse( void );
void probe_streams( void );

#endif
