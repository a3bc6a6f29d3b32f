/* SPDX-License-Identifier: MIT */

/* This file makes, takes and releases a lock that a dead thread does not keep. */

#include "unix/lock.h"

#include <errno.h>

void host_lock_make( struct host_lock *lock )
{
    pthread_mutexattr_t attributes;

    if (pthread_mutexattr_init( &attributes )) return;
    lock->is_made = !pthread_mutexattr_setrobust( &attributes, PTHREAD_MUTEX_ROBUST ) &&
                    !pthread_mutex_init( &lock->mutex, &attributes );
    pthread_mutexattr_destroy( &attributes );
}

static bool is_taken( struct host_lock *lock, int err, bool *is_in_disorder )
{
    *is_in_disorder = err == EOWNERDEAD;
    if (err == EOWNERDEAD) err = pthread_mutex_consistent( &lock->mutex );
    return !err;
}

bool host_lock_take( struct host_lock *lock, bool *is_in_disorder )
{
    *is_in_disorder = false;
    return lock->is_made && is_taken( lock, pthread_mutex_lock( &lock->mutex ), is_in_disorder );
}

bool host_lock_try( struct host_lock *lock, bool *is_in_disorder )
{
    *is_in_disorder = false;
    return lock->is_made && is_taken( lock, pthread_mutex_trylock( &lock->mutex ), is_in_disorder );
}

bool host_lock_give( struct host_lock *lock )
{
    return !pthread_mutex_unlock( &lock->mutex );
}
