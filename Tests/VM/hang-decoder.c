// LD_PRELOAD this library, and the JPEG decoder hangs for as long as /run/hang exists.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>

int tjDecompressHeader3(void *handle, const unsigned char *bytes, unsigned long count, int *width, int *height,
                        int *subsampling, int *colours) {
    static int (*decode)(void *, const unsigned char *, unsigned long, int *, int *, int *, int *);
    while (access("/run/hang", F_OK) == 0) usleep(50000);
    if (!decode) *(void **)&decode = dlsym(RTLD_NEXT, "tjDecompressHeader3");
    return decode(handle, bytes, count, width, height, subsampling, colours);
}
