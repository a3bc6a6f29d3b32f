/* SPDX-License-Identifier: MIT */

/* The parts of pe_exports_test share this. */

#ifndef COPYFILE2_TEST_PE_EXPORTS_TEST_H
#define COPYFILE2_TEST_PE_EXPORTS_TEST_H

#include "loaded_image.h"
#include "pe_exports.h"
#include "small_image.h"
#include "tap.h"

/* Adds these forwarders to so many bytes of the image that was made. Answers what is wrong with it, or NULL and the
 * result. */
const char *forward_list( const struct pe_forwarder *list, size_t length, size_t size, uint8_t **result,
                          size_t *result_size );

/* Adds one forwarder to the whole image. */
const char *forward( const char *name, const char *target, uint8_t **result, size_t *result_size );

void check_refused_size( int line, size_t size, const char *reason );

#define check_refused( reason ) check_refused_size( __LINE__, IMAGE_SIZE, reason )

/* These are in pe_exports_refused.c. */
void test_forwarder_texts( void );
void test_bad_headers( void );
void test_bad_layout( void );
void test_bad_exports( void );

#endif
