#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

_Static_assert(sizeof(pthread_t) == sizeof(unsigned long), "CLinux.h shows pthread_t as unsigned long");

static void cut_name(char out[16], const char *name)
{
    strncpy(out, name, 15);
    out[15] = 0;
}

int assay_thread_start(unsigned long *thread, const char *name, void *(*body)(void *), void *context)
{
    static const int own_faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
    sigset_t blocked, before;
    sigfillset(&blocked);
    for (unsigned i = 0; i < sizeof own_faults / sizeof *own_faults; i++)
        sigdelset(&blocked, own_faults[i]);

    // The new thread inherits the mask, so no signal can reach it before it has one.
    pthread_sigmask(SIG_SETMASK, &blocked, &before);
    pthread_t started;
    int failure = pthread_create(&started, NULL, body, context);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failure)
        return failure;

    char cut[16];
    cut_name(cut, name);
    pthread_setname_np(started, cut);
    *thread = started;
    return 0;
}

void assay_thread_set_name(const char *name)
{
    char cut[16];
    cut_name(cut, name);
    pthread_setname_np(pthread_self(), cut);
}

int32_t assay_thread_id(void)
{
    // Asked with every frame that is given back; nothing here forks.
    static _Thread_local int32_t known;
    if (known == 0)
        known = gettid();
    return known;
}

int assay_event_create(void)
{
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE);
}

struct assay_semaphore {
    sem_t count;
};

struct assay_semaphore *assay_semaphore_create(void)
{
    struct assay_semaphore *semaphore = malloc(sizeof *semaphore);
    if (!semaphore || sem_init(&semaphore->count, 0, 0) == 0)
        return semaphore;
    free(semaphore);
    return NULL;
}

void assay_semaphore_destroy(struct assay_semaphore *semaphore)
{
    sem_destroy(&semaphore->count);
    free(semaphore);
}

void assay_semaphore_post(struct assay_semaphore *semaphore)
{
    // Fails at the largest count only, and then there is nothing to add.
    sem_post(&semaphore->count);
}

int assay_semaphore_wait(struct assay_semaphore *semaphore, int64_t deadline)
{
    const struct timespec moment = {.tv_sec = deadline / 1000000000, .tv_nsec = deadline % 1000000000};
    int failure;
    // A signal's handler interrupts a wait; the moment stays.
    do
        failure = sem_clockwait(&semaphore->count, CLOCK_MONOTONIC, &moment);
    while (failure && errno == EINTR);
    return !failure;
}

int assay_memfd_create(const char *name)
{
    return memfd_create(name, MFD_CLOEXEC);
}

int64_t assay_monotonic_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
