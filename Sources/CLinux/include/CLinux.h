// The few calls of the C library that Swift's Glibc module does not show.
// No header of the C library that declares structures is included here: Swift would take them for ours.
#pragma once

#include <stdint.h>

// Starts a joinable thread with a name (cut to 15 bytes). Signals stay with the threads that wait for them:
// all but those for the thread's own faults are blocked. `thread` is a pthread_t. Returns 0 or an error number.
int assay_thread_start(unsigned long *_Nonnull thread, const char *_Nonnull name,
                       void *_Nullable (*_Nonnull body)(void *_Nullable), void *_Nullable context);

// Names the calling thread (cut to 15 bytes).
void assay_thread_set_name(const char *_Nonnull name);

// The kernel's number for the calling thread, as top and journald show it.
int32_t assay_thread_id(void);

// A counting event: each write of 1 lets one read through. Close on exec, never blocks; -1 and errno on failure.
int assay_event_create(void);

// A semaphore at zero; NULL and errno on failure.
struct assay_semaphore;
struct assay_semaphore *_Nullable assay_semaphore_create(void);
void assay_semaphore_destroy(struct assay_semaphore *_Nonnull semaphore);

// Never blocks; a call into the kernel only where a thread waits.
void assay_semaphore_post(struct assay_semaphore *_Nonnull semaphore);

// Takes a post, and waits for one until a moment of CLOCK_MONOTONIC in nanoseconds at most. 1 with a post, 0 without.
int assay_semaphore_wait(struct assay_semaphore *_Nonnull semaphore, int64_t deadline);

// Anonymous memory as a file, close on exec; -1 and errno on failure.
int assay_memfd_create(const char *_Nonnull name);

// CLOCK_MONOTONIC: nanoseconds since boot, sleep not counted.
int64_t assay_monotonic_nanoseconds(void);
