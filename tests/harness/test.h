/* SPDX-License-Identifier: MIT */

/* The harness of the Windows-style tests: every test is a small program that prints the Test Anything Protocol.
 *
 * The function under test comes from the DLL that COPYFILE2_TEST_DLL names, which is kernel32.dll on Windows. So the
 * same program judges Windows, Wine and us. */

#ifndef COPYFILE2_TEST_H
#define COPYFILE2_TEST_H

#include <copyfile2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#ifndef ARRAY_SIZE
#define ARRAY_SIZE( array ) ( sizeof( array ) / sizeof( ( array )[0] ) )
#endif

/* A case holds some rows of docs/claims.md, or none, when the claim is our own. What a row claims stands in the table
 * of one case only, the one that names this row first. docs/claims.md is made of these tables:
 * tests/product/claims.awk. */
struct test_case
{
    const char *name;
    const char *row;   /* as in "1, 2" or "8-15"; "-": none */
    const char *claim; /* about Windows, by the first of the rows; NULL: another case has it */
    const char *sure;  /* how sure it is: A observed, B documented, C inferred, R our choice */
    void ( *run )( void );
};

/* One program: the cases run in order, each in an empty folder of its own that is also the current one. The option
 * --probe only shows that the program can be started. */
int test_main( const char *program, const struct test_case *cases, size_t count, const char *option );

#define TEST_MAIN( program, cases )                                                                                    \
    int main( int argc, char **argv )                                                                                  \
    {                                                                                                                  \
        return test_main( program, cases, ARRAY_SIZE( cases ), argc > 1 ? argv[1] : "" );                              \
    }

/* ok( condition, format, ... ): the claim. Answers the condition. */
#define ok( ... ) test_ok_at( __FILE__, __LINE__, __VA_ARGS__ )
bool test_ok_at( const char *file, int line, bool condition, const char *format, ... )
    __attribute__( ( format( __MINGW_PRINTF_FORMAT, 4, 5 ) ) );

/* skip( reason ): the rest of this case cannot run on this machine. The caller returns. */
void test_skip( const char *format, ... ) __attribute__( ( format( __MINGW_PRINTF_FORMAT, 1, 2 ) ) );
#define skip test_skip

/* A line for the reader of a failure. */
void test_trace( const char *format, ... ) __attribute__( ( format( __MINGW_PRINTF_FORMAT, 1, 2 ) ) );
#define trace test_trace

/* todo_wine ok( ... ): true on Windows, not yet under Wine; a claim that holds after all is a failure, so that the
 * mark goes. */
#define todo_wine for (test_todo_begin( running_under_wine() ); test_todo_more();)
void test_todo_begin( bool applies );
bool test_todo_more( void );

/* broken( condition ): what some Windows does and we must not; counts on Windows only. */
#define broken( condition ) ( !running_under_wine() && ( condition ) )

/* Every failure inside a loop or a helper says this in front. */
void push_context( const char *format, ... ) __attribute__( ( format( __MINGW_PRINTF_FORMAT, 1, 2 ) ) );
void pop_context( void );

bool running_under_wine( void );
/* Whether the engine is kept from the host's paths: by COPYFILE2_BACKEND=nt, or by COPYFILE2_HOST_PATHS=none. */
bool without_host_paths( void );

/* The function under test. */
extern HRESULT( WINAPI *copyfile2 )( PCWSTR, PCWSTR, COPYFILE2_EXTENDED_PARAMETERS * );
/* Another one of the same DLL; that it is not there fails the case. */
void *test_function( const char *name );
#define hr_from_error( error ) ( (HRESULT)( 0x80070000u | ( error ) ) )

#endif
