/* SPDX-License-Identifier: MIT */

/* These rows tell the operations of a copy on the host, and the phase in which each of them fails. host_faults.c,
 * matrix, tests them with every errno of errno_rows.h, and copyfile2-errors(7) is made of both.
 *
 * A row is OPERATION( what is done, its name in faultfs, the file, which call of these; 0: every one, whether an
 * existing file is overwritten, whose table of errors counts, the phase, the errnos that fail it; "": all ).
 *
 * So the fifth row says: "take its room" is the operation fallocate of faultfs on dst.bin, and the first such call is
 * made to fail. No file is overwritten. The host half's table makes the HRESULT of the errno, and the ERROR message
 * tells PREPARE_DEST. Only ENOSPC, EDQUOT, EFBIG and EIO fail the copy. */

OPERATION( "open the source", "open", "src.bin", 0, false, WINE, PREPARE_SOURCE, "" )
OPERATION( "create the destination", "create", "dst.bin", 0, false, WINE, PREPARE_DEST, "" )
OPERATION( "open an existing destination", "open", "dst.bin", 0, true, WINE, PREPARE_DEST, "" )
OPERATION( "set its size", "truncate", "dst.bin", 1, false, HOST, PREPARE_DEST, "" )
OPERATION( "take its room", "fallocate", "dst.bin", 1, false, HOST, PREPARE_DEST, "ENOSPC EDQUOT EFBIG EIO" )
OPERATION( "read", "read", "src.bin", 2, false, HOST, READ_SOURCE, "" )
OPERATION( "write", "write", "dst.bin", 2, false, HOST, WRITE_DESTINATION, "" )
OPERATION( "close what was written", "flush", "dst.bin", 3, false, HOST, WRITE_DESTINATION, "" )
