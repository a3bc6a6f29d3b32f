/* SPDX-License-Identifier: MIT */

/* The host half makes a status and a name of each errno, as this table says. */

#include "host_test.h"

static const struct
{
    int err;
    const char *name;
    uint32_t status;
} rows[] = {
    { .err = EACCES, .name = "EACCES", .status = 0xc0000022 },
    { .err = EAGAIN, .name = "EAGAIN", .status = 0xc0000054 },
    { .err = EBADF, .name = "EBADF", .status = 0xc0000008 },
    { .err = EBADMSG, .name = "EBADMSG", .status = 0xc000003f },
    { .err = EBUSY, .name = "EBUSY", .status = 0xc0000043 },
    { .err = ECANCELED, .name = "ECANCELED", .status = 0xc0000240 },
    { .err = ECONNRESET, .name = "ECONNRESET", .status = 0xc00000c9 },
    { .err = ECONNABORTED, .name = "ECONNABORTED", .status = 0xc00000c9 },
    { .err = ENOTCONN, .name = "ENOTCONN", .status = 0xc00000c9 },
    { .err = ESHUTDOWN, .name = "ESHUTDOWN", .status = 0xc00000c9 },
    { .err = EDESTADDRREQ, .name = "EDESTADDRREQ", .status = 0xc0000001 },
    { .err = EDQUOT, .name = "EDQUOT", .status = 0xc000007f },
    { .err = EEXIST, .name = "EEXIST", .status = 0xc0000035 },
    { .err = EFAULT, .name = "EFAULT", .status = 0xc0000005 },
    { .err = EFBIG, .name = "EFBIG", .status = 0xc0000904 },
    { .err = EHOSTDOWN, .name = "EHOSTDOWN", .status = 0xc00000c4 },
    { .err = EHOSTUNREACH, .name = "EHOSTUNREACH", .status = 0xc00000c4 },
    { .err = ENETUNREACH, .name = "ENETUNREACH", .status = 0xc00000c4 },
    { .err = ENETDOWN, .name = "ENETDOWN", .status = 0xc00000c4 },
    { .err = EREMOTEIO, .name = "EREMOTEIO", .status = 0xc00000c4 },
    { .err = EINTR, .name = "EINTR", .status = 0xc0000001 },
    { .err = EINVAL, .name = "EINVAL", .status = 0xc000000d },
    { .err = EIO, .name = "EIO", .status = 0xc0000185 },
    { .err = EISDIR, .name = "EISDIR", .status = 0xc00000ba },
    { .err = EKEYREVOKED, .name = "EKEYREVOKED", .status = 0xc0000022 },
    { .err = ENOKEY, .name = "ENOKEY", .status = 0xc0000022 },
    { .err = EKEYEXPIRED, .name = "EKEYEXPIRED", .status = 0xc0000022 },
    { .err = ELOOP, .name = "ELOOP", .status = 0xc0000280 },
    { .err = EMFILE, .name = "EMFILE", .status = 0xc000011f },
    { .err = ENFILE, .name = "ENFILE", .status = 0xc000011f },
    { .err = EMLINK, .name = "EMLINK", .status = 0xc0000265 },
    { .err = ENAMETOOLONG, .name = "ENAMETOOLONG", .status = 0xc0000106 },
    { .err = ENODATA, .name = "ENODATA", .status = 0xc0000001 },
    { .err = ENODEV, .name = "ENODEV", .status = 0xc000000e },
    { .err = ENOENT, .name = "ENOENT", .status = 0xc0000034 },
    { .err = ENOMEDIUM, .name = "ENOMEDIUM", .status = 0xc0000013 },
    { .err = EMEDIUMTYPE, .name = "EMEDIUMTYPE", .status = 0xc0000013 },
    { .err = ENOMEM, .name = "ENOMEM", .status = 0xc0000017 },
    { .err = ENOSPC, .name = "ENOSPC", .status = 0xc000007f },
    { .err = ENOSYS, .name = "ENOSYS", .status = 0xc0000001 },
    { .err = ENOTDIR, .name = "ENOTDIR", .status = 0xc000003a },
    { .err = ENOTEMPTY, .name = "ENOTEMPTY", .status = 0xc0000101 },
    { .err = ENOTTY, .name = "ENOTTY", .status = 0xc0000001 },
    { .err = ENXIO, .name = "ENXIO", .status = 0xc000000e },
    { .err = EOPNOTSUPP, .name = "EOPNOTSUPP", .status = 0xc00000bb },
    { .err = EOVERFLOW, .name = "EOVERFLOW", .status = 0xc000000d },
    { .err = EPERM, .name = "EPERM", .status = 0xc0000022 },
    { .err = EPIPE, .name = "EPIPE", .status = 0xc000014b },
    { .err = ERANGE, .name = "ERANGE", .status = 0xc0000001 },
    { .err = E2BIG, .name = "E2BIG", .status = 0xc0000001 },
    { .err = EROFS, .name = "EROFS", .status = 0xc00000a2 },
    { .err = ESPIPE, .name = "ESPIPE", .status = 0xc00000af },
    { .err = ESTALE, .name = "ESTALE", .status = 0xc00000c4 },
    { .err = ETIME, .name = "ETIME", .status = 0xc00000b5 },
    { .err = ETIMEDOUT, .name = "ETIMEDOUT", .status = 0xc00000b5 },
    { .err = ETXTBSY, .name = "ETXTBSY", .status = 0xc0000043 },
    { .err = EUCLEAN, .name = "EUCLEAN", .status = 0xc0000102 },
    { .err = EXDEV, .name = "EXDEV", .status = 0xc00000d4 },
};

/* The errnos of which a status is promised. */
static const int promised[] = {
#define ROW( err, status, error, open_error ) err,
#include "unix/errno_rows.h"
#undef ROW
};

static bool is_tested( int err )
{
    for (size_t i = 0; i < sizeof( rows ) / sizeof( rows[0] ); i++)
        if (rows[i].err == err) return true;
    return false;
}

void test_errno_table( void )
{
    for (size_t i = 0; i < sizeof( promised ) / sizeof( promised[0] ); i++)
        if (!is_tested( promised[i] )) not_ok( host_name_from_err( promised[i] ), __LINE__ );
    for (size_t i = 0; i < sizeof( rows ) / sizeof( rows[0] ); i++)
    {
        if ((uint32_t)host_status_from_err( rows[i].err ) != rows[i].status) not_ok( rows[i].name, __LINE__ );
        if (strcmp( host_name_from_err( rows[i].err ), rows[i].name )) not_ok( rows[i].name, __LINE__ );
    }
    ok( (uint32_t)host_status_from_err( 99999 ) == 0xc0000001 && !host_name_from_err( 99999 ) );
}
