/* SPDX-License-Identifier: MIT */

/* This is the harness of the Windows-style tests: every test is a small program that prints the Test Anything Protocol.
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

/* A case holds some rows of docs/claims.md, or none, when the claim is our own. The claim of a row stands in one case
 * only, the one that names this row first. tests/product/claims.awk makes docs/claims.md of these tables. */
struct test_case
{
    const char *name;
    const char *row;   /* as in "1, 2" or "8-15"; "-": none */
    const char *claim; /* about Windows, by the first of the rows; NULL: another case has it */
    const char *sure;  /* how sure it is: A observed, B documented, C inferred, R our choice */
    bool own;          /* only our engine promises it: no other implementation is judged by this case */
    void ( *run )( void );
};

/* A program has these cases. Each of them runs in an empty folder of its own that is also the current one. */
struct test_program
{
    const char *name;
    const struct test_case *cases;
    size_t count;
    struct test_program *next;
};

/* Every program that is linked in is in this list before main begins: one in a program of tests/windows, and all in
 * copyfile2-conformance.exe. So both are made of the same objects, and nobody has to name the programs once more. */
extern struct test_program *test_programs;
void test_program_add( struct test_program *program );

#define TEST_MAIN( program_name, program_cases )                                                                       \
    static struct test_program test_this_program = { .name = program_name,                                             \
                                                     .cases = program_cases,                                           \
                                                     .count = ARRAY_SIZE( program_cases ) };                           \
    static void __attribute__( ( constructor ) ) test_this_program_add( void )                                         \
    {                                                                                                                  \
        test_program_add( &test_this_program );                                                                        \
    }

/* A case that needs a second process starts its own program with this option. The program then plays the role instead
 * of running cases. */
struct test_role
{
    const char *option;
    int ( *play )( void );
    struct test_role *next;
};
void test_role_add( struct test_role *role );
/* Answers whether the option names a role. True: the role was played, and *result is the exit code. */
bool test_role_play( const char *option, int *result );

#define TEST_ROLE( role_option, role_play )                                                                            \
    static struct test_role test_this_role = { .option = role_option, .play = role_play };                             \
    static void __attribute__( ( constructor ) ) test_this_role_add( void )                                            \
    {                                                                                                                  \
        test_role_add( &test_this_role );                                                                              \
    }

/* Runs the cases of one program; only one of them when COPYFILE2_TEST_CASE names it. Answers the exit code. */
int test_program_run( const struct test_program *program );
/* Runs one case, for copyfile2-conformance.exe. When the DLL has no CopyFile2, a call of it ends the process with the
 * exit code TEST_ABSENT. A program that imports the function would end as well. */
#define TEST_ABSENT 96
int test_case_run( const char *program, const struct test_case *one );

/* ok( condition, format, ... ) makes a claim. Answers the condition. */
#define ok( ... ) test_ok_at( __FILE__, __LINE__, __VA_ARGS__ )
bool test_ok_at( const char *file, int line, bool condition, const char *format, ... )
    __attribute__( ( format( __MINGW_PRINTF_FORMAT, 4, 5 ) ) );

/* skip( reason ) says that the rest of this case cannot run on this machine. The caller returns. */
void test_skip( const char *format, ... ) __attribute__( ( format( __MINGW_PRINTF_FORMAT, 1, 2 ) ) );
#define skip test_skip

/* skip_rest( reason ) does the same from within a helper; the case ends here. */
void test_skip_rest( const char *format, ... ) __attribute__( ( noreturn, format( __MINGW_PRINTF_FORMAT, 1, 2 ) ) );
#define skip_rest test_skip_rest

/* Prints a line that helps the reader of a failure. */
void test_trace( const char *format, ... ) __attribute__( ( format( __MINGW_PRINTF_FORMAT, 1, 2 ) ) );
#define trace test_trace

/* todo_wine ok( ... ) says that the claim is true on Windows, and not yet of our engine under Wine. The case fails when
 * the claim holds after all, so that the mark is taken away. Another implementation is judged without this mark: it
 * does what Windows does, or it fails. */
#define todo_wine for (test_todo_begin( running_under_wine() && engine_is_ours() ); test_todo_more();)
void test_todo_begin( bool applies );
bool test_todo_more( void );

/* broken( condition ) allows what some Windows does and we must not. It counts on Windows only. */
#define broken( condition ) ( !running_under_wine() && ( condition ) )

/* Every failure between these two calls says the text in front, as in a loop or a helper. */
void push_context( const char *format, ... ) __attribute__( ( format( __MINGW_PRINTF_FORMAT, 1, 2 ) ) );
void pop_context( void );

bool running_under_wine( void );
/* Answers whether the copies are made by our own engine. It promises more than Windows does, as where a chunk ends. */
bool engine_is_ours( void );
/* Answers whether our engine finds no host half here. False when COPYFILE2_BACKEND tells it which way to go. */
bool host_half_is_absent( void );
/* Answers whether the engine is kept from the host's paths: by COPYFILE2_BACKEND=nt, by COPYFILE2_HOST_PATHS=none, or
 * because there is no host half. */
bool without_host_paths( void );

/* This is the function under test. */
extern HRESULT( WINAPI *copyfile2 )( PCWSTR, PCWSTR, COPYFILE2_EXTENDED_PARAMETERS * );
/* Answers another function of the same DLL. The case fails when there is none. */
void *test_function( const char *name );
/* Answers the name of that DLL. */
const char *test_dll( void );
/* Loads that DLL, and sets copyfile2 to its function, or to NULL when it has none. False: the DLL cannot be loaded, and
 * a line says so. */
bool test_load( void );

/* Deletes a folder with all that is in it. Files that cannot be deleted stay. */
void test_remove_tree( const WCHAR *folder );
#define hr_from_error( error ) ( (HRESULT)( 0x80070000u | ( error ) ) )

#endif
