/* SPDX-License-Identifier: MIT */

/* faultfs shows a folder at another place, and fails, delays and shortens the calls made there, as its rules say.
 *
 *     faultfs FOLDER MOUNT-POINT
 *
 * runs in the foreground until it is unmounted. Rules are written to the file .faultfs in the mount, and the counts are
 * read from it; rules.c tells the language. Nothing is cached, and one call is served at a time, so that the counts are
 * exact. copy_file_range is carried out by the daemon: a copy within the mount is a server's copy. */

#define FUSE_USE_VERSION 31
#include "faultfs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

static const char control[] = "/.faultfs";
int root;

/* An open file, with the name that it was opened by, because a file that was deleted has no name of its own. */
struct handle
{
    int file;
    char path[];
};

static int file_of( const struct fuse_file_info *info )
{
    return ( (struct handle *)(uintptr_t)info->fh )->file;
}

static const char *path_of( const char *path, const struct fuse_file_info *info )
{
    return info && info->fh ? ( (struct handle *)(uintptr_t)info->fh )->path : path;
}

static int is_control( const char *path )
{
    return !strcmp( path, control );
}

const char *below( const char *path )
{
    return path[1] ? path + 1 : ".";
}

int result( long ret )
{
    return ret == -1 ? -errno : (int)ret;
}

static int fs_getattr( const char *path, struct stat *stat, struct fuse_file_info *info )
{
    size_t said = SIZE_MAX;
    int ret;

    path = path_of( path, info );
    if (is_control( path ))
    {
        memset( stat, 0, sizeof( *stat ) );
        stat->st_mode = S_IFREG | 0666;
        stat->st_nlink = 1;
        return 0;
    }
    ASK( OP_GETATTR, path, 0, &said );
    if (info && info->fh) ret = result( fstat( file_of( info ), stat ) );
    else ret = result( fstatat( root, below( path ), stat, AT_SYMLINK_NOFOLLOW ) );
    if (!ret && said != SIZE_MAX) stat->st_size = (off_t)said;
    return ret;
}

static int fs_readlink( const char *path, char *buffer, size_t size )
{
    ssize_t length;

    ASK( OP_READLINK, path, 0, NULL );
    length = readlinkat( root, below( path ), buffer, size - 1 );
    if (length == -1) return -errno;
    buffer[length] = 0;
    return 0;
}

static int fs_mknod( const char *path, mode_t mode, dev_t device )
{
    return result( mknodat( root, below( path ), mode, device ) );
}

static int fs_mkdir( const char *path, mode_t mode )
{
    return result( mkdirat( root, below( path ), mode ) );
}

static int fs_unlink( const char *path )
{
    ASK( OP_UNLINK, path, 0, NULL );
    return result( unlinkat( root, below( path ), 0 ) );
}

static int fs_rmdir( const char *path )
{
    return result( unlinkat( root, below( path ), AT_REMOVEDIR ) );
}

static int fs_symlink( const char *target, const char *path )
{
    ASK( OP_SYMLINK, path, 0, NULL );
    return result( symlinkat( target, root, below( path ) ) );
}

static int fs_rename( const char *from, const char *to, unsigned int flags )
{
    ASK( OP_RENAME, from, 0, NULL );
    return result( renameat2( root, below( from ), root, below( to ), flags ) );
}

static int fs_link( const char *from, const char *to )
{
    return result( linkat( root, below( from ), root, below( to ), 0 ) );
}

static int fs_chmod( const char *path, mode_t mode, struct fuse_file_info *info )
{
    path = path_of( path, info );
    ASK( OP_CHMOD, path, 0, NULL );
    if (info && info->fh) return result( fchmod( file_of( info ), mode ) );
    return result( fchmodat( root, below( path ), mode, 0 ) );
}

static int fs_chown( const char *path, uid_t user, gid_t group, struct fuse_file_info *info )
{
    (void)info;
    return result( fchownat( root, below( path ), user, group, AT_SYMLINK_NOFOLLOW ) );
}

static int fs_truncate( const char *path, off_t size, struct fuse_file_info *info )
{
    int file, ret;

    path = path_of( path, info );
    if (is_control( path )) return 0;
    ASK( OP_TRUNCATE, path, size, NULL );
    if (info && info->fh) return result( ftruncate( file_of( info ), size ) );
    file = openat( root, below( path ), O_WRONLY );
    if (file == -1) return -errno;
    ret = result( ftruncate( file, size ) );
    close( file );
    return ret;
}

static int open_file( const char *path, mode_t mode, struct fuse_file_info *info )
{
    struct handle *handle = malloc( sizeof( *handle ) + strlen( path ) + 1 );

    if (!handle) return -ENOMEM;
    handle->file = openat( root, below( path ), info->flags & ~( O_NOFOLLOW | O_DIRECT ), mode );
    if (handle->file == -1)
    {
        free( handle );
        return -errno;
    }
    strcpy( handle->path, path );
    info->fh = (uintptr_t)handle;
    info->direct_io = 1;
    return 0;
}

static int fs_open( const char *path, struct fuse_file_info *info )
{
    info->direct_io = 1;
    if (is_control( path )) return 0;
    ASK( OP_OPEN, path, 0, NULL );
    return open_file( path, 0, info );
}

static int fs_create( const char *path, mode_t mode, struct fuse_file_info *info )
{
    ASK( OP_CREATE, path, 0, NULL );
    return open_file( path, mode, info );
}

static int fs_read( const char *path, char *bytes, size_t size, off_t offset, struct fuse_file_info *info )
{
    char text[1024];
    size_t length;

    path = path_of( path, info );
    if (is_control( path ))
    {
        length = rules_tell( text, sizeof( text ) );
        if ((size_t)offset >= length) return 0;
        if (size > length - (size_t)offset) size = length - (size_t)offset;
        memcpy( bytes, text + offset, size );
        return (int)size;
    }
    ASK( OP_READ, path, offset, &size );
    return result( pread( file_of( info ), bytes, size, offset ) );
}

static int fs_write( const char *path, const char *bytes, size_t size, off_t offset, struct fuse_file_info *info )
{
    path = path_of( path, info );
    if (is_control( path ))
    {
        int ret = rules_take( bytes, size );

        return ret ? ret : (int)size;
    }
    ASK( OP_WRITE, path, offset, &size );
    return result( pwrite( file_of( info ), bytes, size, offset ) );
}

static int fs_statfs( const char *path, struct statvfs *system )
{
    (void)path;
    return result( fstatvfs( root, system ) );
}

static int fs_flush( const char *path, struct fuse_file_info *info )
{
    path = path_of( path, info );
    if (is_control( path )) return 0;
    ASK( OP_FLUSH, path, 0, NULL );
    return 0;
}

static int fs_release( const char *path, struct fuse_file_info *info )
{
    int ret;

    path = path_of( path, info );
    if (is_control( path )) return 0;
    ret = rules_ask( OP_RELEASE, path, 0, NULL );
    close( file_of( info ) );
    free( (struct handle *)(uintptr_t)info->fh );
    return ret;
}

static int fs_fsync( const char *path, int data_only, struct fuse_file_info *info )
{
    (void)data_only;
    path = path_of( path, info );
    ASK( OP_FSYNC, path, 0, NULL );
    return result( fsync( file_of( info ) ) );
}

static int fs_utimens( const char *path, const struct timespec times[2], struct fuse_file_info *info )
{
    path = path_of( path, info );
    ASK( OP_UTIMENS, path, 0, NULL );
    if (info && info->fh) return result( futimens( file_of( info ), times ) );
    return result( utimensat( root, below( path ), times, AT_SYMLINK_NOFOLLOW ) );
}

static int fs_fallocate( const char *path, int mode, off_t offset, off_t length, struct fuse_file_info *info )
{
    path = path_of( path, info );
    ASK( OP_FALLOCATE, path, offset, NULL );
    return result( fallocate( file_of( info ), mode, offset, length ) );
}

static ssize_t fs_copy_file_range( const char *from, struct fuse_file_info *in, off_t from_offset, const char *to,
                                   struct fuse_file_info *out, off_t to_offset, size_t size, int flags )
{
    ssize_t got;
    (void)from;

    ASK( OP_COPY_FILE_RANGE, path_of( to, out ), to_offset, &size );
    got = copy_file_range( file_of( in ), &from_offset, file_of( out ), &to_offset, size, (unsigned int)flags );
    return got == -1 ? -errno : got;
}

static off_t fs_lseek( const char *path, off_t offset, int whence, struct fuse_file_info *info )
{
    off_t ret;

    path = path_of( path, info );
    ASK( OP_LSEEK, path, offset, NULL );
    ret = lseek( file_of( info ), offset, whence );
    return ret == -1 ? -errno : ret;
}

static int fs_readdir( const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *info,
                       enum fuse_readdir_flags flags )
{
    int folder = openat( root, below( path ), O_RDONLY | O_DIRECTORY );
    DIR *entries = folder == -1 ? NULL : fdopendir( folder );
    (void)offset, (void)info, (void)flags;

    if (!entries) return -errno;
    for (struct dirent *entry; ( entry = readdir( entries ) );) fill( buffer, entry->d_name, NULL, 0, 0 );
    closedir( entries );
    return 0;
}

static void *fs_init( struct fuse_conn_info *connection, struct fuse_config *config )
{
    (void)connection;
    config->entry_timeout = config->attr_timeout = config->negative_timeout = 0;
    config->use_ino = 1;
    config->hard_remove = 1;
    return NULL;
}

static const struct fuse_operations operations = {
    .getattr = fs_getattr,
    .readlink = fs_readlink,
    .mknod = fs_mknod,
    .mkdir = fs_mkdir,
    .unlink = fs_unlink,
    .rmdir = fs_rmdir,
    .symlink = fs_symlink,
    .rename = fs_rename,
    .link = fs_link,
    .chmod = fs_chmod,
    .chown = fs_chown,
    .truncate = fs_truncate,
    .open = fs_open,
    .create = fs_create,
    .read = fs_read,
    .write = fs_write,
    .statfs = fs_statfs,
    .flush = fs_flush,
    .release = fs_release,
    .fsync = fs_fsync,
    .setxattr = fs_setxattr,
    .getxattr = fs_getxattr,
    .listxattr = fs_listxattr,
    .removexattr = fs_removexattr,
    .utimens = fs_utimens,
    .fallocate = fs_fallocate,
    .copy_file_range = fs_copy_file_range,
    .lseek = fs_lseek,
    .readdir = fs_readdir,
    .init = fs_init,
};

int main( int argc, char **argv )
{
    char *options[] = { argv[0], "-f", "-s", "-o", "fsname=faultfs,default_permissions", argv[2], NULL };

    if (argc != 3)
    {
        fprintf( stderr, "usage: faultfs FOLDER MOUNT-POINT\n" );
        return 2;
    }
    root = open( argv[1], O_RDONLY | O_DIRECTORY );
    if (root == -1)
    {
        perror( argv[1] );
        return 1;
    }
    umask( 0 );
    return fuse_main( 6, options, &operations, NULL );
}
