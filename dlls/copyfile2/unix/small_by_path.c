/* SPDX-License-Identifier: MIT */

/* Requests to Wine's server are most of the cost of a small file. This file copies a small plain file without a handle
 * of the destination, which saves most of the requests.
 *
 * A handle serves to find out whether somebody has the destination open and does not share it. Linux knows that as
 * well: it grants a write lease (fcntl, F_SETLEASE) only on a file that nobody else has open or mapped. Until the lease
 * is given back, the server's own open fails with EWOULDBLOCK, which the server reports as a sharing violation. Windows
 * gives this error to nearly everybody who opens a file in the middle of a copy. A new file is created under its own
 * name, so that watchers of the folder hear only of that name. It gets its lease at once.
 *
 * Files that are not plain are refused, and so is a destination that somebody has open. Their copy then goes by
 * handles, with all its checks. */

#include "unix/index.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/xattr.h>

struct small_job
{
    struct host_small_by_path *request;
    int directory;            /* -1: not open, as for the descriptors of the pair */
    struct host_pair pair;    /* this file calls fstat itself, and not host_pair_look */
    struct index_entry entry; /* the destination in its directory */
    bool is_new;
};

static bool refuse( struct small_job *job, enum host_small_why why, int err )
{
    job->request->why = why;
    job->request->err = err;
    return false;
}

/* True when the file has user.* attributes, or may have some. They may be marks, streams, or attributes that a copy
 * keeps or removes. */
static bool has_user_attributes( int file )
{
    char names[1024];
    ssize_t size = flistxattr( file, names, sizeof( names ) );

    if (size == -1) return errno != EOPNOTSUPP;
    for (const char *name = names; name < names + size; name += strlen( name ) + 1)
        if (!strncmp( name, "user.", 5 )) return true;
    return false;
}

/* True for a file that nobody may write, which Wine calls read-only. Wine also calls a file hidden whose name begins
 * with a dot, but that does not count as a mark. */
static bool is_read_only( const struct stat *stat )
{
    return !( stat->st_mode & ( S_IWUSR | S_IWGRP | S_IWOTH ) );
}

/* True for a plain file. Sets *stat. False means that the request is refused. */
static bool is_plain( struct small_job *job, int file, const char *path, struct stat *stat )
{
    const char *slash = strrchr( path, '/' ), *name = slash ? slash + 1 : path;

    if (fstat( file, stat )) return refuse( job, HOST_SMALL_WHY_ERRNO, errno );
    if (!S_ISREG( stat->st_mode )) return refuse( job, HOST_SMALL_WHY_NOT_FILES, 0 );
    if (stat->st_size > HOST_SMALL_SIZE) return refuse( job, HOST_SMALL_WHY_LARGE, 0 );
    if (is_read_only( stat )) return refuse( job, HOST_SMALL_WHY_READ_ONLY, 0 );
    if (has_user_attributes( file )) return refuse( job, HOST_SMALL_WHY_ATTRIBUTES, 0 );
    if (strchr( name, ':' ) || host_may_have_siblings( path )) return refuse( job, HOST_SMALL_WHY_STREAMS, 0 );
    return true;
}

/* When there is a byte behind the size, or another size after that read, the size is not the truth. False means that
 * the request is refused. */
static bool ends_at_size( struct small_job *job )
{
    off_t size = job->pair.source_stat.st_size;
    struct stat again;
    char byte;
    ssize_t got = pread( job->pair.source, &byte, sizeof( byte ), size );

    if (got == -1 || fstat( job->pair.source, &again )) return refuse( job, HOST_SMALL_WHY_ERRNO, errno );
    return ( !got && again.st_size == size ) || refuse( job, HOST_SMALL_WHY_SIZE, 0 );
}

/* Wine's server has opened the source since host_small_look. If the path still leads to the same file, it is the one
 * that the server protects from writers. False means that the request is refused. */
static bool open_plain_source( struct small_job *job )
{
    const struct host_small_look *look = &job->request->source;
    const char *path = (const char *)(uintptr_t)look->path;
    const struct stat *stat = &job->pair.source_stat;

    job->pair.source = open( path, O_RDONLY | O_NONBLOCK | O_CLOEXEC );
    if (job->pair.source == -1) return refuse( job, HOST_SMALL_WHY_ERRNO, errno );
    if (!is_plain( job, job->pair.source, path, &job->pair.source_stat )) return false;
    if (stat->st_dev != look->device || stat->st_ino != look->inode) return refuse( job, HOST_SMALL_WHY_REPLACED, 0 );
    return ends_at_size( job );
}

/* True when the name still leads to the destination. */
static bool is_in_place( const struct small_job *job )
{
    const struct stat *stat = &job->pair.destination_stat;
    struct stat named;

    return !fstatat( job->directory, job->entry.name, &named, AT_SYMLINK_NOFOLLOW ) && stat->st_dev == named.st_dev &&
           stat->st_ino == named.st_ino;
}

/* When somebody opens the file meanwhile, the kernel sends us a signal. SIGIO would end the process, so SIGURG is
 * chosen, which is ignored by default. */
static bool take_lease( struct small_job *job )
{
    if (fcntl( job->pair.destination, F_SETSIG, SIGURG ) || fcntl( job->pair.destination, F_SETLEASE, F_WRLCK ))
        return refuse( job, HOST_SMALL_WHY_ERRNO, errno );
    return true;
}

/* Answers the mode of a new file. Wine's server gives x bits by the suffix of a name, and so does this. The source's x
 * bits are added. */
static mode_t new_mode( const struct small_job *job )
{
    const mode_t runnable = S_IXUSR | S_IXGRP | S_IXOTH, mode = 0666;
    size_t length = strlen( job->entry.name );
    const char *suffix = length < 4 ? "" : job->entry.name + length - 4;

    if (!strcasecmp( suffix, ".exe" ) || !strcasecmp( suffix, ".com" )) return mode | runnable;
    return mode | ( job->pair.source_stat.st_mode & runnable );
}

/* The umask may take away r and leave x, but those who may not read a copy must not run it either. */
static void drop_x_without_r( struct host_pair *pair )
{
    mode_t mode = pair->destination_stat.st_mode & 0777, readers = mode & ( S_IRUSR | S_IRGRP | S_IROTH );
    mode_t wrong = mode & ( S_IXUSR | S_IXGRP | S_IXOTH ) & ~( readers >> 2 );

    if (wrong && !fchmod( pair->destination, mode & ~wrong )) pair->destination_stat.st_mode &= ~wrong;
}

/* Creates a new file, and takes a lease on it. When somebody opens the file before that, there is no lease, and the
 * file is deleted again. */
static bool make_new( struct small_job *job )
{
    struct host_pair *pair = &job->pair;
    bool is_leased;

    pair->destination =
        openat( job->directory, job->entry.name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, new_mode( job ) );
    if (pair->destination == -1)
        return refuse( job, errno == EEXIST ? HOST_SMALL_WHY_NAME : HOST_SMALL_WHY_ERRNO, errno );
    is_leased = take_lease( job );
    job->is_new = true;
    if (fstat( pair->destination, &pair->destination_stat )) return refuse( job, HOST_SMALL_WHY_ERRNO, errno );
    if (is_leased) drop_x_without_r( pair );
    return is_leased;
}

/* Opens an old destination, and takes a lease on it. The source is open already, so no lease is granted when both are
 * one file. A device must not even be opened, and a link is not followed. */
static bool open_old( struct small_job *job )
{
    const char *directory = (const char *)(uintptr_t)job->request->name.directory;
    struct host_pair *pair = &job->pair;
    char path[PATH_MAX];
    int length;

    if (!S_ISREG( job->entry.there.st_mode )) return refuse( job, HOST_SMALL_WHY_NOT_FILES, 0 );
    if (job->request->create_only) return refuse( job, HOST_SMALL_WHY_NAME, 0 );
    pair->destination = openat( job->directory, job->entry.name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC );
    if (pair->destination == -1) return refuse( job, HOST_SMALL_WHY_ERRNO, errno );
    if (!host_pair_filesystem( pair )->is_local) return refuse( job, HOST_SMALL_WHY_FOREIGN, 0 );
    if (!take_lease( job )) return false;
    length = snprintf( path, sizeof( path ), "%s/%s", directory, job->entry.name );
    if (length < 0 || (size_t)length >= sizeof( path )) return refuse( job, HOST_SMALL_WHY_ERRNO, ENAMETOOLONG );
    if (!is_plain( job, pair->destination, path, &pair->destination_stat )) return false;
    /* The file may have been renamed before the lease was granted. */
    return is_in_place( job ) || refuse( job, HOST_SMALL_WHY_REPLACED, 0 );
}

static bool open_old_or_make_new( struct small_job *job )
{
    struct host_name *name = &job->request->name;

    job->directory = open( (const char *)(uintptr_t)name->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC );
    if (job->directory == -1) return refuse( job, HOST_SMALL_WHY_ERRNO, errno );
    host_index_in( job->directory, name, &job->entry );
    if (name->result == HOST_NAME_NEW) return make_new( job );
    return name->result == HOST_NAME_EXISTS ? open_old( job ) : refuse( job, HOST_SMALL_WHY_NAME, 0 );
}

/* The buffer begins at a cache line, as in movers.c. */
static void *take_buffer( uint64_t size )
{
    void *buffer;

    return posix_memalign( &buffer, 64, size + 1 ) ? NULL : buffer;
}

/* The source has ended before its size. If it was truncated meanwhile, the copy fails, as in check_early_end of
 * transfer.c. If its size was never the truth, the destination ends where the source does. */
static void end_early( struct host_small *small, struct host_pair *pair )
{
    struct stat now;

    if (fstat( pair->source, &now )) host_fail( &small->move, HOST_READ_FAILED, errno );
    else if (now.st_size < pair->source_stat.st_size) host_fail_at_end( &small->move );
    else if (ftruncate( pair->destination, (off_t)small->move.moved ))
        host_fail( &small->move, HOST_WRITE_FAILED, errno );
    else host_metadata_keep( pair, small->last_write_time );
}

/* A failure before the call of host_small has changed nothing, and the request is refused. After that call the
 * destination may have changed, and the request fails. */
static bool copy( struct small_job *job )
{
    struct host_small *small = &job->request->small;
    struct host_pair *pair = &job->pair;
    uint64_t size = (uint64_t)pair->source_stat.st_size;

    small->last_write_time = host_nt_time( &pair->source_stat.st_mtim );
    small->move.source = pair->source;
    small->move.destination = pair->destination;
    small->move.length = size;
    small->move.buffer_size = (uint32_t)size;
    small->move.buffer = (uintptr_t)take_buffer( size );
    if (!small->move.buffer) return refuse( job, HOST_SMALL_WHY_ERRNO, ENOMEM );
    pair->has_no_attributes = true;
    host_small( small, pair );
    if (small->move.result == HOST_DONE && small->move.moved < size) end_early( small, pair );
    free( (void *)(uintptr_t)small->move.buffer );
    if (small->move.result == HOST_DONE) return true;
    job->request->result = HOST_SMALL_FAILED;
    return false;
}

/* The destination of a failed copy is deleted, and so is a new file whose copy is left to handles. Another link or a
 * mount may still lead to an old file. So its old bytes are cut off before its name is deleted, as finish.c does. The
 * lease is given back before the close, because a child process that has not yet called exec may still have the
 * descriptor. */
static void end( struct small_job *job )
{
    bool is_done = job->request->result == HOST_SMALL_DONE, has_failed = job->request->result == HOST_SMALL_FAILED;

    if (has_failed && !job->is_new) (void)!ftruncate( job->pair.destination, (off_t)job->request->small.move.moved );
    if (( has_failed || ( job->is_new && !is_done ) ) && is_in_place( job ))
        unlinkat( job->directory, job->entry.name, 0 );
    if (job->pair.destination != -1)
    {
        fcntl( job->pair.destination, F_SETLEASE, F_UNLCK );
        close( job->pair.destination );
    }
    if (job->directory != -1) close( job->directory );
    if (job->pair.source != -1) close( job->pair.source );
}

void host_small_look( struct host_small_look *look )
{
    struct stat found;

    look->err = stat( (const char *)(uintptr_t)look->path, &found ) ? errno : 0;
    look->is_small = !look->err && S_ISREG( found.st_mode ) && found.st_size <= HOST_SMALL_SIZE;
    look->device = look->err ? 0 : found.st_dev;
    look->inode = look->err ? 0 : found.st_ino;
}

void host_small_by_path( struct host_small_by_path *request )
{
    struct small_job job = { .request = request, .directory = -1, .pair = { .source = -1, .destination = -1 } };

    request->result = HOST_SMALL_REFUSED;
    if (open_plain_source( &job ) && open_old_or_make_new( &job ) && copy( &job )) request->result = HOST_SMALL_DONE;
    end( &job );
}
