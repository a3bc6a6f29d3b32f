/* SPDX-License-Identifier: MIT */

/* These cases of the test program streams are in streams_odd.c. */

#ifndef COPYFILE2_TEST_STREAMS_ODD_H
#define COPYFILE2_TEST_STREAMS_ODD_H

void test_long_name( void );
void test_to_a_stream( void );
void test_from_a_stream( void );
void test_hard_link( void );
void test_spelled_out( void );
void test_read_only( void );
void test_released( void );
void test_device( void );

#endif
