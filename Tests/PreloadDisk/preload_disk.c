// LD_PRELOAD this library, and the disk under one folder fails in one process as the test says.
//
// PRELOAD_DISK_FOLDER   files below it are on the disk
// PRELOAD_DISK_FAULT    a file that says what is wrong now: "hang" (calls do not come back as long as it says so),
//                       "error" (EIO), "read-only" (EROFS); nothing while it is missing or empty
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_on_disk(int file) {
    const char *folder = getenv("PRELOAD_DISK_FOLDER");
    char link[64], path[4096];
    if (!folder) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    return length > 0 && strncmp(path, folder, strlen(folder)) == 0;
}

static char fault(void) {
    const char *path = getenv("PRELOAD_DISK_FAULT");
    char word = 0;
    int file = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return 0;
    if (syscall(SYS_read, file, &word, 1) != 1) word = 0;
    syscall(SYS_close, file);
    return word;
}

// The error that a call is to fail with, after it has hung; 0 for none.
static int failure(int file, int writes) {
    if (!is_on_disk(file)) return 0;
    while (fault() == 'h') usleep(20000);
    switch (fault()) {
    case 'e': return EIO;
    case 'r': return writes ? EROFS : 0;
    default: return 0;
    }
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL_OR(writes, call)                                                                                          \
    int problem = failure(file, writes);                                                                               \
    if (problem) {                                                                                                     \
        errno = problem;                                                                                               \
        return -1;                                                                                                     \
    }                                                                                                                  \
    return call

int fsync(int file) { FAIL_OR(1, REAL(fsync)(file)); }
int fdatasync(int file) { FAIL_OR(1, REAL(fdatasync)(file)); }
int ftruncate(int file, off_t size) { FAIL_OR(1, REAL(ftruncate)(file, size)); }
int ftruncate64(int file, off64_t size) { FAIL_OR(1, REAL(ftruncate64)(file, size)); }
ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) { FAIL_OR(1, REAL(pwrite)(file, bytes, count, at)); }
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    FAIL_OR(1, REAL(pwrite64)(file, bytes, count, at));
}
ssize_t pread(int file, void *bytes, size_t count, off_t at) { FAIL_OR(0, REAL(pread)(file, bytes, count, at)); }
ssize_t pread64(int file, void *bytes, size_t count, off64_t at) {
    FAIL_OR(0, REAL(pread64)(file, bytes, count, at));
}

int statvfs(const char *path, struct statvfs *facts) {
    const char *folder = getenv("PRELOAD_DISK_FOLDER");
    int result = REAL(statvfs)(path, facts);
    if (result == 0 && folder && strncmp(path, folder, strlen(folder)) == 0 && fault() == 'r')
        facts->f_flag |= ST_RDONLY;
    return result;
}
