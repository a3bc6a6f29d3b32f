/* System calls that do as the test says, and else what they always do. */

#include "host_fakes.h"
#undef pread
#undef pwrite
#undef copy_file_range
#undef fallocate
#undef ioctl
#undef fstatfs
#undef opendir
#undef readdir

#include <errno.h>
#include <stdbool.h>

struct fake_plan fake_plans[FAKE_COUNT];
int fake_file_system;

/* Answers whether this call fails; else *size may have become less. */
static bool plays( enum fake fake, size_t *size )
{
    struct fake_plan *plan = &fake_plans[fake];

    plan->calls++;
    if (!plan->at || --plan->at) return false;
    if (plan->err)
    {
        errno = plan->err;
        return true;
    }
    if (size && *size > plan->most) *size = plan->most;
    return false;
}

ssize_t fake_pread( int file, void *bytes, size_t size, off_t offset )
{
    return plays( FAKE_PREAD, &size ) ? -1 : pread( file, bytes, size, offset );
}

ssize_t fake_pwrite( int file, const void *bytes, size_t size, off_t offset )
{
    return plays( FAKE_PWRITE, &size ) ? -1 : pwrite( file, bytes, size, offset );
}

ssize_t fake_copy_file_range( int in, off_t *from, int out, off_t *to, size_t size, unsigned int flags )
{
    return plays( FAKE_COPY_FILE_RANGE, &size ) ? -1 : copy_file_range( in, from, out, to, size, flags );
}

int fake_fallocate( int file, int mode, off_t offset, off_t size )
{
    return plays( FAKE_FALLOCATE, NULL ) ? -1 : fallocate( file, mode, offset, size );
}

int fake_ioctl( int file, unsigned long request, int other )
{
    return plays( FAKE_CLONE, NULL ) ? -1 : ioctl( file, request, other );
}

int fake_fstatfs( int file, struct statfs *system )
{
    int ret = fstatfs( file, system );

    if (fake_file_system) system->f_type = fake_file_system;
    return ret;
}

DIR *fake_opendir( const char *path )
{
    return plays( FAKE_OPENDIR, NULL ) ? NULL : opendir( path );
}

struct dirent *fake_readdir( DIR *directory )
{
    return plays( FAKE_READDIR, NULL ) ? NULL : readdir( directory );
}
