#pragma once
#include <stdint.h>

/// Pieces of memory that this thread has asked for since it began.
uint64_t assay_allocation_count(void);

/// Pieces of memory that the process has asked for and not given back.
int64_t assay_allocations_alive(void);
