/* SPDX-License-Identifier: MIT */

/* This file knows where things lie in a Wine prefix, and has the lock by which one process at a time changes them. */

#include "prefix.h"
#include "file.h"
#include "message.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_TRIES 1000 /* each one after the first means that another process took our folder away */

void prefix_open( struct prefix *prefix, const char *root )
{
    prefix->root = text_copy( root );
    prefix->folder = text_format( "%s/.wine-copyfile2", root );
    prefix->record = text_format( "%s/files", prefix->folder );
    prefix->registry = text_format( "%s/registry", prefix->folder );
    prefix->lock = text_format( "%s/lock", prefix->folder );
    prefix->lock_fd = -1;
    prefix->made_root = false;
    prefix->all = false;
}

void prefix_close( struct prefix *prefix )
{
    free( prefix->root );
    free( prefix->folder );
    free( prefix->record );
    free( prefix->registry );
    free( prefix->lock );
}

bool prefix_exists( const struct prefix *prefix )
{
    struct stat st;

    return !stat( prefix->root, &st ) && S_ISDIR( st.st_mode );
}

bool prefix_is_touched( const struct prefix *prefix )
{
    return file_exists( prefix->folder );
}

/* Answers the path of drive C:, to be freed. */
static char *drive_path( const struct prefix *prefix )
{
    char *drive = text_format( "%s/dosdevices/c:", prefix->root );
    struct stat st;

    if (!stat( drive, &st )) return drive;
    free( drive );
    return text_format( "%s/drive_c", prefix->root );
}

char *prefix_windows_path( const struct prefix *prefix, const char *name )
{
    char *drive = drive_path( prefix );
    char *path = text_format( "%s/windows/%s", drive, name );

    free( drive );
    return path;
}

bool prefix_holds( const struct prefix *prefix, const char *folder )
{
    char *drive = drive_path( prefix ), *path = prefix_windows_path( prefix, folder );
    char *real_drive = realpath( drive, NULL ), *real_path = realpath( path, NULL );
    size_t length = real_drive ? strlen( real_drive ) : 0;
    bool holds = !real_path || ( real_drive && !strncmp( real_path, real_drive, length ) && real_path[length] == '/' );

    free( real_path );
    free( real_drive );
    free( path );
    free( drive );
    return holds;
}

/* ---- the lock ---------------------------------------------------------------------------------------------------- */

/* Wine itself refuses the prefix of another user, so this program does not change it either. False comes with a
 * message. */
static bool check_owner( const struct prefix *prefix )
{
    struct stat st;

    if (stat( prefix->root, &st )) return message_error( "%s: %s", prefix->root, strerror( errno ) );
    if (!S_ISDIR( st.st_mode )) return message_error( "%s: not a directory", prefix->root );
    if (st.st_uid != geteuid()) return message_error( "the prefix %s belongs to another user", prefix->root );
    return true;
}

/* True means that the open file still has this name. */
static bool is_same_file( int fd, const char *path )
{
    struct stat open_file, named;

    return !fstat( fd, &open_file ) && !lstat( path, &named ) && open_file.st_dev == named.st_dev &&
           open_file.st_ino == named.st_ino;
}

/* A link in place of our folder may lead nowhere, or into another prefix, so it does not count as a folder. True means
 * that the folder is there, and maybe new. False comes with errno. */
static bool make_folder( const char *path )
{
    struct stat st;

    if (!mkdir( path, 0777 )) return true;
    if (errno != EEXIST) return false;
    if (lstat( path, &st )) return errno == ENOENT; /* another process has just removed the folder */
    if (S_ISDIR( st.st_mode )) return true;
    errno = S_ISLNK( st.st_mode ) ? ELOOP : ENOTDIR;
    return false;
}

/* The process that takes away the last trace of us removes the lock file too. Others may wait for that very file: they
 * then begin anew, but not for ever. Answers the open file, or -1 with errno. */
static int take_lock( const struct prefix *prefix )
{
    for (unsigned int i = 0; i < LOCK_TRIES; i++)
    {
        int fd, locked;

        if (!make_folder( prefix->folder )) return -1;
        fd = open( prefix->lock, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666 );
        if (fd < 0 && errno == ENOENT) continue;
        if (fd < 0) return -1;
        do locked = flock( fd, LOCK_EX );
        while (locked && errno == EINTR);
        if (!locked && is_same_file( fd, prefix->lock )) return fd;
        close( fd );
        if (locked) return -1;
    }
    errno = EBUSY;
    return -1;
}

/* Says why there is no lock, by errno. Answers false. */
static bool tell_no_lock( const struct prefix *prefix )
{
    if (errno == ELOOP || errno == ENOTDIR)
        return message_error( "%s has to be a folder, and the file lock in it no symbolic link: remove what is there",
                              prefix->folder );
    return message_error( "the prefix %s cannot be written: %s", prefix->root, strerror( errno ) );
}

bool prefix_lock( struct prefix *prefix )
{
    prefix->made_root = !mkdir( prefix->root, 0777 );
    if (!prefix->made_root && errno != EEXIST)
        return message_error( "the prefix %s cannot be made: %s", prefix->root, strerror( errno ) );
    if (!check_owner( prefix )) return false;
    prefix->lock_fd = take_lock( prefix );
    return prefix->lock_fd >= 0 || tell_no_lock( prefix );
}

static bool holds_only_the_lock( const char *path )
{
    DIR *folder = opendir( path );
    struct dirent *entry;
    unsigned int others = 0;

    if (!folder) return false;
    while (( entry = readdir( folder ) ))
        if (strcmp( entry->d_name, "." ) && strcmp( entry->d_name, ".." ) && strcmp( entry->d_name, "lock" )) others++;
    closedir( folder );
    return !others;
}

void prefix_unlock( struct prefix *prefix )
{
    if (prefix->lock_fd < 0) return;
    if (holds_only_the_lock( prefix->folder ))
    {
        unlink( prefix->lock );
        rmdir( prefix->folder );
        if (prefix->made_root) rmdir( prefix->root );
    }
    close( prefix->lock_fd );
    prefix->lock_fd = -1;
}
