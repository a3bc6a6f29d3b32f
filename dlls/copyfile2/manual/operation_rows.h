/* SPDX-License-Identifier: MIT */

/* These rows list the operations of a copy on the host, and the phase in which each of them fails. The test
 * (host_faults.c, matrix) tries them with every errno of errno_rows.h, and copyfile2-errors(7) is made of both tables.
 *
 * A row is OPERATION( description, operation of faultfs, file, number of the call, overwriting, table, phase, errnos ).
 * The number says which call of the operation is made to fail; 0: every one. "overwriting" says whether an existing
 * file is overwritten, and "table" whose table of errors counts. "errnos" are those that fail the copy; "": all of
 * them.
 *
 * So the fifth row says: "take its room" is the operation fallocate of faultfs on dst.bin, and the first such call is
 * made to fail. No file is overwritten. The host half's table turns the errno into the HRESULT, and the ERROR message
 * tells PREPARE_DEST. Only ENOSPC, EDQUOT, EFBIG and EIO fail the copy. */

OPERATION( "open the source", "open", "src.bin", 0, false, WINE, PREPARE_SOURCE, "" )
OPERATION( "create the destination", "create", "dst.bin", 0, false, WINE, PREPARE_DEST, "" )
OPERATION( "open an existing destination", "open", "dst.bin", 0, true, WINE, PREPARE_DEST, "" )
OPERATION( "set its size", "truncate", "dst.bin", 1, false, HOST, PREPARE_DEST, "" )
OPERATION( "take its room", "fallocate", "dst.bin", 1, false, HOST, PREPARE_DEST, "ENOSPC EDQUOT EFBIG EIO" )
OPERATION( "read", "read", "src.bin", 3, false, HOST, READ_SOURCE, "" )
OPERATION( "write", "write", "dst.bin", 2, false, HOST, WRITE_DESTINATION, "" )
OPERATION( "close what was written", "flush", "dst.bin", 3, false, HOST, WRITE_DESTINATION, "" )
