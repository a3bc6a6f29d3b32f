/* SPDX-License-Identifier: MIT */

/* Windows programs may end a thread at any place. So this lock is free again when its owner has died. */

#ifndef COPYFILE2_HOST_LOCK_H
#define COPYFILE2_HOST_LOCK_H

#include <pthread.h>
#include <stdbool.h>

struct host_lock
{
    pthread_mutex_t mutex;
    bool is_made;
};

/* Makes the lock, before two threads can know of it. For a lock of the whole host half that is while copyfile2.so is
 * loaded. In pthread_once a thread that died would block all others. */
void host_lock_make( struct host_lock *lock );

/* True when the lock is ours. Sets *is_in_disorder to true when the last owner has died, and may have left the guarded
 * data half changed. False means that no lock could be made. */
bool host_lock_take( struct host_lock *lock, bool *is_in_disorder );

/* Does the same without waiting. False also means that another thread has the lock. */
bool host_lock_try( struct host_lock *lock, bool *is_in_disorder );

/* Releases the lock. False means that another thread has it. */
bool host_lock_give( struct host_lock *lock );

#endif
