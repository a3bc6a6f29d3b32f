/* SPDX-License-Identifier: MIT */

/* copyfile2-conformance.exe has all cases of the suite in one program, and judges any CopyFile2. */

#ifndef COPYFILE2_CONFORMANCE_H
#define COPYFILE2_CONFORMANCE_H

#include "harness/test.h"

#include <stdio.h>

#define ROWS_MAX 512

/* The program starts itself with one of these, and a name behind it. */
#define OPTION_CASE     "--case"
#define OPTION_DESCRIBE "--describe"

enum outcome
{
    OUTCOME_PASS,
    OUTCOME_FAIL,
    OUTCOME_TODO,
    OUTCOME_SKIP,
    OUTCOME_PART, /* of a row alone: some of its cases were skipped, and the others pass */
    OUTCOME_COUNT,
};

struct entry
{
    const struct test_program *program;
    const struct test_case *one;
    enum outcome outcome;
    unsigned int milliseconds;
    char *reason; /* why it was skipped, died, or took too long; otherwise "" */
    char *said;   /* what the case printed, line by line */
};

struct catalogue
{
    struct entry *entries;
    size_t count;
};

/* The cases that are to be run. */
struct choice
{
    const char *filter; /* a part of PROGRAM.CASE; NULL: each case */
    unsigned int row;   /* a case that holds this row; 0: each case */
    bool windows, own;  /* the cases of what every Windows does, and of what only our engine promises */
    bool probes;        /* the probes instead of the cases */
    unsigned int limit; /* seconds for one case */
    const char *dll;
};

/* The implementation that is judged. */
struct subject
{
    const char *dll;
    bool ours;   /* our own engine */
    bool by_nt;  /* our own engine finds no host half, and goes by NT calls */
    bool has_it; /* there is a CopyFile2 in the DLL */
    char system[128], file_system[32];
    unsigned int bits;
};

/* The head of a run says so when by_nt is set. */
#define BY_NT_IN_WORDS "no host half here: our engine goes by NT calls, and copies no links"

/* These are in catalogue.c. */
void catalogue_make( struct catalogue *catalogue, const struct choice *choice );
const struct test_case *catalogue_find( const char *name, const char **program );
/* Answers whether the case holds that row. */
bool case_holds_row( const struct test_case *one, unsigned int row );
/* Answers the case that has the claim of this row; NULL: there is no such row. */
const struct test_case *claim_of_row( unsigned int row );
/* Answers the case that has the claim of the first row of this one; NULL: this one holds no row. */
const struct test_case *claim_of_case( const struct test_case *one );

/* These are in child.c. */
/* Makes a folder for this run, which TEMP names from now on. False: it cannot be made. */
bool folder_begin( void );
/* Deletes it; false when something is left. */
bool folder_end( void );
/* Runs the case in a process of its own, and sets its outcome. */
void child_run( struct entry *entry, unsigned int limit );
/* Asks a process of its own about the DLL. False: it cannot be loaded, and a line says so. */
bool child_describe( struct subject *subject, unsigned int limit );

/* These are in system.c. */
void system_describe( struct subject *subject );
/* Prints the answer to OPTION_DESCRIBE, and answers the exit code. */
int describe_dll( void );

/* These are in probe.c. */
extern struct test_program probe_program;

/* These are in output.c. */
/* Opens a file, or standard output for "-". NULL: it cannot be opened, and a line says so. */
FILE *output_open( const char *name );
void output_close( FILE *file );
const char *outcome_name( enum outcome outcome );
/* Writes a text as a string of JSON, with its quotes; and as the text of an element or an attribute of XML. */
void put_json_text( FILE *file, const char *text );
void put_xml_text( FILE *file, const char *text );
unsigned int count_of( const struct catalogue *catalogue, enum outcome outcome );

void list_write( const struct catalogue *catalogue );
void tap_begin( const struct catalogue *catalogue, const struct subject *subject );
void tap_case( const struct entry *entry, unsigned int number );
void tap_end( const struct catalogue *catalogue );
void probe_write( const struct entry *entry );
void junit_write( FILE *file, const struct catalogue *catalogue, const struct subject *subject );
void json_write( FILE *file, const struct catalogue *catalogue, const struct subject *subject );
void report_write( FILE *file, const struct catalogue *catalogue, const struct subject *subject );

#endif
