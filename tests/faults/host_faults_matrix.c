/* SPDX-License-Identifier: MIT */

/* Each operation of faultfs fails with each errno, as operation_rows.h and errno_rows.h have it. */

#include "host_faults.h"

#define ROW( err, status, error, open_error ) { #err, error, open_error },
static const struct
{
    const char *name;
    DWORD error, open_error;
} rows[] = {
#include "unix/errno_rows.h"
};

struct column
{
    const char *operation;
    const char *name;
    unsigned int nth;
    bool over, by_open;
    COPYFILE2_COPY_PHASE phase;
    const char *only; /* these errnos; "": all */
};

static unsigned int reached[COPYFILE2_PHASE_MAX];

/* FUSE's kernel side gives some errnos a meaning of its own, and after others Linux tries again. */
static bool is_no_answer( const char *err, const struct column *column )
{
    if (!strcmp( err, "ENOSYS" ) || !strcmp( err, "EINTR" )) return true;
    /* After EISDIR Wine tries a folder, and after EFAULT it reads again. */
    if (!strcmp( err, "EISDIR" ) && !strcmp( column->operation, "create" )) return true;
    if (!strcmp( err, "EFAULT" ) && is_nt()) return true;
    return column->by_open && !strcmp( err, "ESTALE" );
}

/* Wine 11 takes ENXIO and EOPNOTSUPP for a socket in the way, opens that as one, and finds nothing. */
static bool is_taken_for_socket( const struct column *column, const char *err, HRESULT hr )
{
    if (strcmp( column->operation, "create" ) || ( strcmp( err, "ENXIO" ) && strcmp( err, "EOPNOTSUPP" ) ))
        return false;
    return hr == hr_from_error( ERROR_FILE_NOT_FOUND );
}

static void check_cell( const struct column *column, size_t row )
{
    const struct fault fault = { .operation = column->operation, .name = column->name, .err = rows[row].name };
    bool real = !column->only[0] || strstr( column->only, rows[row].name );
    DWORD error = column->by_open ? rows[row].open_error : rows[row].error;
    struct recorder recorder;
    HRESULT hr;

    push_context( "%s %s", column->operation, rows[row].name );
    DeleteFileW( L"dst.bin" );
    if (column->over) file_write_text( L"dst.bin", old );
    recorder_begin( &recorder );
    arm( &fault, column->nth );
    hr = copy_once( &recorder, COPY_FILE_NO_OFFLOAD );
    ok( disarm( &fault ) > 0, "no fault" );
    if (!real) ok( hr == S_OK && file_is( L"dst.bin", bytes, SIZE ), "got %#lx", hr );
    else
    {
        if (is_nt() && !column->by_open) ok( FAILED( hr ), "got %#lx", hr );
        else
            ok( hr == hr_from_error( error ) || is_taken_for_socket( column, rows[row].name, hr ), "got %#lx, not %lu",
                hr, error );
        ok( recorder.counts[COPYFILE2_CALLBACK_ERROR] == 1, "%u errors", recorder.counts[COPYFILE2_CALLBACK_ERROR] );
        ok( recorder.last.Info.Error.CopyPhase == column->phase, "phase %d", recorder.last.Info.Error.CopyPhase );
        if (recorder.last.Info.Error.CopyPhase < COPYFILE2_PHASE_MAX) reached[recorder.last.Info.Error.CopyPhase]++;
        if (column->by_open && column->over) ok( file_is_text( L"dst.bin", old ), "the old file has changed" );
        else ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
    }
    recorder_end( &recorder );
    pop_context();
}

void test_matrix( void )
{
#define WINE true
#define HOST false
#define OPERATION( what, operation_name, file, number, is_over, whose, phase_name, errnos )                            \
    { .operation = operation_name,                                                                                     \
      .name = file,                                                                                                    \
      .nth = number,                                                                                                   \
      .over = is_over,                                                                                                 \
      .by_open = whose,                                                                                                \
      .phase = COPYFILE2_PHASE_##phase_name,                                                                           \
      .only = errnos },
    static const struct column columns[] = {
#include "manual/operation_rows.h"
    };

    if (place_is_missing()) return;
    if (!on_faultfs)
    {
        skip( "not on faultfs" );
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE( columns ); i++)
    {
        unsigned int cells = 0;

        /* only the host half makes these calls */
        if (is_nt() && ( columns[i].only[0] || !strcmp( columns[i].operation, "flush" ) ||
                         !strcmp( columns[i].operation, "truncate" ) ))
            continue;
        for (size_t row = 0; row < ARRAY_SIZE( rows ); row++)
            if (!is_no_answer( rows[row].name, &columns[i] ))
            {
                check_cell( &columns[i], row );
                cells++;
            }
        trace( "%s of %s: %u errnos", columns[i].operation, columns[i].name, cells );
    }
    for (int phase = COPYFILE2_PHASE_PREPARE_SOURCE; phase <= COPYFILE2_PHASE_WRITE_DESTINATION; phase++)
        ok( reached[phase] >= 3, "phase %d was reached %u times", phase, reached[phase] );
}
