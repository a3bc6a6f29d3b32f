/* What the parts of host_test share. */

#ifndef COPYFILE2_TEST_HOST_TEST_H
#define COPYFILE2_TEST_HOST_TEST_H

#include "unix/host.h"
#include "host_fakes.h"

typedef int32_t ( *unix_function )( void *params );
extern const unix_function __wine_unix_call_funcs[], __wine_unix_call_wow64_funcs[];

#define ok( condition ) ( ( condition ) ? (void)0 : not_ok( #condition, __LINE__ ) )
void not_ok( const char *condition, int line );

extern int source, destination; /* open for reading and writing; made anew for each case */

void test_siblings( void );
void test_siblings_known( void );
void test_siblings_unknown( void );
void test_siblings_many( void );
void test_siblings_unreadable( void );
void test_attributes( void );
void test_attribute_failures( void );

#endif
