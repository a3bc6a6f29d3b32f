/* SPDX-License-Identifier: MIT */

/* What COPYFILE2_FAULT can make fail, in the order of a copy. FAULT is the includer's:
 *
 * FAULT( operation, its name, the phase whose name stands for it too, where it fails )
 *
 * A name or a phase that is NULL cannot be asked for: a chunk that a server copies has its phase's name alone, and a
 * clone and copy_file_range fall back to another way, so that the phase would promise too much. */

FAULT( FAULT_NAMES, "names", "NONE", FAILURE_NAMES )
FAULT( FAULT_LINK, "link", "NAMEGRAFT_COPY", FAILURE_NAMEGRAFT ) /* only where links are copied as such */
FAULT( FAULT_OPEN_SOURCE, "open_source", "PREPARE_SOURCE", FAILURE_SOURCE )
FAULT( FAULT_QUERY_SOURCE, "query_source", "PREPARE_SOURCE", FAILURE_SOURCE )
FAULT( FAULT_LIST_STREAMS, "list_streams", "PREPARE_SOURCE", FAILURE_SOURCE )
FAULT( FAULT_OPEN_DESTINATION, "open_destination", "PREPARE_DEST", FAILURE_DESTINATION )
FAULT( FAULT_RESERVE, "reserve", "PREPARE_DEST", FAILURE_DESTINATION )
FAULT( FAULT_CLONE, "clone", NULL, FAILURE_SERVER )
FAULT( FAULT_COPY_FILE_RANGE, "copy_file_range", NULL, FAILURE_SERVER )
FAULT( FAULT_SERVER_COPY, NULL, "SERVER_COPY", FAILURE_SERVER )   /* of a chunk */
FAULT( FAULT_READ, "read", "READ_SOURCE", FAILURE_READ )          /* of a chunk */
FAULT( FAULT_WRITE, "write", "WRITE_DESTINATION", FAILURE_WRITE ) /* of a chunk */
FAULT( FAULT_TRUNCATE, "truncate", "WRITE_DESTINATION", FAILURE_WRITE )
FAULT( FAULT_FLUSH, "flush", "WRITE_DESTINATION", FAILURE_WRITE )
