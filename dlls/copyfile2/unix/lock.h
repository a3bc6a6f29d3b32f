/* SPDX-License-Identifier: MIT */

/* Windows programs end threads wherever they are. So this lock is free again when its owner has died. */

#ifndef COPYFILE2_HOST_LOCK_H
#define COPYFILE2_HOST_LOCK_H

#include <pthread.h>
#include <stdbool.h>

struct host_lock
{
    pthread_mutex_t mutex;
    bool is_made;
};

/* Makes the lock. To be called while copyfile2.so is loaded: a thread that dies in a pthread_once would block others.
 */
void host_lock_make( struct host_lock *lock );

/* True when the lock is ours. *is_in_disorder is set to true when the last owner has died, and may have left half done
 * what it did. False means that no lock could be made. */
bool host_lock_take( struct host_lock *lock, bool *is_in_disorder );

/* Does the same without waiting. False also means that somebody has the lock. */
bool host_lock_try( struct host_lock *lock, bool *is_in_disorder );

/* False means that the lock is another thread's. */
bool host_lock_give( struct host_lock *lock );

#endif
