/* SPDX-License-Identifier: MIT */

/* This takes the options, runs one case after the other, and writes the reports. */

#include "conformance.h"

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "copyfile2-conformance " PACKAGE_VERSION ": does a CopyFile2 what Windows does?\n\n"
    "  copyfile2-conformance.exe [OPTION...]\n\n"
    "  --dll NAME       judge the CopyFile2 of this DLL (kernel32.dll: the system's own)\n"
    "  --filter TEXT    run the cases that have TEXT in their name, PROGRAM.CASE\n"
    "  --row N          run the cases that hold row N of the claims\n"
    "  --profile WHAT   windows: what Windows does; own: what only copyfile2's engine promises; all\n"
    "                   (all for copyfile2's own engine, and windows for every other)\n"
    "  --seconds N      how long one case may take (120)\n"
    "  --list           name the cases, with row, sureness, profile and claim\n"
    "  --probe          print what is observed where nobody knows what Windows does, without judging\n"
    "  --junit [FILE]   write JUnit's XML to FILE, or instead of TAP to standard output\n"
    "  --json [FILE]    the same with JSON\n"
    "  --report [FILE]  the same with a report in Markdown: claim, sureness, result\n"
    "  --help, --version\n\n"
    "Each case runs in a process of its own, in a temporary folder that is deleted. The exit code is 0 when no case\n"
    "failed, 1 when one did, and 2 when nothing could be run. Cases that need more than this machine has say so and\n"
    "skip: COPYFILE2_TEST_OTHER_VOLUME names a folder on a second volume, COPYFILE2_TEST_TINY one on a volume that is\n"
    "nearly full. Links need the privilege to make them.\n";

enum report
{
    REPORT_JUNIT,
    REPORT_JSON,
    REPORT_MARKDOWN,
    REPORT_COUNT,
};

struct options
{
    struct choice choice;
    const char *profile;
    bool list;
    const char *reports[REPORT_COUNT]; /* the files; NULL: it is not wanted */
};

static void complain( const char *what, const char *which )
{
    fprintf( stderr, "copyfile2-conformance: %s%s; --help tells the options\n", what, which );
    exit( 2 );
}

static const char *value_of( int argc, char **argv, int *i )
{
    if (*i + 1 >= argc) complain( "there is no value behind ", argv[*i] );
    return argv[++*i];
}

static unsigned int number_of( int argc, char **argv, int *i )
{
    const char *text = value_of( argc, argv, i );
    char *end;
    unsigned long number = strtoul( text, &end, 10 );

    if (!number || *end || number > 1000000) complain( "this is no number: ", text );
    return number;
}

static bool take_report( struct options *options, int argc, char **argv, int *i )
{
    static const char *const names[] = { "--junit", "--json", "--report" };

    for (int report = 0; report < REPORT_COUNT; report++)
    {
        if (strcmp( argv[*i], names[report] )) continue;
        options->reports[report] = "-";
        if (*i + 1 < argc && strncmp( argv[*i + 1], "--", 2 )) options->reports[report] = argv[++*i];
        return true;
    }
    return false;
}

static void take_options( struct options *options, int argc, char **argv )
{
    for (int i = 1; i < argc; i++)
    {
        if (!strcmp( argv[i], "--dll" )) options->choice.dll = value_of( argc, argv, &i );
        else if (!strcmp( argv[i], "--filter" )) options->choice.filter = value_of( argc, argv, &i );
        else if (!strcmp( argv[i], "--row" )) options->choice.row = number_of( argc, argv, &i );
        else if (!strcmp( argv[i], "--seconds" )) options->choice.limit = number_of( argc, argv, &i );
        else if (!strcmp( argv[i], "--profile" )) options->profile = value_of( argc, argv, &i );
        else if (!strcmp( argv[i], "--list" )) options->list = true;
        else if (!strcmp( argv[i], "--probe" )) options->choice.probes = true;
        else if (!take_report( options, argc, argv, &i )) complain( "there is no option ", argv[i] );
    }
}

/* Takes the profile that was asked for, or the one that fits the implementation. */
static void take_profile( struct options *options, bool ours )
{
    const char *profile = options->profile ? options->profile : ours ? "all" : "windows";
    const bool all = !strcmp( profile, "all" );

    options->choice.windows = all || !strcmp( profile, "windows" );
    options->choice.own = all || !strcmp( profile, "own" );
    if (!options->choice.windows && !options->choice.own) complain( "there is no profile ", profile );
}

/* Names the DLL for the processes of the cases. These run in other folders, so a path is made a full one. */
static void name_dll( const char *dll )
{
    char path[MAX_PATH * 2];

    if (!strpbrk( dll, "/\\:" )) SetEnvironmentVariableA( "COPYFILE2_TEST_DLL", dll );
    else if (GetFullPathNameA( dll, sizeof( path ), path, NULL )) SetEnvironmentVariableA( "COPYFILE2_TEST_DLL", path );
}

static void run_all( struct catalogue *catalogue, const struct subject *subject, const struct choice *choice,
                     bool quiet )
{
    if (!quiet && !choice->probes) tap_begin( catalogue, subject );
    for (size_t i = 0; i < catalogue->count; i++)
    {
        child_run( &catalogue->entries[i], choice->limit );
        if (choice->probes) probe_write( &catalogue->entries[i] );
        else if (!quiet) tap_case( &catalogue->entries[i], (unsigned int)i + 1 );
    }
    if (!quiet && !choice->probes) tap_end( catalogue );
}

static bool write_reports( const struct options *options, const struct catalogue *catalogue,
                           const struct subject *subject )
{
    static void ( *const writers[] )( FILE *, const struct catalogue *,
                                      const struct subject * ) = { junit_write, json_write, report_write };
    bool written = true;

    for (int report = 0; report < REPORT_COUNT; report++)
    {
        FILE *file = options->reports[report] ? output_open( options->reports[report] ) : NULL;

        if (file) writers[report]( file, catalogue, subject );
        else if (options->reports[report]) written = false;
        if (file) output_close( file );
    }
    return written;
}

/* Standard output is for one report; TAP has it when no other one is to be written there. True: another one is. */
static bool takes_output( const struct options *options )
{
    int count = 0;

    for (int report = 0; report < REPORT_COUNT; report++)
        count += options->reports[report] && !strcmp( options->reports[report], "-" );
    if (count > 1) complain( "only one report can be written to standard output", "" );
    return count != 0;
}

static int run( struct options *options )
{
    struct subject subject = { .dll = options->choice.dll };
    struct catalogue catalogue;
    const bool quiet = takes_output( options );
    int result = 2;

    name_dll( options->choice.dll );
    system_describe( &subject );
    if (!folder_begin()) return 2;
    if (child_describe( &subject, options->choice.limit ))
    {
        take_profile( options, subject.ours );
        catalogue_make( &catalogue, &options->choice );
        if (!catalogue.count) fprintf( stderr, "copyfile2-conformance: there is no such case\n" );
        else
        {
            if (options->choice.probes)
                printf( "# %s, %u-bit, %s; %s\n\n", subject.system, subject.bits, subject.file_system, subject.dll );
            run_all( &catalogue, &subject, &options->choice, quiet );
            result = count_of( &catalogue, OUTCOME_FAIL ) && !options->choice.probes;
            if (!write_reports( options, &catalogue, &subject )) result = 2;
        }
    }
    if (!folder_end()) fprintf( stderr, "copyfile2-conformance: the temporary folder cannot be deleted\n" );
    return result;
}

/* This is what the process of one case does. */
static int run_case( const char *name )
{
    const char *program;
    const struct test_case *one = catalogue_find( name, &program );

    SetErrorMode( SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX );
    return one ? test_case_run( program, one ) : 2;
}

int main( int argc, char **argv )
{
    struct options options = { .choice = { .limit = 120, .dll = "kernel32.dll" } };
    struct catalogue catalogue;
    int result;

    _setmode( _fileno( stdout ), _O_BINARY );
    if (argc == 3 && !strcmp( argv[1], OPTION_CASE )) return run_case( argv[2] );
    if (argc > 1 && !strcmp( argv[1], OPTION_DESCRIBE )) return describe_dll();
    if (argc > 1 && test_role_play( argv[1], &result )) return result;
    if (argc == 2 && ( !strcmp( argv[1], "--help" ) || !strcmp( argv[1], "--version" ) ))
    {
        if (argv[1][2] == 'h') fputs( usage, stdout );
        else puts( "copyfile2-conformance " PACKAGE_VERSION );
        return 0;
    }
    take_options( &options, argc, argv );
    if (!options.list) return run( &options );
    take_profile( &options, true );
    catalogue_make( &catalogue, &options.choice );
    list_write( &catalogue );
    return 0;
}
