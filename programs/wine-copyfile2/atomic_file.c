/* SPDX-License-Identifier: MIT */

/* A prefix must stay usable when this process or the machine stops at any moment, so a file appears, changes or goes as
 * a whole. The new file is written beside its place, flushed to the disk, and then renamed. Its temporary name is
 * always the same, so the next process uses or removes what an ended one left. The lock of the prefix keeps other
 * processes away. */

#include "atomic_file.h"
#include "file.h"
#include "message.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINK_MAX_SIZE 4096

static char *temporary_name( const char *path )
{
    return text_format( "%s.wine-copyfile2-new", path );
}

/* A new name is safe only when its folder is on the disk too, so the folder of path is flushed. False comes with
 * errno. */
static bool sync_folder( const char *path )
{
    char *copy = text_copy( path );
    int fd = open( dirname( copy ), O_RDONLY | O_DIRECTORY | O_CLOEXEC );
    /* Some network file systems cannot flush a folder and say EINVAL: that is no failure. */
    bool done = fd >= 0 && ( !fsync( fd ) || errno == EINVAL );

    if (fd >= 0) close( fd );
    free( copy );
    return done;
}

static bool write_all( int fd, const char *data, size_t size )
{
    while (size)
    {
        ssize_t written = write( fd, data, size );

        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        data += written;
        size -= (size_t)written;
    }
    return true;
}

/* Writes a new file and flushes it. Its times of last access and change become those of times; NULL means now. False
 * comes with errno. */
static bool write_file( const char *path, const void *data, size_t size, mode_t mode, const struct timespec *times )
{
    int fd;
    bool done;

    if (unlink( path ) && errno != ENOENT) return false;
    fd = open( path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600 );
    if (fd < 0) return false;
    done = write_all( fd, data, size ) && !fchmod( fd, mode ) && ( !times || !futimens( fd, times ) ) && !fsync( fd );
    if (close( fd )) done = false;
    return done;
}

/* When both names belong to one file, rename succeeds and leaves both, so this function removes the old one. False
 * comes with errno. */
static bool rename_file( const char *from, const char *path )
{
    if (rename( from, path )) return false;
    unlink( from );
    return sync_folder( path );
}

/* Lets the temporary file take the place of path when it is complete, and removes it otherwise. False comes with
 * errno. */
static bool put_in_place( const char *temporary, const char *path, bool complete )
{
    int error;

    if (complete && rename_file( temporary, path )) return true;
    error = errno;
    unlink( temporary );
    errno = error;
    return false;
}

bool atomic_file_write( const char *path, const void *data, size_t size, mode_t mode )
{
    char *temporary = temporary_name( path );
    bool done = put_in_place( temporary, path, write_file( temporary, data, size, mode, NULL ) );

    free( temporary );
    return done;
}

static bool copy_link( const char *from, const char *temporary )
{
    char target[LINK_MAX_SIZE];
    ssize_t length = readlink( from, target, sizeof( target ) - 1 );

    if (length < 0) return false;
    target[length] = 0;
    return !symlink( target, temporary );
}

/* Copies a file with its mode and times, or a symbolic link as a link. False comes with errno. */
static bool duplicate_by_copy( const char *from, const char *temporary )
{
    struct bytes bytes;
    struct stat st;
    bool done;

    if (lstat( from, &st )) return false;
    if (S_ISLNK( st.st_mode )) return copy_link( from, temporary );
    if (!file_read( from, &bytes )) return false;
    done = write_file( temporary, bytes.data, bytes.size, st.st_mode & 07777,
                       ( const struct timespec[] ){ st.st_atim, st.st_mtim } );
    free( bytes.data );
    return done;
}

bool atomic_file_duplicate( const char *from, const char *path )
{
    char *temporary = temporary_name( path );
    bool done;

    unlink( temporary );
    done = !linkat( AT_FDCWD, from, AT_FDCWD, temporary, 0 ) || duplicate_by_copy( from, temporary );
    done = put_in_place( temporary, path, done );
    free( temporary );
    return done;
}

bool atomic_file_move( const char *from, const char *path )
{
    if (rename_file( from, path )) return sync_folder( from );
    if (errno != EXDEV) return false;
    return atomic_file_duplicate( from, path ) && atomic_file_remove( from );
}

void atomic_file_clean( const char *path )
{
    char *temporary = temporary_name( path );

    unlink( temporary );
    free( temporary );
}

bool atomic_file_remove( const char *path )
{
    if (unlink( path )) return errno == ENOENT;
    return sync_folder( path );
}
