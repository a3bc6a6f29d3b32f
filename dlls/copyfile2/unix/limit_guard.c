/* SPDX-License-Identifier: MIT */

/* A write past the limit of file sizes raises SIGXFSZ, which kills the process by default, and no Windows program knows
 * of it. So the signal is blocked, in this thread only and only while it writes. */

#include "unix/host.h"

#include <sys/resource.h>
#include <time.h>

static void only_the_signal( sigset_t *set )
{
    sigemptyset( set );
    sigaddset( set, SIGXFSZ );
}

bool host_limit_allows( uint64_t size )
{
    struct rlimit limit;

    return getrlimit( RLIMIT_FSIZE, &limit ) || limit.rlim_cur == RLIM_INFINITY || size <= limit.rlim_cur;
}

void host_limit_guard_begin( struct host_limit_guard *guard )
{
    sigset_t blocked, pending;
    struct rlimit limit;

    guard->is_needed = getrlimit( RLIMIT_FSIZE, &limit ) || limit.rlim_cur != RLIM_INFINITY;
    if (!guard->is_needed) return;
    only_the_signal( &blocked );
    pthread_sigmask( SIG_BLOCK, &blocked, &guard->before );
    guard->was_pending =
        sigismember( &guard->before, SIGXFSZ ) && !sigpending( &pending ) && sigismember( &pending, SIGXFSZ );
}

/* The kernel sends the signal to the thread that writes, so it can be removed here. A signal that was pending before is
 * not ours, and stays. */
void host_limit_guard_end( const struct host_limit_guard *guard )
{
    static const struct timespec no_wait;
    sigset_t taken;
    int saved = errno;

    if (!guard->is_needed) return;
    only_the_signal( &taken );
    if (!guard->was_pending)
        while (sigtimedwait( &taken, NULL, &no_wait ) == -1 && errno == EINTR)
        {
        }
    pthread_sigmask( SIG_SETMASK, &guard->before, NULL );
    errno = saved;
}
