#ifndef ASSAY_FUZZER_H
#define ASSAY_FUZZER_H

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's own main function, as clang's runtime has it for programs that bring a main of their own.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*run)(const uint8_t *data, size_t size));

#endif
