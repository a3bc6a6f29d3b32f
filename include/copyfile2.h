/* SPDX-License-Identifier: MIT */

/* This header declares CopyFile2 as the newest Windows SDK does, for every compiler that builds Windows programs. The
 * types, flags and constants that the toolchain's own headers lack or hide are supplied here, whatever _WIN32_WINNT and
 * NTDDI_VERSION say. Items that those headers have are left alone. This header may be included before or after
 * <windows.h>, which it includes itself. The comments are the manual of the function: one item, one paragraph.
 *
 * The source of a claim is marked at its end:
 *   [D]       documented by Microsoft, on the reference pages or in the SDK's headers;
 *   [O: who]  observed on real Windows by the authors or the tests of the program named;
 *   [I]       inferred from the two above;
 *   [own]     what this implementation does, where Windows' behaviour is not known.
 * "Since" names the first Windows that has the item. Where this implementation serves (see CopyFile2 below), the item
 * is there on any Windows and any Wine. */

#ifndef COPYFILE2_H
#define COPYFILE2_H

#include <windows.h>

/* The preprocessor cannot ask for a type, and a version number read here need not be the one that held when <windows.h>
 * was first included. So macros that <windows.h> defines in the same block as the types show whether the types are
 * there.
 *
 * COPYFILE2_HAVE_V1: the enums, COPYFILE2_MESSAGE, COPYFILE2_EXTENDED_PARAMETERS and the prototype are there. In
 * mingw-w64 and in the SDK they share a block with COPYFILE2_MESSAGE_COPY_OFFLOAD. Wine's headers (8.0 and later) lack
 * that macro but declare the rest unconditionally, so their include guard is tested.
 *
 * COPYFILE2_HAVE_V2: the toolchain's COPYFILE2_EXTENDED_PARAMETERS_V2 has every member. The macro of the second V2 flag
 * appears together with pProgressRoutineOld, and only headers that know NTDDI_WIN11_GE have SourceOplockKeys. They
 * guard that member by another name, NTDDI_WIN10_GE, which they do not define, so that it counts as 0. The last line of
 * the condition asks what they ask. */
#if defined( COPYFILE2_MESSAGE_COPY_OFFLOAD ) || defined( __WINE_WINBASE_H )
#define COPYFILE2_HAVE_V1 1
#else
#define COPYFILE2_HAVE_V1 0
#endif
#if defined( COPY_FILE2_V2_DISABLE_BLOCK_CLONING ) && defined( NTDDI_WIN11_GE ) &&                                     \
    ( !defined( NTDDI_WIN10_GE ) || NTDDI_VERSION >= NTDDI_WIN10_GE )
#define COPYFILE2_HAVE_V2 1
#else
#define COPYFILE2_HAVE_V2 0
#endif

/* ---- dwCopyFlags ----------------------------------------------------------------------------------------------------
 *
 * The member takes any set of the flags below, or 0 for none. Some bits are no flags here: 0x10, 0x20, 0x40, 0x100,
 * 0x200, 0x400, 0x10000, 0x20000, 0x80000, 0x100000, 0x1000000, 0x40000000. Each of them makes the call fail with
 * E_INVALIDARG before anything is opened. In the same way Windows refuses the flags that are newer than itself [O:
 * CPython, FileCat]. No pair of flags is refused [own]. Unless said otherwise a flag changes how the bytes are copied,
 * and not which bytes arrive. */

/* Fail with ERROR_FILE_EXISTS when the destination exists, file or directory, and leave it as it is. A missing
 * source is reported first. With COPY_FILE_RESUME_FROM_PAUSE a destination that can be resumed does not count as
 * existing. Since NT 4. [D; O: Wine's tests, Microsoft's STL] */
#ifndef COPY_FILE_FAIL_IF_EXISTS
#define COPY_FILE_FAIL_IF_EXISTS 0x00000001
#endif

/* Keep a record of the progress in the destination. After a crash or COPYFILE2_PROGRESS_STOP the same call, made again,
 * goes on from there. This is slower, because the data is flushed on the way. A destination without a valid record is
 * overwritten from its start. The documentation forbids to combine the flag with PAUSE. Here they go together: there is
 * one kind of record, and this flag and COPY_FILE_RESUME_FROM_PAUSE both go on with it. A copy that fails is kept too,
 * unless the answer to ERROR is CANCEL. At most 16 MiB or the work of a second is copied again [own]. Since NT 4. [D]
 */
#ifndef COPY_FILE_RESTARTABLE
#define COPY_FILE_RESTARTABLE 0x00000002
#endif

/* Open the source for reading and writing, so that the callback may write through hSourceFile [D]. Where that is denied
 * or the source is in use, it is opened for reading only [I]. Since Windows 2000 [I]. */
#ifndef COPY_FILE_OPEN_SOURCE_FOR_WRITE
#define COPY_FILE_OPEN_SOURCE_FOR_WRITE 0x00000004
#endif

/* Copy a file that is encrypted (EFS) even where the destination cannot be encrypted. Without the flag such a copy
 * fails with ERROR_ENCRYPTION_FAILED. Since Windows XP [I]. [D] Accepted without effect under Wine, which has no EFS
 * [own]. */
#ifndef COPY_FILE_ALLOW_DECRYPTED_DESTINATION
#define COPY_FILE_ALLOW_DECRYPTED_DESTINATION 0x00000008
#endif

/* Copy a directory by itself: its streams, extended attributes and reparse data, but not its children.
 * Without the flag a directory fails with ERROR_ACCESS_DENIED [O: Microsoft's STL]; with it a plain file fails with
 * ERROR_DIRECTORY [I]. Since Windows 10 2004. [D] An existing directory is used as it is, and stays when the copy
 * fails. The callback hears of one stream of no bytes, so that it gets the handles [own]. */
#ifndef COPY_FILE_DIRECTORY
#define COPY_FILE_DIRECTORY 0x00000080
#endif

/* Copy a source that is a symbolic link as a link to the same target, even when that is missing. A destination that is
 * a link is replaced, not followed. Other reparse points are followed all the same. A link to a directory needs
 * COPY_FILE_DIRECTORY too. No message is sent for a link. The call fails with ERROR_PRIVILEGE_NOT_HELD when the user
 * may not make links. Since Vista. [D; O: CPython (directories, the privilege), FreeFileSync (no messages)]
 * Under Wine links are the host's symbolic links, and their targets are copied as they are. Without the host half a
 * link cannot be told from its target, so every source fails with ERROR_PRIVILEGE_NOT_HELD. To copy a link onto the
 * file that it leads to fails with ERROR_SHARING_VIOLATION [own]. */
#ifndef COPY_FILE_COPY_SYMLINK
#define COPY_FILE_COPY_SYMLINK 0x00000800
#endif

/* Keep the data out of the system's cache, which is meant for very large files. Microsoft advises against the flag for
 * copies that are paused and resumed. Since Vista. [D] Here the flag is a hint, which the host half follows as far as
 * the file system can [own]. */
#ifndef COPY_FILE_NO_BUFFERING
#define COPY_FILE_NO_BUFFERING 0x00001000
#endif

/* Ask for ACCESS_SYSTEM_SECURITY on the source, and for WRITE_DAC and WRITE_OWNER on the destination as well. With
 * these the callback can copy the security by the handles of its message; the call copies none by itself. It does
 * without the rights that are refused. Since Windows 8. [D] */
#ifndef COPY_FILE_REQUEST_SECURITY_PRIVILEGES
#define COPY_FILE_REQUEST_SECURITY_PRIVILEGES 0x00002000
#endif

/* Go on with a copy that COPYFILE2_PROGRESS_PAUSE ended, by the record in the destination. Without a valid record the
 * whole file is copied or, with COPY_FILE_FAIL_IF_EXISTS, the call fails with ERROR_FILE_EXISTS. Since Windows 8.
 * [D; O: VelocityCopy, AsterFiles (with FAIL_IF_EXISTS)]
 * A record is not valid when source or fragment have changed since it was made. The system's own CopyFile2 does not
 * know records of this kind. The first message is STREAM_STARTED, chunks count from 0, and the bytes that were there
 * count as transferred. A copy that goes on and then fails is kept, unless the answer to ERROR is CANCEL [own]. */
#ifndef COPY_FILE_RESUME_FROM_PAUSE
#define COPY_FILE_RESUME_FROM_PAUSE 0x00004000
#endif

/* Copy the unnamed data stream only; the totals in the messages count nothing else [I]. Since Windows 10 2004. [D] */
#ifndef COPY_FILE_SKIP_ALTERNATE_STREAMS
#define COPY_FILE_SKIP_ALTERNATE_STREAMS 0x00008000
#endif

/* Move the bytes through this machine, without an offload to the storage or the server (ODX). Since Windows 8. [D] Here
 * the flag forbids the file system's clones and server-side copies as well [own]. */
#ifndef COPY_FILE_NO_OFFLOAD
#define COPY_FILE_NO_OFFLOAD 0x00040000
#endif

/* Copy a source that is a reparse point of any kind as that reparse point, and do not follow it. The flag is a superset
 * of COPY_FILE_COPY_SYMLINK [I]. Since Windows 10 2004. [D] */
#ifndef COPY_FILE_OPEN_AND_COPY_REPARSE_POINT
#define COPY_FILE_OPEN_AND_COPY_REPARSE_POINT 0x00200000
#endif

/* Copy even where Windows Information Protection would block the copy. Since Windows 10. [D] Accepted without effect
 * where that protection does not exist: Windows 7 and Wine [own]. */
#ifndef COPY_FILE_IGNORE_EDP_BLOCK
#define COPY_FILE_IGNORE_EDP_BLOCK 0x00400000
#endif

/* Do not carry the source's encryption (EFS) over to the destination. Since Windows 10. [D] Accepted without effect
 * under Wine [own]. */
#ifndef COPY_FILE_IGNORE_SOURCE_ENCRYPTION
#define COPY_FILE_IGNORE_SOURCE_ENCRYPTION 0x00800000
#endif

/* Open the destination without WRITE_DAC, for servers and filters that refuse or misread that right. Since Windows 10.
 * [D] */
#ifndef COPY_FILE_DONT_REQUEST_DEST_WRITE_DAC
#define COPY_FILE_DONT_REQUEST_DEST_WRITE_DAC 0x02000000
#endif

/* Do not set the destination to its final size before the data comes. Without the flag a full disk is reported at
 * the start (ERROR_DISK_FULL). Other readers may then see the full length with a tail of zeros [O: FreeFileSync].
 * Since Windows 10 2004. [D] */
#ifndef COPY_FILE_DISABLE_PRE_ALLOCATION
#define COPY_FILE_DISABLE_PRE_ALLOCATION 0x04000000
#endif

/* Copy in the way that needs the least: no overlapped I/O, no offload to storage or server. For CopyFile2 only, not for
 * CopyFileEx. Since Windows 10 2004. [D] Here the flag forbids clones, as COPY_FILE_NO_OFFLOAD does [own]. */
#ifndef COPY_FILE_ENABLE_LOW_FREE_SPACE_MODE
#define COPY_FILE_ENABLE_LOW_FREE_SPACE_MODE 0x08000000
#endif

/* Ask for compression on the wire where the path is a server that speaks SMB 3.1.1; ignored elsewhere. Since Windows 10
 * 1903, documented with Server 2022. [D] Accepted without effect [own]. */
#ifndef COPY_FILE_REQUEST_COMPRESSED_TRAFFIC
#define COPY_FILE_REQUEST_COMPRESSED_TRAFFIC 0x10000000
#endif

/* Keep the holes of a sparse source as holes. Since Windows 11 22H2. [D] Before that, and without the flag, the
 * destination was written out in full [O: FreeFileSync]. Under Wine the host half keeps holes with the flag and without
 * it, because the bytes are the same. Without the host half holes are written out [own]. */
#ifndef COPY_FILE_ENABLE_SPARSE_COPY
#define COPY_FILE_ENABLE_SPARSE_COPY 0x20000000
#endif

/* Write holes out as zeros; wins over COPY_FILE_ENABLE_SPARSE_COPY. Since Windows Server 23H2 and Windows 11 24H2,
 * about build 25398. [D] */
#ifndef COPY_FILE_DISABLE_SPARSE_COPY
#define COPY_FILE_DISABLE_SPARSE_COPY 0x80000000
#endif

/* ---- dwCopyFlagsV2 --------------------------------------------------------------------------------------------------
 *
 * The member takes any set of these, or 0 for none. Another bit fails with E_INVALIDARG [I]. */

/* Do not copy a source that is a junction. [D] It is not known whether Windows then reports success. Here a junction
 * then counts as the directory that it leads to, and is never skipped with S_OK [own]. Since Windows 11 22H2 [D]. */
#ifndef COPY_FILE2_V2_DONT_COPY_JUNCTIONS
#define COPY_FILE2_V2_DONT_COPY_JUNCTIONS 0x00000001
#endif

/* Do not let the destination share blocks with the source (ReFS; under Wine btrfs, xfs and the like). Since the
 * generation of Windows 11 24H2. [D] Server-side copies are forbidden too, because they may share blocks [own]. */
#ifndef COPY_FILE2_V2_DISABLE_BLOCK_CLONING
#define COPY_FILE2_V2_DISABLE_BLOCK_CLONING 0x00000002
#endif

/* All flags of dwCopyFlagsV2: 0x1 since Windows 11 22H2, 0x3 since 24H2. [D] A toolchain that is told to hide the
 * second flag leaves it out of this macro, so the macro is completed here. */
#if !defined( COPY_FILE2_V2_VALID_FLAGS ) || COPY_FILE2_V2_VALID_FLAGS == 0x1
#undef COPY_FILE2_V2_VALID_FLAGS
#define COPY_FILE2_V2_VALID_FLAGS ( COPY_FILE2_V2_DONT_COPY_JUNCTIONS | COPY_FILE2_V2_DISABLE_BLOCK_CLONING )
#endif

/* ---- other constants --------------------------------------------------------------------------------------------- */

/* The limits of ioDesiredSize, in bytes: 4 KiB and 1 GiB. Since Windows Server 2022 and Windows 11. [D] */
#ifndef COPYFILE2_IO_CYCLE_SIZE_MIN
#define COPYFILE2_IO_CYCLE_SIZE_MIN 4096
#endif
#ifndef COPYFILE2_IO_CYCLE_SIZE_MAX
#define COPYFILE2_IO_CYCLE_SIZE_MAX 0x40000000
#endif

/* The least ioDesiredRate, in kilobytes per second. Since Windows Server 2022 and Windows 11. [D] */
#ifndef COPYFILE2_IO_RATE_MIN
#define COPYFILE2_IO_RATE_MIN 512
#endif

/* A bit of ChunkFinished.dwFlags: the chunk was moved by offload and did not pass through this process. The
 * documentation of Windows 8 called that member dwReserved. Since Windows 8. [D] Under Wine the host half sets it for
 * a clone, which is one chunk, and for chunks that a file system copies by itself (NFS, CIFS, FUSE and the like) [own].
 */
#ifndef COPYFILE2_MESSAGE_COPY_OFFLOAD
#define COPYFILE2_MESSAGE_COPY_OFFLOAD 0x00000001
#endif

/* The Win32 code of a copy that COPYFILE2_PROGRESS_PAUSE ended; CopyFile2 returns it as 0x80070BEA. Since Windows 8.
 * [D] */
#ifndef ERROR_REQUEST_PAUSED
#define ERROR_REQUEST_PAUSED 3050L
#endif

#if !COPYFILE2_HAVE_V1

/* ---- the callback: what it is told ------------------------------------------------------------------------------- */

/* COPYFILE2_MESSAGE.Type tells why the callback is called, and so which member of Info is valid. Each stream in its
 * turn sends STREAM_STARTED, then CHUNK_STARTED and CHUNK_FINISHED for each chunk, then STREAM_FINISHED. The unnamed
 * data comes first [O: FreeFileSync]. An empty stream has no chunk [I]. Since Windows 8. [D] */
typedef enum _COPYFILE2_MESSAGE_TYPE
{
    /* Never sent. */
    COPYFILE2_CALLBACK_NONE = 0,
    /* A chunk is about to be copied. An answer that ends the copy leaves it uncopied [I]. */
    COPYFILE2_CALLBACK_CHUNK_STARTED = 1,
    /* A chunk has been copied; its bytes are counted. */
    COPYFILE2_CALLBACK_CHUNK_FINISHED = 2,
    /* Both handles are open, and no data has been copied yet. */
    COPYFILE2_CALLBACK_STREAM_STARTED = 3,
    /* The stream's data is complete, or STOP or PAUSE ended the copy before that. To tell which, compare
     * uliStreamBytesTransferred with uliStreamSize. The handles are still open. The last-write time is set after this
     * message, so a callback cannot set it; it can set the creation time [O: FreeFileSync, for CopyFileEx]. */
    COPYFILE2_CALLBACK_STREAM_FINISHED = 4,
    /* This message is a chance to answer CANCEL or PAUSE while a long operation runs. Windows may send it or not;
     * nobody is known to have received it. Here it is sent when no message was sent for a second, in a wait for
     * ioDesiredRate and within a chunk of many MiB [own]. */
    COPYFILE2_CALLBACK_POLL_CONTINUE = 5,
    /* The copy failed; Info.Error says where. The message is a notice: whatever the answer, the call returns hrFailure,
     * and nothing is tried again. STOP keeps what has been copied, any other answer deletes it [own]. No message
     * follows [I]. The message is not sent for bad arguments, nor for a copy that was canceled, stopped or paused
     * [own]. */
    COPYFILE2_CALLBACK_ERROR = 6,
    /* The number of types. Never sent. */
    COPYFILE2_CALLBACK_MAX = 7
} COPYFILE2_MESSAGE_TYPE;

/* ---- the callback: what it answers ------------------------------------------------------------------------------- */

/* The callback returns one of these. Any of them may answer any message [I]; another number counts as CONTINUE [own].
 * The first four equal the PROGRESS_ values of CopyFileEx. Since Windows 8. [D] */
typedef enum _COPYFILE2_MESSAGE_ACTION
{
    /* Go on. */
    COPYFILE2_PROGRESS_CONTINUE = 0,
    /* End the copy and delete the destination; the call returns 0x800704D3 (ERROR_REQUEST_ABORTED) and no message
     * follows [I]. A destination that existed is deleted too, unless another handle to it forbids that
     * [O: Wine's tests, for CopyFileEx]; its former content is gone either way [I]. */
    COPYFILE2_PROGRESS_CANCEL = 1,
    /* End the copy, but keep what has been copied: the destination is cut to that, and one STREAM_FINISHED follows. The
     * call returns 0x800704D3 as well. Such a copy can go on later only if COPY_FILE_RESTARTABLE was given. */
    COPYFILE2_PROGRESS_STOP = 2,
    /* Go on and do not call back any more. *pfCancel is still obeyed [I]. */
    COPYFILE2_PROGRESS_QUIET = 3,
    /* End the copy with 0x80070BEA (ERROR_REQUEST_PAUSED), with a record in the destination by which
     * COPY_FILE_RESUME_FROM_PAUSE goes on later. One STREAM_FINISHED follows, unless that was the message answered.
     * When nothing is left to be copied the call returns S_OK and leaves no record. [D; O: VelocityCopy, AsterFiles]
     * The fragment is longer than 0 and shorter than the source [O: VelocityCopy]; for a source of 129 bytes or less it
     * is a record of 128 bytes. Where no record can be written, the copy fails with that error and the fragment is
     * deleted [own]. */
    COPYFILE2_PROGRESS_PAUSE = 4
} COPYFILE2_MESSAGE_ACTION;

/* Error.CopyPhase tells where an error was met; no other message has it. Since Windows 8. [D] */
typedef enum _COPYFILE2_COPY_PHASE
{
    /* Nothing has begun. Here that is a name that cannot be a path, or a want of memory before the source is touched
     * [own]. */
    COPYFILE2_PHASE_NONE = 0,
    /* Opening or examining the source or one of its streams. */
    COPYFILE2_PHASE_PREPARE_SOURCE = 1,
    /* Opening, creating or sizing the destination or one of its streams. */
    COPYFILE2_PHASE_PREPARE_DEST = 2,
    /* Reading the source. */
    COPYFILE2_PHASE_READ_SOURCE = 3,
    /* Writing the destination; errors that only come out at its end included [own]. */
    COPYFILE2_PHASE_WRITE_DESTINATION = 4,
    /* A copy that the server of both files carries out; here any offload that cannot be redone by read and write
     * [own]. */
    COPYFILE2_PHASE_SERVER_COPY = 5,
    /* Reading or making a symbolic link or another reparse point. */
    COPYFILE2_PHASE_NAMEGRAFT_COPY = 6,
    /* The number of phases. */
    COPYFILE2_PHASE_MAX = 7
} COPYFILE2_COPY_PHASE;

/* ---- COPYFILE2_MESSAGE ----------------------------------------------------------------------------------------------
 *
 * Sizes are bytes. Since Windows 8. [D]
 *
 * dwStreamNumber             1 for the unnamed data [O: FreeFileSync], higher for each later stream. Steps of more than
 *                            1 are allowed [D]; here they are always 1 [own].
 * hSourceFile                The handles of this stream; each stream has handles of its own [O: FreeFileSync]. Valid
 * hDestinationFile           until the callback returns from STREAM_FINISHED; not to be closed by it. A named stream's
 *                            destination handle may lack access to attributes [O: FreeFileSync]. The positions of the
 *                            file pointers are not specified, and moving them does no harm [own].
 * uliChunkNumber             0 for a stream's first chunk, higher for each later one; steps as above.
 * uliChunkSize               This chunk: in CHUNK_FINISHED what was really moved, in CHUNK_STARTED what is meant to be.
 * uliStreamSize              This stream, as found when the stream was opened. Some files of Linux tell a size that is
 *                            too small, as 0 in /proc. They are read to their end all the same, and their size is
 *                            what was told or what was read, whichever is more [own].
 * uliStreamBytesTransferred  Copied of this stream, this chunk included.
 * uliTotalFileSize           All streams that will be copied, so the same in every message. [D; O: FreeFileSync] It
 *                            grows with the size of such a file, and is never less than uliTotalBytesTransferred
 *                            [own].
 * uliTotalBytesTransferred   Copied of all streams.
 * dwFlags                    COPYFILE2_MESSAGE_COPY_OFFLOAD or 0.
 * hrFailure                  What CopyFile2 will return. Error carries no handles.
 * dwReserved, dwPadding      0 [own].
 *
 * Offsets, 64-bit/32-bit where they differ; the whole is 80/72 bytes, aligned to 8; Type is at 0 and Info at 8:
 *
 *                            ChunkStarted  ChunkFinished  StreamStarted  StreamFinished  PollContinue  Error
 *   dwStreamNumber                8             8              8              8              -          12
 *   dwReserved                   12             -             12             12              8          20
 *   dwFlags                       -            12              -              -              -           -
 *   hSourceFile                  16            16             16             16              -           -
 *   hDestinationFile             24/20         24/20          24/20          24/20           -           -
 *   CopyPhase                     -             -              -              -              -           8
 *   hrFailure                     -             -              -              -              -          16
 *   uliChunkNumber               32/24         32/24           -              -              -          24
 *   uliChunkSize                 40/32         40/32           -              -              -           -
 *   uliStreamSize                48/40         48/40          32/24          32/24           -          32
 *   uliStreamBytesTransferred     -            56/48           -             40/32           -          40
 *   uliTotalFileSize             56/48         64/56          40/32          48/40           -          48
 *   uliTotalBytesTransferred      -            72/64           -             56/48           -          56
 */
typedef struct COPYFILE2_MESSAGE
{
    COPYFILE2_MESSAGE_TYPE Type;
    DWORD dwPadding;
    union
    {
        struct
        {
            DWORD dwStreamNumber;
            DWORD dwReserved;
            HANDLE hSourceFile;
            HANDLE hDestinationFile;
            ULARGE_INTEGER uliChunkNumber;
            ULARGE_INTEGER uliChunkSize;
            ULARGE_INTEGER uliStreamSize;
            ULARGE_INTEGER uliTotalFileSize;
        } ChunkStarted;
        struct
        {
            DWORD dwStreamNumber;
            DWORD dwFlags;
            HANDLE hSourceFile;
            HANDLE hDestinationFile;
            ULARGE_INTEGER uliChunkNumber;
            ULARGE_INTEGER uliChunkSize;
            ULARGE_INTEGER uliStreamSize;
            ULARGE_INTEGER uliStreamBytesTransferred;
            ULARGE_INTEGER uliTotalFileSize;
            ULARGE_INTEGER uliTotalBytesTransferred;
        } ChunkFinished;
        struct
        {
            DWORD dwStreamNumber;
            DWORD dwReserved;
            HANDLE hSourceFile;
            HANDLE hDestinationFile;
            ULARGE_INTEGER uliStreamSize;
            ULARGE_INTEGER uliTotalFileSize;
        } StreamStarted;
        struct
        {
            DWORD dwStreamNumber;
            DWORD dwReserved;
            HANDLE hSourceFile;
            HANDLE hDestinationFile;
            ULARGE_INTEGER uliStreamSize;
            ULARGE_INTEGER uliStreamBytesTransferred;
            ULARGE_INTEGER uliTotalFileSize;
            ULARGE_INTEGER uliTotalBytesTransferred;
        } StreamFinished;
        struct
        {
            DWORD dwReserved;
        } PollContinue;
        struct
        {
            COPYFILE2_COPY_PHASE CopyPhase;
            DWORD dwStreamNumber;
            HRESULT hrFailure;
            DWORD dwReserved;
            ULARGE_INTEGER uliChunkNumber;
            ULARGE_INTEGER uliStreamSize;
            ULARGE_INTEGER uliStreamBytesTransferred;
            ULARGE_INTEGER uliTotalFileSize;
            ULARGE_INTEGER uliTotalBytesTransferred;
        } Error;
    } Info;
} COPYFILE2_MESSAGE;

/* The callback. It is called on the thread that called CopyFile2, with one message at a time [I]. The message is valid
 * until it returns. pvCallbackContext is the caller's own. The callback must return: to leave it by longjmp or an
 * exception is not supported [own]. Since Windows 8. [D] */
typedef COPYFILE2_MESSAGE_ACTION( CALLBACK *PCOPYFILE2_PROGRESS_ROUTINE )( const COPYFILE2_MESSAGE *pMessage,
                                                                           PVOID pvCallbackContext );

/* ---- COPYFILE2_EXTENDED_PARAMETERS ----------------------------------------------------------------------------------
 *
 * Since Windows 8. [D] Offsets, 64-bit/32-bit: dwSize 0, dwCopyFlags 4, pfCancel 8, pProgressRoutine 16/12,
 * pvCallbackContext 24/16; the whole is 32/20 bytes. */
typedef struct COPYFILE2_EXTENDED_PARAMETERS
{
    /* sizeof( COPYFILE2_EXTENDED_PARAMETERS ), or that of the V2 structure if that is what is passed. [D] Any other
     * value fails with E_INVALIDARG [I]. */
    DWORD dwSize;
    /* COPY_FILE_ flags. [D] */
    DWORD dwCopyFlags;
    /* NULL, or a flag that another thread or the callback may set to anything but FALSE while the call runs. The copy
     * then ends as by COPYFILE2_PROGRESS_CANCEL. [D; O: AsterFiles] The flag is looked at before the files are opened,
     * at each chunk and after each callback, whose answer counts first. Once the last byte is written, it is too late.
     * With the flag set from the start the call returns 0x800704D3, and the destination is not touched [own]. */
    BOOL *pfCancel;
    /* NULL, or the callback. [D] */
    PCOPYFILE2_PROGRESS_ROUTINE pProgressRoutine;
    /* Handed to the callback. [D] */
    PVOID pvCallbackContext;
} COPYFILE2_EXTENDED_PARAMETERS;

/* ---- CopyFile2 ------------------------------------------------------------------------------------------------------
 *
 * Copies the file pwszExistingFileName to pwszNewFileName: the data, the named streams, the extended attributes, the
 * last-write and change times and the attributes. FILE_ATTRIBUTE_ARCHIVE is always set on the copy [O: wine-altars].
 * Not copied: the creation and last-access times [O: CPython, FreeFileSync], the owner and the access lists. Streams
 * are dropped without an error where the destination's volume has none [O: Dokany]. An existing destination is
 * overwritten in place, and keeps its own access list and creation time [I].
 *
 * Named streams come after the data, in the order in which the system lists them [I]. Under Wine the streams of `a.txt`
 * are the files `a.txt:name` beside it, sorted by name. With the host half Samba's user.DosStream attributes come after
 * them; their messages carry the handles of the file [own]. A stream that cannot be opened or made fails the copy
 * [O: speedcopy, over SMB], and nothing of the copy is left then [I]. The streams of a destination that is overwritten
 * are removed [I]. A source or destination that is itself a stream has none [own].
 *
 * Wine has no extended attributes; there the host half copies Linux' user.* attributes [own].
 *
 * Names are Win32 paths: at most MAX_PATH characters, unless they begin with \\?\ or the process has opted in to long
 * ones. [D] pExtendedParameters: NULL for all defaults, or a COPYFILE2_EXTENDED_PARAMETERS, or a cast
 * COPYFILE2_EXTENDED_PARAMETERS_V2.
 *
 * Returns S_OK or HRESULT_FROM_WIN32( code ), and GetLastError gives the same code [O: Wine's tests]; after S_OK it
 * gives 0 [own]. A copy that fails at its start leaves an existing destination as it is [O: Wine's tests]; one that
 * fails later deletes it, except after STOP and PAUSE [I]. The source is checked before the destination [O: Wine's
 * tests]. The usual codes:
 *
 *   ERROR_FILE_NOT_FOUND      no source [O: Wine's tests]
 *   ERROR_PATH_NOT_FOUND      no folder for the source or for the destination [O: .NET]
 *   ERROR_ACCESS_DENIED       the source or the destination is a directory [O: Microsoft's STL]; the destination is
 *                             read-only, hidden or system [D; O: VelocityCopy], unless the source is hidden or system
 *                             as the destination is [I]
 *   ERROR_FILE_EXISTS         COPY_FILE_FAIL_IF_EXISTS [O: Wine's tests]
 *   ERROR_SHARING_VIOLATION   both names are one file, which stays intact; the source is open without FILE_SHARE_READ;
 *                             the destination is open without FILE_SHARE_WRITE, or for DELETE [O: Wine's tests];
 *                             another copy is writing the destination [O: records of Windows 10]
 *   ERROR_LOCK_VIOLATION      a range of the source is locked [I]
 *   ERROR_HANDLE_EOF          the source was truncated while it was copied [own]
 *   ERROR_USER_MAPPED_FILE    the destination is mapped into memory [O: Wine's tests]
 *   ERROR_DISK_FULL           no room, mostly found before the first message [O: FreeFileSync]
 *   ERROR_REQUEST_ABORTED     CANCEL, STOP or *pfCancel [D]
 *   ERROR_REQUEST_PAUSED      PAUSE [D]
 *   ERROR_INVALID_NAME        a name with characters that no file may have [I]
 *   ERROR_INVALID_PARAMETER   that is E_INVALIDARG, before anything is opened: a NULL name [own], a wrong dwSize [I],
 *                             an unknown flag [O: CPython], a V2 member out of its range [I]
 *
 * Since Windows 8 and Server 2012, though the SDK shows it for Windows 7 too. [D] Linked with this library the call
 * works from Windows 7 on and on every Wine. On Windows 8 and later it is passed to the system's own CopyFile2, which
 * knows the flags of that Windows. On Windows 7 and under Wine the engine of this library carries it out. It is stdcall
 * with 12 bytes of arguments on 32-bit x86, and is exported undecorated. */
#ifdef __cplusplus
extern "C"
#endif
    WINBASEAPI HRESULT WINAPI CopyFile2( PCWSTR pwszExistingFileName, PCWSTR pwszNewFileName,
                                         COPYFILE2_EXTENDED_PARAMETERS *pExtendedParameters );

#endif /* !COPYFILE2_HAVE_V1 */

/* ---- the library ----------------------------------------------------------------------------------------------------
 *
 * The libraries of Windows have a CopyFile2 too. A linker that finds theirs first would silently take it, and the
 * program would die under Wine 8. So a call asks for a name that only this library has, and a library in the wrong
 * place is an error: "undefined reference to CopyFile2OfLibcopyfile2". -lcopyfile2 belongs behind the objects. A
 * program that only uses the types, or finds the function by GetProcAddress, makes no such call, and need not link the
 * library.
 *
 * Define COPYFILE2_NO_LINK_CHECK before this header to call by the plain name. This serves to link with the system's
 * library on purpose, to define CopyFile2, or to build for 32-bit x86 with GCC and an empty WINBASEAPI. */
#if defined( __MINGW32__ ) && defined( __GNUC__ ) && !defined( COPYFILE2_NO_LINK_CHECK )
#if !defined( __i386__ )
#define COPYFILE2_LINKED __asm__( "CopyFile2OfLibcopyfile2" )
#elif defined( __clang__ )
#define COPYFILE2_LINKED __asm__( "_CopyFile2OfLibcopyfile2@12" )
#else /* GCC puts the underscore of an imported name before it */
#define COPYFILE2_LINKED __asm__( "CopyFile2OfLibcopyfile2@12" )
#endif
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wredundant-decls"
#ifdef __cplusplus
extern "C"
#endif
    WINBASEAPI HRESULT WINAPI CopyFile2( PCWSTR pwszExistingFileName, PCWSTR pwszNewFileName,
                                         COPYFILE2_EXTENDED_PARAMETERS *pExtendedParameters ) COPYFILE2_LINKED;
#pragma GCC diagnostic pop
#undef COPYFILE2_LINKED
#endif

#if !COPYFILE2_HAVE_V2

/* The toolchain may have smaller structures of these names, or none, and nothing tells which. Only a macro can take
 * over a name in both cases. So the complete structures have names of their own, and macros make the usual names mean
 * these structures. Their layout is that of Windows, whichever header declares them. */

/* ---- COPYFILE2_CREATE_OPLOCK_KEYS -----------------------------------------------------------------------------------
 *
 * The source is opened by these oplock keys, so that the copy does not break an oplock that the caller holds. A key of
 * zeros is not used. 32 bytes: ParentOplockKey 0, TargetOplockKey 16. Since Windows 11 24H2. [D] Accepted and not used
 * under Wine, which has no oplocks [own]. */
typedef struct COPYFILE2_CREATE_OPLOCK_KEYS_COMPLETE
{
    /* The key of the oplock on the directory that holds the source. */
    GUID ParentOplockKey;
    /* The key of the oplock on the source. */
    GUID TargetOplockKey;
} COPYFILE2_CREATE_OPLOCK_KEYS_COMPLETE, *PCOPYFILE2_CREATE_OPLOCK_KEYS_COMPLETE;
#define COPYFILE2_CREATE_OPLOCK_KEYS  COPYFILE2_CREATE_OPLOCK_KEYS_COMPLETE
#define PCOPYFILE2_CREATE_OPLOCK_KEYS PCOPYFILE2_CREATE_OPLOCK_KEYS_COMPLETE

/* ---- COPYFILE2_EXTENDED_PARAMETERS_V2 -------------------------------------------------------------------------------
 *
 * This structure is passed to CopyFile2 by a cast; dwSize tells the two versions apart. Since Windows Server 2022 and
 * Windows 11; older versions answer E_INVALIDARG [I]. [D]
 *
 * Offsets, 64-bit/32-bit: the first five members as in COPYFILE2_EXTENDED_PARAMETERS, dwCopyFlagsV2 32/20,
 * ioDesiredSize 36/24, ioDesiredRate 40/28, pProgressRoutineOld 48/32, SourceOplockKeys 56/36, reserved 64/40; the
 * whole is 112/64 bytes. It always was: there were eight reserved members at first, and pProgressRoutineOld and
 * SourceOplockKeys took the place of two. */
typedef struct COPYFILE2_EXTENDED_PARAMETERS_V2_COMPLETE
{
    /* sizeof( COPYFILE2_EXTENDED_PARAMETERS_V2 ). [D] */
    DWORD dwSize;
    /* These four as in COPYFILE2_EXTENDED_PARAMETERS. [D] */
    DWORD dwCopyFlags;
    BOOL *pfCancel;
    PCOPYFILE2_PROGRESS_ROUTINE pProgressRoutine;
    PVOID pvCallbackContext;
    /* COPY_FILE2_V2_ flags; counts as 0 when the first version is passed. [D] */
    DWORD dwCopyFlagsV2;
    /* Bytes moved by one read and write, the chunk of the messages: COPYFILE2_IO_CYCLE_SIZE_MIN to
     * COPYFILE2_IO_CYCLE_SIZE_MAX, or 0 for the default. This is a wish. The number may be lowered for want of memory,
     * or be ignored when ioDesiredRate is given. [D] Here it is rounded down to a multiple of 4096, and the default is
     * 1 MiB. A number out of range is E_INVALIDARG [own]. */
    ULONG ioDesiredSize;
    /* Kilobytes per second on average, from COPYFILE2_IO_RATE_MIN on, or 0 for full speed. [D] A rate out of range is
     * E_INVALIDARG [own]. */
    ULONG ioDesiredRate;
    /* NULL, or a callback of CopyFileEx's kind, an LPPROGRESS_ROUTINE, which is then called instead of
     * pProgressRoutine. Since the generation of Windows 11 24H2. [D] The type is written out, because some toolchains
     * hide its name. */
    DWORD( WINAPI *pProgressRoutineOld )
    ( LARGE_INTEGER TotalFileSize, LARGE_INTEGER TotalBytesTransferred, LARGE_INTEGER StreamSize,
      LARGE_INTEGER StreamBytesTransferred, DWORD dwStreamNumber, DWORD dwCallbackReason, HANDLE hSourceFile,
      HANDLE hDestinationFile, LPVOID lpData );
    /* NULL, or the oplock keys for opening the source. Since Windows 11 24H2. [D] */
    PCOPYFILE2_CREATE_OPLOCK_KEYS SourceOplockKeys;
    /* All NULL [D], else E_INVALIDARG [I]. */
    PVOID reserved[6];
} COPYFILE2_EXTENDED_PARAMETERS_V2_COMPLETE;
#define COPYFILE2_EXTENDED_PARAMETERS_V2 COPYFILE2_EXTENDED_PARAMETERS_V2_COMPLETE

#endif /* !COPYFILE2_HAVE_V2 */

/* ---- the copy family ------------------------------------------------------------------------------------------------
 *
 * CopyFileEx, CopyFile, MoveFileWithProgress, MoveFileEx and MoveFile are here too, on the engine of CopyFile2. They
 * have names of their own, so that a program which links with this library for CopyFile2 keeps the system's functions
 * for the rest. With COPYFILE2_FAMILY defined before this header is included, the system's names in the source mean
 * these functions. A program whose source must not be changed is linked with -lcopyfile2_all -lcopyfile2 instead. [own]
 *
 * They answer TRUE, or FALSE with the code of CopyFile2's list. After TRUE from a function that copies, GetLastError is
 * 0 [O: Wine's tests]. On Windows 8 and later the call goes to the system's own function. A NULL name is
 * ERROR_PATH_NOT_FOUND for the functions that end in A [O: Wine's tests], ERROR_INVALID_PARAMETER for the others [own].
 * The functions in A take names in the ANSI code page, or after SetFileApisToOEM in the OEM one. [D]
 *
 * CopyFileEx: the routine is called with CALLBACK_STREAM_SWITCH first, then with CALLBACK_CHUNK_FINISHED for each
 * chunk; an empty file has STREAM_SWITCH only [O: Wine's tests, FreeFileSync]. It answers PROGRESS_CONTINUE, CANCEL,
 * STOP or QUIET, with the same effect as for CopyFile2 [D]; another number counts as CONTINUE [own]. pbCancel is as
 * pfCancel. dwCopyFlags takes the COPY_FILE_ flags. The SDK reserves three of them for CopyFile2 [D]:
 * REQUEST_SECURITY_PRIVILEGES, RESUME_FROM_PAUSE and ENABLE_LOW_FREE_SPACE_MODE are ERROR_INVALID_PARAMETER [own].
 *
 * MoveFileWithProgress: within a file system, and with MOVEFILE_DELAY_UNTIL_REBOOT, the system moves. Between file
 * systems the system answers ERROR_NOT_SAME_DEVICE; with MOVEFILE_COPY_ALLOWED the engine then copies. The source is
 * deleted when the copy is whole, with MOVEFILE_WRITE_THROUGH after the copy is on the disk [D]. After a failure,
 * CANCEL or STOP the source is still there. A source that cannot be deleted stays, and the call succeeds [D]; a
 * read-only one is deleted [own]. A move whose source is written to meanwhile fails with ERROR_SHARING_VIOLATION [own].
 * A directory fails with ERROR_ACCESS_DENIED [I]. */

/* This is an LPPROGRESS_ROUTINE, a name that some toolchains hide. */
typedef DWORD( CALLBACK *COPYFILE2_OLD_PROGRESS_ROUTINE )( LARGE_INTEGER TotalFileSize,
                                                           LARGE_INTEGER TotalBytesTransferred,
                                                           LARGE_INTEGER StreamSize,
                                                           LARGE_INTEGER StreamBytesTransferred, DWORD dwStreamNumber,
                                                           DWORD dwCallbackReason, HANDLE hSourceFile,
                                                           HANDLE hDestinationFile, LPVOID lpData );

#ifdef __cplusplus
extern "C"
{
#endif
    BOOL WINAPI CopyFile2_CopyFileA( LPCSTR lpExistingFileName, LPCSTR lpNewFileName, BOOL bFailIfExists );
    BOOL WINAPI CopyFile2_CopyFileW( LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName, BOOL bFailIfExists );
    BOOL WINAPI CopyFile2_CopyFileExA( LPCSTR lpExistingFileName, LPCSTR lpNewFileName,
                                       COPYFILE2_OLD_PROGRESS_ROUTINE lpProgressRoutine, LPVOID lpData, LPBOOL pbCancel,
                                       DWORD dwCopyFlags );
    BOOL WINAPI CopyFile2_CopyFileExW( LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName,
                                       COPYFILE2_OLD_PROGRESS_ROUTINE lpProgressRoutine, LPVOID lpData, LPBOOL pbCancel,
                                       DWORD dwCopyFlags );
    BOOL WINAPI CopyFile2_MoveFileA( LPCSTR lpExistingFileName, LPCSTR lpNewFileName );
    BOOL WINAPI CopyFile2_MoveFileW( LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName );
    BOOL WINAPI CopyFile2_MoveFileExA( LPCSTR lpExistingFileName, LPCSTR lpNewFileName, DWORD dwFlags );
    BOOL WINAPI CopyFile2_MoveFileExW( LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName, DWORD dwFlags );
    BOOL WINAPI CopyFile2_MoveFileWithProgressA( LPCSTR lpExistingFileName, LPCSTR lpNewFileName,
                                                 COPYFILE2_OLD_PROGRESS_ROUTINE lpProgressRoutine, LPVOID lpData,
                                                 DWORD dwFlags );
    BOOL WINAPI CopyFile2_MoveFileWithProgressW( LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName,
                                                 COPYFILE2_OLD_PROGRESS_ROUTINE lpProgressRoutine, LPVOID lpData,
                                                 DWORD dwFlags );
#ifdef __cplusplus
}
#endif

/* A compiler that packs structures, as with -fpack-struct, gives them another layout than Windows. The array then has
 * the size -1, and its name tells the reason in the compiler's error. */
typedef char
    copyfile2_structures_must_not_be_packed[sizeof( COPYFILE2_MESSAGE ) == ( sizeof( void * ) == 8 ? 80 : 72 ) &&
                                                    sizeof( COPYFILE2_EXTENDED_PARAMETERS_V2 ) ==
                                                        ( sizeof( void * ) == 8 ? 112 : 64 )
                                                ? 1
                                                : -1];

/* With -mrtd a function that names no calling convention gets that of Windows' functions. A callback without CALLBACK
 * would then compile here and crash elsewhere, and headers that rely on the usual convention would mean something else.
 */
#if defined( __i386__ ) && defined( __GNUC__ ) && !defined( __cplusplus )
typedef void copyfile2_unnamed_convention( int );
typedef void __attribute__( ( __cdecl__ ) ) copyfile2_usual_convention( int );
typedef char copyfile2_cannot_be_used_with_mrtd
    [__builtin_types_compatible_p( copyfile2_unnamed_convention, copyfile2_usual_convention ) ? 1 : -1];
#endif

#ifdef COPYFILE2_FAMILY
#undef CopyFileA
#define CopyFileA CopyFile2_CopyFileA
#undef CopyFileW
#define CopyFileW CopyFile2_CopyFileW
#undef CopyFileExA
#define CopyFileExA CopyFile2_CopyFileExA
#undef CopyFileExW
#define CopyFileExW CopyFile2_CopyFileExW
#undef MoveFileA
#define MoveFileA CopyFile2_MoveFileA
#undef MoveFileW
#define MoveFileW CopyFile2_MoveFileW
#undef MoveFileExA
#define MoveFileExA CopyFile2_MoveFileExA
#undef MoveFileExW
#define MoveFileExW CopyFile2_MoveFileExW
#undef MoveFileWithProgressA
#define MoveFileWithProgressA CopyFile2_MoveFileWithProgressA
#undef MoveFileWithProgressW
#define MoveFileWithProgressW CopyFile2_MoveFileWithProgressW
#endif

#endif
