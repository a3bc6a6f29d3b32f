/* SPDX-License-Identifier: MIT */

/* What the host half makes of an errno. */

#include "host_test.h"

void test_errno_table( void )
{
    static const struct
    {
        int err;
        const char *name;
        uint32_t status;
    } rows[] = {
        { EACCES, "EACCES", 0xc0000022 },
        { EAGAIN, "EAGAIN", 0xc0000054 },
        { EBADF, "EBADF", 0xc0000008 },
        { EBADMSG, "EBADMSG", 0xc000003f },
        { EBUSY, "EBUSY", 0xc0000043 },
        { ECANCELED, "ECANCELED", 0xc0000240 },
        { ECONNRESET, "ECONNRESET", 0xc00000c9 },
        { ECONNABORTED, "ECONNABORTED", 0xc00000c9 },
        { ENOTCONN, "ENOTCONN", 0xc00000c9 },
        { ESHUTDOWN, "ESHUTDOWN", 0xc00000c9 },
        { EDESTADDRREQ, "EDESTADDRREQ", 0xc0000001 },
        { EDQUOT, "EDQUOT", 0xc000007f },
        { EEXIST, "EEXIST", 0xc0000035 },
        { EFAULT, "EFAULT", 0xc0000005 },
        { EFBIG, "EFBIG", 0xc0000904 },
        { EHOSTDOWN, "EHOSTDOWN", 0xc00000c4 },
        { EHOSTUNREACH, "EHOSTUNREACH", 0xc00000c4 },
        { ENETUNREACH, "ENETUNREACH", 0xc00000c4 },
        { ENETDOWN, "ENETDOWN", 0xc00000c4 },
        { EREMOTEIO, "EREMOTEIO", 0xc00000c4 },
        { EINTR, "EINTR", 0xc0000001 },
        { EINVAL, "EINVAL", 0xc000000d },
        { EIO, "EIO", 0xc0000185 },
        { EISDIR, "EISDIR", 0xc00000ba },
        { EKEYREVOKED, "EKEYREVOKED", 0xc0000022 },
        { ENOKEY, "ENOKEY", 0xc0000022 },
        { EKEYEXPIRED, "EKEYEXPIRED", 0xc0000022 },
        { ELOOP, "ELOOP", 0xc0000280 },
        { EMFILE, "EMFILE", 0xc000011f },
        { ENFILE, "ENFILE", 0xc000011f },
        { EMLINK, "EMLINK", 0xc0000265 },
        { ENAMETOOLONG, "ENAMETOOLONG", 0xc0000106 },
        { ENODATA, "ENODATA", 0xc0000001 },
        { ENODEV, "ENODEV", 0xc000000e },
        { ENOENT, "ENOENT", 0xc0000034 },
        { ENOMEDIUM, "ENOMEDIUM", 0xc0000013 },
        { EMEDIUMTYPE, "EMEDIUMTYPE", 0xc0000013 },
        { ENOMEM, "ENOMEM", 0xc0000017 },
        { ENOSPC, "ENOSPC", 0xc000007f },
        { ENOSYS, "ENOSYS", 0xc0000001 },
        { ENOTDIR, "ENOTDIR", 0xc000003a },
        { ENOTEMPTY, "ENOTEMPTY", 0xc0000101 },
        { ENOTTY, "ENOTTY", 0xc0000001 },
        { ENXIO, "ENXIO", 0xc000000e },
        { EOPNOTSUPP, "EOPNOTSUPP", 0xc00000bb },
        { EOVERFLOW, "EOVERFLOW", 0xc000000d },
        { EPERM, "EPERM", 0xc0000022 },
        { EPIPE, "EPIPE", 0xc000014b },
        { ERANGE, "ERANGE", 0xc0000001 },
        { E2BIG, "E2BIG", 0xc0000001 },
        { EROFS, "EROFS", 0xc00000a2 },
        { ESPIPE, "ESPIPE", 0xc00000af },
        { ESTALE, "ESTALE", 0xc00000c4 },
        { ETIME, "ETIME", 0xc00000b5 },
        { ETIMEDOUT, "ETIMEDOUT", 0xc00000b5 },
        { ETXTBSY, "ETXTBSY", 0xc0000043 },
        { EUCLEAN, "EUCLEAN", 0xc0000102 },
        { EXDEV, "EXDEV", 0xc00000d4 },
    };

    for (size_t i = 0; i < sizeof( rows ) / sizeof( rows[0] ); i++)
    {
        if ((uint32_t)host_status_from_err( rows[i].err ) != rows[i].status) not_ok( rows[i].name, __LINE__ );
        if (strcmp( host_name_from_err( rows[i].err ), rows[i].name )) not_ok( rows[i].name, __LINE__ );
    }
    ok( (uint32_t)host_status_from_err( 99999 ) == 0xc0000001 && !host_name_from_err( 99999 ) );
}
