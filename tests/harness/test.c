/* SPDX-License-Identifier: MIT */

#include "test.h"

#include <fcntl.h>
#include <io.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

HRESULT( WINAPI *copyfile2 )( PCWSTR, PCWSTR, COPYFILE2_EXTENDED_PARAMETERS * );
static HMODULE dll;

/* This belongs to the case that runs. */
static struct
{
    unsigned int checks, failures, todos;
    bool todo, todo_first;
    char skipped[256];
    char context[512];
    size_t marks[16], depth;
    jmp_buf *end;
} now;

bool running_under_wine( void )
{
    return GetProcAddress( GetModuleHandleA( "ntdll.dll" ), "wine_get_version" ) != NULL;
}

static bool is_set( const char *name, const char *wanted )
{
    const char *value = getenv( name );

    return value && !strcmp( value, wanted );
}

/* On Windows 8 and later our own DLL calls the system's function, unless it is told not to. */
bool engine_is_ours( void )
{
    HMODULE system = GetModuleHandleA( "kernel32.dll" );

    if (!GetProcAddress( dll, "CopyFile2OfLibcopyfile2" )) return false;
    return running_under_wine() || is_set( "COPYFILE2_BACKEND", "nt" ) || !GetProcAddress( system, "CopyFile2" );
}

/* Exit codes of the process that asks. Any other one tells nothing. */
enum
{
    HOST_HALF_THERE = 40,
    HOST_HALF_ABSENT,
};

/* When the host half is demanded and there is none, every call fails with this error. The copy has no source, so it
 * makes nothing either way. */
static int ask_for_host_half( void )
{
    if (!test_load() || !copyfile2) return 0;
    return copyfile2( L"no source", L"no destination", NULL ) == hr_from_error( ERROR_MOD_NOT_FOUND ) ? HOST_HALF_ABSENT
                                                                                                      : HOST_HALF_THERE;
}
#define ASK_FOR_HOST_HALF "--ask-for-host-half"
TEST_ROLE( ASK_FOR_HOST_HALF, ask_for_host_half )

/* Answers the exit code of this program in that role. */
static DWORD answer_of_process( void )
{
    STARTUPINFOW startup = { .cb = sizeof( startup ) };
    PROCESS_INFORMATION process;
    WCHAR program[MAX_PATH], command[] = L"test " ASK_FOR_HOST_HALF;
    DWORD code = 0;

    GetModuleFileNameW( NULL, program, ARRAY_SIZE( program ) );
    if (!CreateProcessW( program, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process )) return 0;
    if (WaitForSingleObject( process.hProcess, 60000 ) == WAIT_OBJECT_0) GetExitCodeProcess( process.hProcess, &code );
    CloseHandle( process.hThread );
    CloseHandle( process.hProcess );
    return code;
}

/* The engine reads COPYFILE2_BACKEND at its first call, so a process of its own demands the host half. Wine 8.0 now and
 * then fails to start one. */
bool host_half_is_absent( void )
{
    static DWORD answer;

    if (getenv( "COPYFILE2_BACKEND" ) || !running_under_wine() || !engine_is_ours()) return false;
    SetEnvironmentVariableA( "COPYFILE2_BACKEND", "host" );
    for (int i = 0; i < 2 && answer != HOST_HALF_THERE && answer != HOST_HALF_ABSENT; i++) answer = answer_of_process();
    SetEnvironmentVariableA( "COPYFILE2_BACKEND", NULL );
    return answer == HOST_HALF_ABSENT;
}

bool without_host_paths( void )
{
    return is_set( "COPYFILE2_BACKEND", "nt" ) || is_set( "COPYFILE2_HOST_PATHS", "none" ) || host_half_is_absent();
}

static void say( const char *head, const char *format, va_list args )
{
    printf( "# %s", head );
    __mingw_vprintf( format, args );
    printf( "\n" );
    fflush( stdout );
}

bool test_ok_at( const char *file, int line, bool condition, const char *format, ... )
{
    char head[1024];
    const char *verdict = NULL;
    va_list args;

    now.checks++;
    if (now.todo)
    {
        verdict = condition ? "Todo succeeded" : "Marked todo";
        if (condition) now.failures++;
        else now.todos++;
    }
    else if (!condition)
    {
        verdict = "Test failed";
        now.failures++;
    }
    if (verdict)
    {
        va_start( args, format );
        snprintf( head, sizeof( head ), "%s:%d: %s: %s", file, line, verdict, now.context );
        say( head, format, args );
        va_end( args );
    }
    return condition;
}

void test_skip( const char *format, ... )
{
    va_list args;

    va_start( args, format );
    __mingw_vsnprintf( now.skipped, sizeof( now.skipped ), format, args );
    va_end( args );
}

void test_skip_rest( const char *format, ... )
{
    va_list args;

    va_start( args, format );
    __mingw_vsnprintf( now.skipped, sizeof( now.skipped ), format, args );
    va_end( args );
    longjmp( *now.end, 1 );
}

void test_trace( const char *format, ... )
{
    va_list args;

    va_start( args, format );
    say( now.context, format, args );
    va_end( args );
}

void test_todo_begin( bool applies )
{
    now.todo = applies;
    now.todo_first = true;
}

bool test_todo_more( void )
{
    if (now.todo_first)
    {
        now.todo_first = false;
        return true;
    }
    now.todo = false;
    return false;
}

void push_context( const char *format, ... )
{
    size_t length = strlen( now.context );
    va_list args;

    if (now.depth >= ARRAY_SIZE( now.marks )) abort();
    now.marks[now.depth++] = length;
    va_start( args, format );
    __mingw_vsnprintf( now.context + length, sizeof( now.context ) - length - 3, format, args );
    va_end( args );
    strcat( now.context, ": " );
}

void pop_context( void )
{
    now.context[now.marks[--now.depth]] = 0;
}

void test_remove_tree( const WCHAR *folder )
{
    WCHAR path[MAX_PATH * 2];
    WIN32_FIND_DATAW found;
    HANDLE find;

    _snwprintf( path, ARRAY_SIZE( path ), L"%ls\\*", folder );
    find = FindFirstFileW( path, &found );
    if (find != INVALID_HANDLE_VALUE)
    {
        do
        {
            if (!wcscmp( found.cFileName, L"." ) || !wcscmp( found.cFileName, L".." )) continue;
            _snwprintf( path, ARRAY_SIZE( path ), L"%ls\\%ls", folder, found.cFileName );
            SetFileAttributesW( path, FILE_ATTRIBUTE_NORMAL );
            if (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) test_remove_tree( path );
            else DeleteFileW( path );
        } while (FindNextFileW( find, &found ));
        FindClose( find );
    }
    RemoveDirectoryW( folder );
}

/* Prints the verdict on the case, as one line of TAP. */
static void say_verdict( const char *program, const struct test_case *one, unsigned int number )
{
    const char *verdict = "ok", *directive = "", *reason = "";

    if (!now.checks && !now.skipped[0]) ok( false, "the case checked nothing" );
    if (now.failures || now.todos) verdict = "not ok";
    if (!now.failures && now.todos) directive = " # TODO under Wine";
    else if (!now.failures && now.skipped[0])
    {
        directive = " # SKIP ";
        reason = now.skipped;
    }
    printf( "%s %u - %s.%s (row %s)%s%s\n", verdict, number, program, one->name, one->row, directive, reason );
    fflush( stdout );
}

static void run_case( const char *program, const struct test_case *one, unsigned int number )
{
    WCHAR temp[MAX_PATH], folder[MAX_PATH * 2];
    jmp_buf end;

    GetTempPathW( ARRAY_SIZE( temp ), temp );
    _snwprintf( folder, ARRAY_SIZE( folder ), L"%lscopyfile2-%hs-%lu-%lu-%u", temp, program, GetCurrentProcessId(),
                GetTickCount(), number ); /* Wine cannot delete links to nothing: a folder may stay */
    memset( &now, 0, sizeof( now ) );
    now.end = &end;
    /* a program that was killed leaves its folder, and Wine uses process numbers again */
    test_remove_tree( folder );
    if (!CreateDirectoryW( folder, NULL ) || !SetCurrentDirectoryW( folder ))
        ok( false, "no folder for the case: error %lu", GetLastError() );
    else if (!setjmp( end )) one->run();
    SetCurrentDirectoryW( temp );
    test_remove_tree( folder );
    say_verdict( program, one, number );
}

void *test_function( const char *name )
{
    void *found = (void *)GetProcAddress( dll, name );

    ok( found != NULL, "there is no %s", name );
    return found;
}

const char *test_dll( void )
{
    const char *name = getenv( "COPYFILE2_TEST_DLL" );

    return name ? name : "copyfile2.dll";
}

bool test_load( void )
{
    dll = LoadLibraryA( test_dll() );
    if (!dll) printf( "Bail out! cannot load %s: error %lu\n", test_dll(), GetLastError() );
    else copyfile2 = (void *)GetProcAddress( dll, "CopyFile2" );
    return dll != NULL;
}

/* Takes the place of a function that is not there. A program that imports it could not go on either. */
static HRESULT WINAPI absent( PCWSTR source, PCWSTR destination, COPYFILE2_EXTENDED_PARAMETERS *params )
{
    (void)source;
    (void)destination;
    (void)params;
    ok( false, "there is no CopyFile2 in %s", test_dll() );
    fflush( stdout );
    ExitProcess( TEST_ABSENT );
}

int test_case_run( const char *program, const struct test_case *one )
{
    _setmode( _fileno( stdout ), _O_BINARY );
    if (!test_load()) return 99;
    if (!copyfile2) copyfile2 = absent;
    run_case( program, one, 1 );
    return 0;
}

int test_program_run( const struct test_program *program )
{
    const char *only = getenv( "COPYFILE2_TEST_CASE" );

    /* automake's TAP reader takes a carriage return for part of the line */
    _setmode( _fileno( stdout ), _O_BINARY );
    if (!test_load()) return 99;
    if (!copyfile2)
    {
        printf( "Bail out! CopyFile2 is not in the DLL\n" );
        return 99;
    }
    printf( "1..%u\n", only ? 1u : (unsigned int)program->count );
    fflush( stdout );
    for (size_t i = 0; i < program->count; i++)
        if (!only || !strcmp( only, program->cases[i].name ))
            run_case( program->name, &program->cases[i], (unsigned int)i + 1 );
    return 0;
}
