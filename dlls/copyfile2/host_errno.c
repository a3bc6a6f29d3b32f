/* SPDX-License-Identifier: MIT */

/* errno becomes NTSTATUS: the only place. Where Wine's own two tables have no answer, or one that no program looks for, this
 * one has what Windows says in the same plight. */

#include "host.h"

#define ACCESS_DENIED            0xc0000022
#define ACCESS_VIOLATION         0xc0000005
#define CRC_ERROR                0xc000003f
#define DIRECTORY_NOT_EMPTY      0xc0000101
#define DISK_FULL                0xc000007f
#define FILE_CORRUPT_ERROR       0xc0000102
#define FILE_IS_A_DIRECTORY      0xc00000ba
#define FILE_LOCK_CONFLICT       0xc0000054
#define FILE_TOO_LARGE           0xc0000904
#define ILLEGAL_FUNCTION         0xc00000af
#define INVALID_HANDLE           0xc0000008
#define INVALID_PARAMETER        0xc000000d
#define IO_DEVICE_ERROR          0xc0000185
#define IO_TIMEOUT               0xc00000b5
#define MEDIA_WRITE_PROTECTED    0xc00000a2
#define NAME_TOO_LONG            0xc0000106
#define NETWORK_NAME_DELETED     0xc00000c9
#define NOT_SAME_DEVICE          0xc00000d4
#define NOT_SUPPORTED            0xc00000bb
#define NO_MEDIA_IN_DEVICE       0xc0000013
#define NO_MEMORY                0xc0000017
#define NO_SUCH_DEVICE           0xc000000e
#define OBJECT_NAME_COLLISION    0xc0000035
#define OBJECT_NAME_NOT_FOUND    0xc0000034
#define OBJECT_PATH_NOT_FOUND    0xc000003a
#define PIPE_BROKEN              0xc000014b
#define REPARSE_POINT_UNRESOLVED 0xc0000280
#define REQUEST_ABORTED          0xc0000240
#define SHARING_VIOLATION        0xc0000043
#define TOO_MANY_LINKS           0xc0000265
#define TOO_MANY_OPENED_FILES    0xc000011f
#define UNEXPECTED_NETWORK_ERROR 0xc00000c4
#define UNSUCCESSFUL             0xc0000001

struct row
{
    int err;
    const char *name;
    uint32_t status;
};

#define ROW( err, status ) { err, #err, status }

static const struct row rows[] = {
    ROW( EACCES, ACCESS_DENIED ),
    ROW( EAGAIN, FILE_LOCK_CONFLICT ), /* a mandatory lock */
    ROW( EBADF, INVALID_HANDLE ),
    ROW( EBADMSG, CRC_ERROR ),
    ROW( EBUSY, SHARING_VIOLATION ),
    ROW( ECANCELED, REQUEST_ABORTED ),
    ROW( ECONNABORTED, NETWORK_NAME_DELETED ),
    ROW( ECONNRESET, NETWORK_NAME_DELETED ),
    ROW( EDESTADDRREQ, UNSUCCESSFUL ),
    ROW( EDQUOT, DISK_FULL ), /* programs look for that one, not for DISK_QUOTA_EXCEEDED */
    ROW( EEXIST, OBJECT_NAME_COLLISION ),
    ROW( EFAULT, ACCESS_VIOLATION ),
    ROW( EFBIG, FILE_TOO_LARGE ),
    ROW( EHOSTDOWN, UNEXPECTED_NETWORK_ERROR ),
    ROW( EHOSTUNREACH, UNEXPECTED_NETWORK_ERROR ),
    ROW( EINTR, UNSUCCESSFUL ), /* never told: it is tried again */
    ROW( EINVAL, INVALID_PARAMETER ),
    ROW( EIO, IO_DEVICE_ERROR ),
    ROW( EISDIR, FILE_IS_A_DIRECTORY ),
    ROW( EKEYEXPIRED, ACCESS_DENIED ),
    ROW( EKEYREVOKED, ACCESS_DENIED ),
    ROW( ELOOP, REPARSE_POINT_UNRESOLVED ),
    ROW( EMEDIUMTYPE, NO_MEDIA_IN_DEVICE ),
    ROW( EMFILE, TOO_MANY_OPENED_FILES ),
    ROW( EMLINK, TOO_MANY_LINKS ),
    ROW( ENAMETOOLONG, NAME_TOO_LONG ),
    ROW( ENETDOWN, UNEXPECTED_NETWORK_ERROR ),
    ROW( ENETUNREACH, UNEXPECTED_NETWORK_ERROR ),
    ROW( ENFILE, TOO_MANY_OPENED_FILES ),
    ROW( ENODATA, UNSUCCESSFUL ), /* never told, nor are the others of this status: a mover refuses, or nobody minds */
    ROW( ENODEV, NO_SUCH_DEVICE ),
    ROW( ENOENT, OBJECT_NAME_NOT_FOUND ),
    ROW( ENOKEY, ACCESS_DENIED ),
    ROW( ENOMEDIUM, NO_MEDIA_IN_DEVICE ),
    ROW( ENOMEM, NO_MEMORY ),
    ROW( ENOSPC, DISK_FULL ),
    ROW( ENOSYS, UNSUCCESSFUL ),
    ROW( ENOTCONN, NETWORK_NAME_DELETED ),
    ROW( ENOTDIR, OBJECT_PATH_NOT_FOUND ),
    ROW( ENOTEMPTY, DIRECTORY_NOT_EMPTY ),
    ROW( ENOTTY, UNSUCCESSFUL ),
    ROW( ENXIO, NO_SUCH_DEVICE ),
    ROW( EOPNOTSUPP, NOT_SUPPORTED ),
    ROW( EOVERFLOW, INVALID_PARAMETER ),
    ROW( EPERM, ACCESS_DENIED ),
    ROW( EPIPE, PIPE_BROKEN ),
    ROW( ERANGE, UNSUCCESSFUL ),
    ROW( E2BIG, UNSUCCESSFUL ),
    ROW( EREMOTEIO, UNEXPECTED_NETWORK_ERROR ),
    ROW( EROFS, MEDIA_WRITE_PROTECTED ),
    ROW( ESHUTDOWN, NETWORK_NAME_DELETED ),
    ROW( ESPIPE, ILLEGAL_FUNCTION ),
    ROW( ESTALE, UNEXPECTED_NETWORK_ERROR ),
    ROW( ETIME, IO_TIMEOUT ),
    ROW( ETIMEDOUT, IO_TIMEOUT ),
    ROW( ETXTBSY, SHARING_VIOLATION ),
    ROW( EUCLEAN, FILE_CORRUPT_ERROR ),
    ROW( EXDEV, NOT_SAME_DEVICE ),
};

static const struct row *row_of( int err )
{
    for (size_t i = 0; i < sizeof( rows ) / sizeof( rows[0] ); i++)
        if (rows[i].err == err) return &rows[i];
    return NULL;
}

int32_t host_status_from_err( int err )
{
    const struct row *row = row_of( err );

    return (int32_t)( row ? row->status : UNSUCCESSFUL );
}

const char *host_name_from_err( int err )
{
    const struct row *row = row_of( err );

    return row ? row->name : NULL;
}
