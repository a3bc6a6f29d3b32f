/* SPDX-License-Identifier: MIT */

/* COPYFILE2_FAULT can make these operations fail. They are listed in the order of a copy. The includer defines FAULT:
 *
 * FAULT( operation, its name, the phase whose name stands for it too, where it fails )
 *
 * FAULT_LINK counts only where links are copied as links. FAULT_SERVER_COPY, FAULT_READ and FAULT_WRITE count once for
 * each chunk.
 *
 * A name or a phase that is NULL cannot be asked for. FAULT_SERVER_COPY can be asked for only by the name of its phase.
 * A clone and copy_file_range fall back to another way, so the name of that phase would promise too much for them. */

FAULT( FAULT_NAMES, "names", "NONE", FAILURE_NAMES )
FAULT( FAULT_LINK, "link", "NAMEGRAFT_COPY", FAILURE_NAMEGRAFT )
FAULT( FAULT_OPEN_SOURCE, "open_source", "PREPARE_SOURCE", FAILURE_SOURCE )
FAULT( FAULT_QUERY_SOURCE, "query_source", "PREPARE_SOURCE", FAILURE_SOURCE )
FAULT( FAULT_LIST_STREAMS, "list_streams", "PREPARE_SOURCE", FAILURE_SOURCE )
FAULT( FAULT_OPEN_DESTINATION, "open_destination", "PREPARE_DEST", FAILURE_DESTINATION )
FAULT( FAULT_RESERVE, "reserve", "PREPARE_DEST", FAILURE_DESTINATION )
FAULT( FAULT_CLONE, "clone", NULL, FAILURE_SERVER )
FAULT( FAULT_COPY_FILE_RANGE, "copy_file_range", NULL, FAILURE_SERVER )
FAULT( FAULT_SERVER_COPY, NULL, "SERVER_COPY", FAILURE_SERVER )
FAULT( FAULT_READ, "read", "READ_SOURCE", FAILURE_READ )
FAULT( FAULT_WRITE, "write", "WRITE_DESTINATION", FAILURE_WRITE )
FAULT( FAULT_TRUNCATE, "truncate", "WRITE_DESTINATION", FAILURE_WRITE )
FAULT( FAULT_FLUSH, "flush", "WRITE_DESTINATION", FAILURE_WRITE )
