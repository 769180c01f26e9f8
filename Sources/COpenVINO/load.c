#include "COpenVINO.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define LIBRARY "libopenvino_c.so.2641"

#define STATUS(name, parameters, arguments) static ov_status_e(*pointer_##name) parameters;
#define VOID(name, parameters, arguments) static void(*pointer_##name) parameters;
#define TEXT(name, parameters, arguments) static const char *(*pointer_##name)parameters;
#include "functions.h"
#undef STATUS
#undef VOID
#undef TEXT

#define STATUS(name, parameters, arguments) \
    ov_status_e name parameters { return pointer_##name ? pointer_##name arguments : ASSAY_OPENVINO_NOT_LOADED; }
#define VOID(name, parameters, arguments) \
    void name parameters { if (pointer_##name) pointer_##name arguments; }
#define TEXT(name, parameters, arguments) \
    const char *name parameters { return pointer_##name ? pointer_##name arguments : NULL; }
#include "functions.h"
#undef STATUS
#undef VOID
#undef TEXT

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static int is_loaded;
static char opened[PATH_MAX];

static int resolve(void *library, const char **missing) {
#define FIND(name) \
    if (!(*(void **)&pointer_##name = dlsym(library, #name))) { *missing = #name; return 0; }
#define STATUS(name, parameters, arguments) FIND(name)
#define VOID(name, parameters, arguments) FIND(name)
#define TEXT(name, parameters, arguments) FIND(name)
#include "functions.h"
#undef STATUS
#undef VOID
#undef TEXT
    return 1;
}

static void forget(void) {
#define STATUS(name, parameters, arguments) pointer_##name = NULL;
#define VOID(name, parameters, arguments) pointer_##name = NULL;
#define TEXT(name, parameters, arguments) pointer_##name = NULL;
#include "functions.h"
#undef STATUS
#undef VOID
#undef TEXT
}

/* Opens one candidate; a file that is there and cannot be opened leaves its reason in `problem`. */
static int try_path(const char *path, char *problem, size_t size) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        snprintf(problem, size, "%s", dlerror());
        return 0;
    }
    const char *missing = NULL;
    if (!resolve(library, &missing)) {
        snprintf(problem, size, "%s lacks %s: not OpenVINO " ASSAY_OPENVINO_VERSION, path, missing);
        forget();
        dlclose(library);
        return 0;
    }
    snprintf(opened, sizeof opened, "%s", path);
    return 1;
}

static int try_folder(const char *folder, const char *below, char *problem, size_t size) {
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s%s/" LIBRARY, folder, below);
    if (length < 0 || (size_t)length >= sizeof path) {
        snprintf(problem, size, "the path of the library's folder is too long");
        return 0;
    }
    return try_path(path, problem, size);
}

static int find(char *problem, size_t size) {
    /* A folder that someone named is the only one to count. */
    const char *named = getenv("ASSAY_OPENVINO_DIR");
    if (named && *named) return try_folder(named, "", problem, size);

    const char *cache = getenv("ASSAY_CACHE");
    const char *shared = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    const char *below = "/openvino-" ASSAY_OPENVINO_VERSION "/lib";
    char inner[128];
    if (cache && *cache) {
        if (try_folder(cache, below, problem, size)) return 1;
    } else if (shared && *shared == '/') {
        snprintf(inner, sizeof inner, "/assay%s", below);
        if (try_folder(shared, inner, problem, size)) return 1;
    } else if (home && *home == '/') {
        snprintf(inner, sizeof inner, "/.cache/assay%s", below);
        if (try_folder(home, inner, problem, size)) return 1;
    }
    if (try_folder("/usr/lib/assay", "", problem, size)) return 1;
    return try_path(LIBRARY, problem, size);
}

int assay_openvino_load(char *problem, size_t size) {
    pthread_mutex_lock(&guard);
    if (!is_loaded) is_loaded = find(problem, size);
    int result = is_loaded ? 0 : -1;
    pthread_mutex_unlock(&guard);
    return result;
}

const char *assay_openvino_path(void) { return opened; }
