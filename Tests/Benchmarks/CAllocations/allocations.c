// Counts allocations: the program's own malloc takes the place of the C library's, for every library that it loads.
#include "allocations.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

static _Thread_local uint64_t count;
static atomic_int_fast64_t alive;

static void *counted(void *memory) {
    if (memory) {
        count += 1;
        atomic_fetch_add_explicit(&alive, 1, memory_order_relaxed);
    }
    return memory;
}

void *malloc(size_t size) { return counted(__libc_malloc(size)); }
void *calloc(size_t number, size_t size) { return counted(__libc_calloc(number, size)); }
void *memalign(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size)); }

int posix_memalign(void **result, size_t alignment, size_t size) {
    void *memory = counted(__libc_memalign(alignment, size));
    if (!memory) return ENOMEM;
    *result = memory;
    return 0;
}

void *realloc(void *old, size_t size) {
    if (!old) return malloc(size);
    void *memory = __libc_realloc(old, size);
    // The C library frees the old piece where the new one has no size.
    if (!memory && !size) atomic_fetch_sub_explicit(&alive, 1, memory_order_relaxed);
    if (memory) count += 1;
    return memory;
}

void free(void *memory) {
    if (memory) atomic_fetch_sub_explicit(&alive, 1, memory_order_relaxed);
    __libc_free(memory);
}

uint64_t assay_allocation_count(void) { return count; }
int64_t assay_allocations_alive(void) { return atomic_load_explicit(&alive, memory_order_relaxed); }
