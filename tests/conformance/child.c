/* SPDX-License-Identifier: MIT */

/* Each case runs in a process of its own, for a limited time. An implementation that dies, or that never returns, fails
 * one case then, and the run goes on. */

#include "conformance.h"
#include "harness/symlinks.h"

#include <stdlib.h>
#include <string.h>

static WCHAR temp[MAX_PATH], folder[MAX_PATH * 2], output[MAX_PATH * 2];
static char folder_name[64];

bool folder_begin( void )
{
    GetTempPathW( ARRAY_SIZE( temp ), temp );
    snprintf( folder_name, sizeof( folder_name ), "copyfile2-conformance-%lu-%lu", GetCurrentProcessId(),
              GetTickCount() );
    _snwprintf( folder, ARRAY_SIZE( folder ), L"%ls%hs", temp, folder_name );
    _snwprintf( output, ARRAY_SIZE( output ), L"%ls\\output", folder );
    if (!CreateDirectoryW( folder, NULL ))
    {
        fprintf( stderr, "copyfile2-conformance: cannot make %ls: error %lu\n", folder, GetLastError() );
        return false;
    }
    return SetEnvironmentVariableW( L"TMP", folder ) && SetEnvironmentVariableW( L"TEMP", folder );
}

static bool is_gone( const WCHAR *name )
{
    return GetFileAttributesW( name ) == INVALID_FILE_ATTRIBUTES;
}

/* Wine cannot delete a link to nothing, so there a shell of the host's takes what is left. */
bool folder_end( void )
{
    char command[128];

    test_remove_tree( folder );
    if (is_gone( folder )) return true;
    if (!running_under_wine()) return false;
    SetCurrentDirectoryW( temp );
    snprintf( command, sizeof( command ), "rm -rf %s; rm -f shell.output shell.yes", folder_name );
    shell( command );
    DeleteFileW( L"shell.output" );
    DeleteFileW( L"shell.yes" );
    return is_gone( folder );
}

/* A case may have started more processes, and its job ends them with the child. A Windows 7 that runs us in a job of
 * its own gives us none, and then they stay. */
static HANDLE job_make( HANDLE process )
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = { 0 };
    HANDLE job = CreateJobObjectW( NULL, NULL );

    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    SetInformationJobObject( job, JobObjectExtendedLimitInformation, &limits, sizeof( limits ) );
    AssignProcessToJobObject( job, process );
    return job;
}

static bool start( WCHAR *command, HANDLE said, PROCESS_INFORMATION *process )
{
    STARTUPINFOW startup = { .cb = sizeof( startup ), .dwFlags = STARTF_USESTDHANDLES };
    WCHAR program[MAX_PATH];

    startup.hStdOutput = startup.hStdError = said;
    GetModuleFileNameW( NULL, program, ARRAY_SIZE( program ) );
    return CreateProcessW( program, command, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL, NULL, &startup, process );
}

/* Runs this program with an option and a name, and with its output in the file `output`. Answers its exit code;
 * STILL_ACTIVE: it did not end in time. */
static DWORD run( const char *option, const char *name, unsigned int limit )
{
    SECURITY_ATTRIBUTES inherited = { sizeof( inherited ), NULL, TRUE };
    HANDLE said = CreateFileW( output, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, CREATE_ALWAYS, 0,
                               NULL ),
           job;
    PROCESS_INFORMATION process = { 0 };
    WCHAR command[512];
    DWORD code = STILL_ACTIVE;

    _snwprintf( command, ARRAY_SIZE( command ), L"copyfile2-conformance %hs %hs", option, name );
    /* Wine 8.0 fails to start a process about once in a thousand times */
    if (!start( command, said, &process ) && !start( command, said, &process ))
    {
        CloseHandle( said );
        return 98;
    }
    job = job_make( process.hProcess );
    ResumeThread( process.hThread );
    if (WaitForSingleObject( process.hProcess, limit * 1000 ) == WAIT_OBJECT_0)
        GetExitCodeProcess( process.hProcess, &code );
    else
    {
        TerminateProcess( process.hProcess, 97 );
        WaitForSingleObject( process.hProcess, 5000 );
    }
    CloseHandle( job );
    CloseHandle( process.hThread );
    CloseHandle( process.hProcess );
    CloseHandle( said );
    return code;
}

/* Answers the text of the file `output`, to be freed. */
static char *read_output( void )
{
    HANDLE file = CreateFileW( output, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                               OPEN_EXISTING, 0, NULL );
    DWORD size = file == INVALID_HANDLE_VALUE ? 0 : GetFileSize( file, NULL ), got = 0;
    char *text = malloc( size + 1 );

    ReadFile( file, text, size, &got, NULL );
    text[got] = 0;
    CloseHandle( file );
    return text;
}

/* Answers the verdict, which is the last line that looks like one, and ends the text before it. NULL: there is none. */
static char *take_verdict( char *text )
{
    char *verdict = NULL;

    for (char *line = text; line; line = strchr( line, '\n' ))
    {
        if (line != text) line++;
        if (!strncmp( line, "ok 1 - ", 7 ) || !strncmp( line, "not ok 1 - ", 11 )) verdict = line;
    }
    if (!verdict) return NULL;
    verdict = _strdup( verdict );
    *strstr( text, verdict ) = 0;
    verdict[strcspn( verdict, "\r\n" )] = 0;
    return verdict;
}

static void judge( struct entry *entry, const char *verdict )
{
    const char *skipped = strstr( verdict, " # SKIP " );

    if (strstr( verdict, " # TODO" )) entry->outcome = OUTCOME_TODO;
    else if (!strncmp( verdict, "not ok", 6 )) entry->outcome = OUTCOME_FAIL;
    else entry->outcome = skipped ? OUTCOME_SKIP : OUTCOME_PASS;
    entry->reason = _strdup( skipped ? skipped + 8 : "" );
}

static void judge_end( struct entry *entry, DWORD code, unsigned int limit )
{
    char reason[64];

    entry->outcome = OUTCOME_FAIL;
    if (code == STILL_ACTIVE) snprintf( reason, sizeof( reason ), "took longer than %u s", limit );
    else if (code == TEST_ABSENT) reason[0] = 0;
    else snprintf( reason, sizeof( reason ), "died with %#lx", code );
    entry->reason = _strdup( reason );
}

void child_run( struct entry *entry, unsigned int limit )
{
    DWORD begun = GetTickCount(), code;
    char name[256], *verdict;

    snprintf( name, sizeof( name ), "%s.%s", entry->program->name, entry->one->name );
    code = run( OPTION_CASE, name, limit );
    entry->said = read_output();
    /* Wine ends a program before its first line now and then; one that dies by itself does so again */
    if (code && code != STILL_ACTIVE && !entry->said[0])
    {
        free( entry->said );
        code = run( OPTION_CASE, name, limit );
        entry->said = read_output();
    }
    entry->milliseconds = GetTickCount() - begun;
    verdict = take_verdict( entry->said );
    if (verdict) judge( entry, verdict );
    else judge_end( entry, code, limit );
    free( verdict );
}

bool child_describe( struct subject *subject, unsigned int limit )
{
    DWORD code = run( OPTION_DESCRIBE, "", limit );
    char *said = read_output();

    subject->ours = strstr( said, "engine ours" ) != NULL;
    subject->by_nt = strstr( said, "host half absent" ) != NULL;
    subject->has_it = strstr( said, "function there" ) != NULL;
    if (code)
    {
        const char *words = strstr( said, "cannot load" );

        fprintf( stderr, "copyfile2-conformance: %s", words ? words : "the DLL ends its process\n" );
    }
    free( said );
    return !code;
}
