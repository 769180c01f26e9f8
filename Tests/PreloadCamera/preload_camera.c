// A camera for tests on machines that have none: LD_PRELOAD this library and a V4L2 device appears in one process.
//
//   cc -shared -fPIC -O2 -o preload_camera.so preload_camera.c -ldl -lpthread
//
// The device is a timer's descriptor, so poll, select and epoll work; its buffers lie in a memfd. Nothing runs in the
// background: each call first makes up for the frame periods that have passed, filling queued buffers or losing frames
// as a driver would. As in the kernel, a mapping keeps the device in use after its descriptor is closed.
//
// PRELOAD_CAMERA_DEVICE    path of the camera                          /dev/video0
// PRELOAD_CAMERA_METADATA  path of a metadata node of the same camera  none
// PRELOAD_CAMERA_MODES     format:width:height:rate[,…], the first is the default; formats by their four letters
//                                                                      YUYV:640:480:30
// PRELOAD_CAMERA_FRAMES    file whose bytes fill the frames, one after the other; else a pattern: the sequence number
//                          in the first four bytes (MJPG: in a comment after FF D8), its low byte in all others
// PRELOAD_CAMERA_STILL     any text: each buffer is filled once and then handed out as it is, which costs nothing
// PRELOAD_CAMERA_PADDING   bytes added to each row                     0
// PRELOAD_CAMERA_FIRST     first sequence number of each stream        0
// PRELOAD_CAMERA_STAMPS    `eof`: frames are stamped at their end, `soe`: at the beginning of the exposure, a period before
//                                                                      eof
// PRELOAD_CAMERA_REPORT    file for the counts at exit, one `name value` a line
// PRELOAD_CAMERA_MEASURE   from:to:file; the processor time of the process (getrusage, in microseconds) between these
//                          two delivered frames, and the frames lost between them, go to the file, and the process gets
//                          SIGTERM                                     none
// PRELOAD_CAMERA_FAULTS    name@at[:value][,…], at counts from 1 over the whole process; frames are counted
//                          when they are captured
//   error@n      frame n has the error flag         short@n[:bytes]  frame n has few bytes (0)
//   long@n:k     k frames from n on say they have more bytes than their buffer
//   garble@n:k   bytes of k frames from n on are overwritten in their middle
//   freeze@n:k   k frames from n on show what n shows
//   black@n:k    k frames from n on are all zeros but for their first byte, which counts (not for MJPG)
//   stamp@n:ms   from n on stamps are that much later (earlier if negative), to the end
//   clock@n:k    k frames from n on are stamped by an unknown clock
//   repeat@n:k   k frames from n on have the number of the one before n
//   gap@n:k      k numbers are left out before n    eio@n            DQBUF fails with EIO from n on, until reopened
//   unplug@n:ms  instead of n the device is gone    silence@n:ms     instead of n nothing comes
//   busy@n:k     opens n to n+k-1: S_FMT says EBUSY denied@n:k       opens n to n+k-1: EACCES
//   enospc@n:k   STREAMONs n to n+k-1: ENOSPC       qbuf@n           QBUF n fails once with EINVAL
//
// Controls: see preload_controls.h. Formats, planes, crop: see preload_formats.h.
// Coming, going and hanging: see preload_faults.h. Identity: see preload_udev.h.
//
// Several copies, each compiled with a PRELOAD_PREFIX of its own, make several cameras in one process.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#ifndef PRELOAD_PREFIX
#define PRELOAD_PREFIX "PRELOAD_CAMERA_"
#endif
#define EXPORT __attribute__((visibility("default")))
enum { MOST_MODES = 32, MOST_FAULTS = 64, MOST_HANDLES = 64, MOST_BUFFERS = 32, MOST_MAPPINGS = 1024 };

struct mode { uint32_t fourcc, width, height, rate; };
struct fault { char name[32]; long at, value; };
struct handle { int fd; int is_metadata, is_gone, is_busy; };
struct mapping { void *base; size_t length; };
struct filled { int index; uint32_t bytes, sequence, flags; int64_t at; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// settings
static const char *device_path, *metadata_path, *report_path;
static struct mode modes[MOST_MODES];
static int mode_count;
static struct fault faults[MOST_FAULTS];
static int fault_count;
static uint32_t padding, first_sequence;
static int is_stamped_at_start;
static uint8_t *source;
static size_t source_size;

// the device
static struct handle handles[MOST_HANDLES];
static struct mapping mappings[MOST_MAPPINGS];
static struct mode current;
static int64_t period, next_frame_at, gone_until, silent_until;
// When the owner's timer runs out or has run out, 0 for never; -1: nobody knows.
static int64_t armed = -1;
static int owner = -1, is_owner_closed, memory = -1, is_streaming, is_failed;
static uint32_t sequence, buffer_size, painted[MOST_BUFFERS];
static int is_still;
static uint8_t *base;
static int64_t frozen_number = -1;
static uint32_t repeated_number;
static int buffer_count, queued[MOST_BUFFERS], queued_count, is_with_driver[MOST_BUFFERS], filled_count;
static struct filled filled[MOST_BUFFERS];

// counts
static long frame_number, open_count, open_number, close_count, map_count, unmap_count, streamon_number, qbuf_number;
static long bad_qbuf_count, look_count, lost_count, delivered_count, held_count, most_held, reqbufs_count;

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static int (*real_ioctl)(int, unsigned long, ...);
static void *(*real_mmap)(void *, size_t, int, int, int, off_t);
static int (*real_munmap)(void *, size_t);
static int (*real_poll)(struct pollfd *, nfds_t, int);

static void find_real(void)
{
    if (real_poll)
        return;
    real_open = dlsym(RTLD_NEXT, "open");
    real_openat = dlsym(RTLD_NEXT, "openat");
    real_close = dlsym(RTLD_NEXT, "close");
    real_ioctl = dlsym(RTLD_NEXT, "ioctl");
    real_mmap = dlsym(RTLD_NEXT, "mmap");
    real_munmap = dlsym(RTLD_NEXT, "munmap");
    real_poll = dlsym(RTLD_NEXT, "poll");
}

static void complain(const char *what, const char *text)
{
    fprintf(stderr, "preload_camera: %s: %s\n", what, text);
    _exit(97);
}

static int fail(int code)
{
    errno = code;
    return -1;
}

static const char *setting(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value && *value ? value : otherwise;
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

#include "preload_controls.h"
#include "preload_formats.h"
#include "preload_faults.h"
#include "preload_udev.h"

static void read_modes(const char *text)
{
    while (*text && mode_count < MOST_MODES) {
        char letters[8];
        unsigned width, height, rate;
        int used = 0;
        if (sscanf(text, "%7[^:]:%u:%u:%u%n", letters, &width, &height, &rate, &used) != 4 || !used || !rate)
            complain(PRELOAD_PREFIX "MODES", text);
        // The variant with the high byte first, as the kernel writes it: Y16 -BE, here without the space.
        int is_big_endian = strlen(letters) > 3 && !strcmp(letters + strlen(letters) - 3, "-BE");
        if (is_big_endian)
            letters[strlen(letters) - 3] = 0;
        for (int i = (int)strlen(letters); i < 4; i++)
            letters[i] = ' ';
        uint32_t fourcc = v4l2_fourcc(letters[0], letters[1], letters[2], letters[3]);
        modes[mode_count++] = (struct mode){is_big_endian ? fourcc | 1u << 31 : fourcc, width, height, rate};
        text += used;
        if (*text == ',')
            text++;
    }
}

static void read_faults(const char *text)
{
    while (*text && fault_count < MOST_FAULTS) {
        struct fault *fault = &faults[fault_count++];
        int used = 0;
        if (sscanf(text, "%31[^@]@%ld%n", fault->name, &fault->at, &used) != 2 || !used)
            complain(PRELOAD_PREFIX "FAULTS", text);
        text += used;
        if (*text == ':') {
            if (sscanf(text, ":%ld%n", &fault->value, &used) != 1)
                complain(PRELOAD_PREFIX "FAULTS", text);
            text += used;
        }
        if (*text == ',')
            text++;
    }
}

static void read_source(const char *path)
{
    int file = real_open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (file < 0 || fstat(file, &status) || status.st_size == 0)
        complain(PRELOAD_PREFIX "FRAMES", path);
    source_size = (size_t)status.st_size;
    source = malloc(source_size);
    size_t count = 0;
    while (source && count < source_size) {
        ssize_t got = read(file, source + count, source_size - count);
        if (got <= 0)
            complain(PRELOAD_PREFIX "FRAMES", path);
        count += (size_t)got;
    }
    real_close(file);
}

static long measure_from, measure_to, measured_lost;
static int64_t measured_time;
static const char *measure_path;

static void read_measure(const char *text)
{
    int used = 0;
    if (!*text)
        return;
    if (sscanf(text, "%ld:%ld:%n", &measure_from, &measure_to, &used) != 2 || !used)
        complain(PRELOAD_PREFIX "MEASURE", text);
    measure_path = text + used;
}

static void measure(long frame)
{
    if (!measure_path || (frame != measure_from && frame != measure_to))
        return;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    int64_t time = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL + usage.ru_utime.tv_usec +
                   usage.ru_stime.tv_usec;
    if (frame == measure_from) {
        measured_time = time;
        measured_lost = lost_count;
        return;
    }
    FILE *file = fopen(measure_path, "w");
    if (file) {
        fprintf(file, "%lld %ld\n", (long long)(time - measured_time), lost_count - measured_lost);
        fclose(file);
    }
    kill(getpid(), SIGTERM);
}

__attribute__((constructor)) static void begin(void)
{
    find_real();
    device_path = setting(PRELOAD_PREFIX "DEVICE", "/dev/video0");
    metadata_path = setting(PRELOAD_PREFIX "METADATA", "");
    report_path = setting(PRELOAD_PREFIX "REPORT", NULL);
    padding = (uint32_t)strtoul(setting(PRELOAD_PREFIX "PADDING", "0"), NULL, 10);
    first_sequence = (uint32_t)strtoul(setting(PRELOAD_PREFIX "FIRST", "0"), NULL, 10);
    is_stamped_at_start = !strcmp(setting(PRELOAD_PREFIX "STAMPS", "eof"), "soe");
    read_modes(setting(PRELOAD_PREFIX "MODES", "YUYV:640:480:30"));
    read_faults(setting(PRELOAD_PREFIX "FAULTS", ""));
    read_format_settings();
    read_measure(setting(PRELOAD_PREFIX "MEASURE", ""));
    is_still = *setting(PRELOAD_PREFIX "STILL", "") != 0;
    const char *frames = getenv(PRELOAD_PREFIX "FRAMES");
    if (frames && *frames)
        read_source(frames);
    current = modes[0];
    read_identity();
    settle_time = atoll(setting(PRELOAD_PREFIX "SETTLE", "0")) * 1000000;
    int64_t absence = atoll(setting(PRELOAD_PREFIX "ABSENT", "0")) * 1000000;
    if (absence)
        gone_until = now() + absence;
    is_eventful = strcmp(setting(PRELOAD_PREFIX "EVENTS", "on"), "off") != 0;
    read_controls(setting(PRELOAD_PREFIX "CONTROLS", ""), setting(PRELOAD_PREFIX "DRIFT", ""));
}

__attribute__((destructor)) static void end(void)
{
    FILE *report = report_path ? fopen(report_path, "w") : NULL;
    if (!report)
        return;
    fprintf(report,
            "opened %ld\nclosed %ld\nmapped %ld\nunmapped %ld\nreqbufs %ld\ndelivered %ld\nlost %ld\n"
            "held %ld\nmost_held %ld\nbad_qbuf %ld\nlooks %ld\n",
            open_count, close_count, map_count, unmap_count, reqbufs_count, delivered_count, lost_count, held_count,
            most_held, bad_qbuf_count, look_count);
    report_controls(report);
    fclose(report);
}

// A fault for exactly this number.
static const struct fault *fault_at(const char *name, long number)
{
    for (int i = 0; i < fault_count; i++)
        if (!strcmp(faults[i].name, name) && faults[i].at == number)
            return &faults[i];
    return NULL;
}

// A fault whose span of numbers holds this one.
static int is_within(const char *name, long number)
{
    for (int i = 0; i < fault_count; i++) {
        long span = faults[i].value > 0 ? faults[i].value : 1;
        if (!strcmp(faults[i].name, name) && number >= faults[i].at && number < faults[i].at + span)
            return 1;
    }
    return 0;
}

static struct handle *handle_of(int fd)
{
    for (int i = 0; fd >= 0 && i < MOST_HANDLES; i++)
        if (handles[i].fd == fd + 1)
            return &handles[i];
    return NULL;
}

static uint32_t frame_bytes(const struct mode *mode)
{
    uint32_t sum = 0;
    for (int piece = 0; piece < piece_count(mode->fourcc); piece++)
        sum += piece_bytes(mode->fourcc, mode->width, mode->height, padding, piece);
    return sum;
}

// Where a piece of a buffer begins in it: each on a page of its own.
static uint32_t piece_start(int piece)
{
    uint32_t start = 0;
    for (int i = 0; i < piece; i++)
        start += (piece_bytes(current.fourcc, current.width, current.height, padding, i) + data_offset + 4095u) & ~4095u;
    return start;
}

// Fills a buffer with a frame, or with a pattern where there is none.
static void fill(uint8_t *target, const uint8_t *frame, size_t count, uint32_t number)
{
    for (int piece = 0; piece < piece_count(current.fourcc); piece++) {
        uint8_t *start = target + piece_start(piece) + (is_multi_planar ? data_offset : 0);
        size_t size = piece_bytes(current.fourcc, current.width, current.height, padding, piece);
        size_t part = count < size ? count : size;
        if (frame) {
            memcpy(start, frame, part);
            frame += part;
            count -= part;
        } else {
            memset(start, (uint8_t)number, size);
            memcpy(start, &number, 4);
        }
    }
}

static uint32_t paint(uint8_t *target, uint32_t number)
{
    uint32_t size = frame_bytes(&current);
    if (is_still && painted[(target - base) / buffer_size])
        return painted[(target - base) / buffer_size];
    if (source && current.fourcc == V4L2_PIX_FMT_MJPEG) {
        size = source_size < size ? (uint32_t)source_size : size;
        fill(target, source, size, number);
    } else if (source) {
        size_t frame_count = source_size / size ? source_size / size : 1;
        size_t count = source_size < size ? source_size : size;
        fill(target, source + (number % frame_count) * size, count, number);
    } else if (current.fourcc == V4L2_PIX_FMT_MJPEG) {
        uint8_t empty[] = {0xff, 0xd8, 0xff, 0xfe, 0, 6, 0, 0, 0, 0, 0xff, 0xd9};
        memcpy(empty + 6, &number, 4);
        fill(target, empty, sizeof empty, number);
        size = sizeof empty;
    } else {
        fill(target, NULL, 0, number);
    }
    return painted[(target - base) / buffer_size] = size;
}

static void unplug(int64_t at, long milliseconds)
{
    gone_until = at + milliseconds * 1000000;
    reset_controls();
    is_streaming = 0;
    set_watches();
    for (int i = 0; i < MOST_HANDLES; i++)
        if (handles[i].fd && !handles[i].is_metadata)
            handles[i].is_gone = 1;
}

static void capture(int64_t at)
{
    frame_number++;
    drift_controls(frame_number);
    const struct fault *fault;
    if ((fault = fault_at("unplug", frame_number))) {
        unplug(at, fault->value);
        return;
    }
    if ((fault = fault_at("renumber", frame_number))) {
        unplug(at, fault->value);
        device_path = renumbered(device_path);
        if (*metadata_path)
            metadata_path = renumbered(metadata_path);
        return;
    }
    if ((fault = fault_at("source", frame_number)))
        change_source(fault, 1);
    if ((fault = fault_at("resize", frame_number)))
        change_source(fault, 0);
    if ((fault = fault_at("silence", frame_number))) {
        silent_until = at + fault->value * 1000000;
        return;
    }
    if (fault_at("eio", frame_number))
        is_failed = 1;
    if (at < silent_until || is_failed)
        return;
    if ((fault = fault_at("gap", frame_number)))
        sequence += (uint32_t)fault->value;
    uint32_t number = sequence++;
    if (!queued_count) {
        lost_count++;
        return;
    }
    int index = queued[0];
    memmove(queued, queued + 1, (size_t)--queued_count * sizeof *queued);
    struct filled *done = &filled[filled_count++];
    *done = (struct filled){.index = index, .sequence = number, .at = at};
    uint8_t *target = base + (size_t)index * buffer_size;
    if (is_within("freeze", frame_number)) {
        if (frozen_number < 0)
            frozen_number = (int64_t)number;
    } else {
        frozen_number = -1;
    }
    uint32_t shown = frozen_number >= 0 ? (uint32_t)frozen_number : number;
    done->bytes = frame_bytes(&current) <= buffer_size ? paint(target, shown) : 0;
    if (is_within("black", frame_number)) {
        memset(target, 0, done->bytes);
        target[0] = (uint8_t)number;
    }
    if (is_within("garble", frame_number))
        memset(target + done->bytes / 2, 0x5a, done->bytes / 4);
    if (is_within("long", frame_number))
        done->bytes = buffer_size + 1;
    if (is_within("repeat", frame_number))
        done->sequence = repeated_number;
    else
        repeated_number = done->sequence;
    done->flags = is_within("clock", frame_number) ? V4L2_BUF_FLAG_TIMESTAMP_UNKNOWN : V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
    for (int i = 0; i < fault_count; i++)
        if (!strcmp(faults[i].name, "stamp") && frame_number >= faults[i].at)
            done->at = at + (int64_t)faults[i].value * 1000000;
    if (fault_at("error", frame_number))
        done->flags |= V4L2_BUF_FLAG_ERROR;
    if ((fault = fault_at("short", frame_number)))
        done->bytes = (uint32_t)fault->value;
}

// Makes up for the time that passed, then sets the timer to when the device has something to say.
static void advance(void)
{
    int64_t time = now();
    // A stream nobody looks at for long is not played back frame by frame.
    if (is_streaming && time - next_frame_at > 1000 * period)
        next_frame_at = time;
    while (is_streaming && next_frame_at <= time) {
        capture(next_frame_at);
        next_frame_at += period;
    }
    struct handle *handle = handle_of(owner);
    if (!handle)
        return;
    int64_t wake = 0;
    if (handle->is_gone || is_failed || filled_count || has_control_event() || has_source_event())
        wake = 1;
    else if (is_streaming)
        wake = next_frame_at;
    // A timer that has run out and was not read stays readable; setting it costs more than all the rest.
    if (wake == armed || (wake == 1 && armed > 0 && armed <= time))
        return;
    // Streaming frames are announced one by one: a wake-up without a filled buffer would be a lie, and the callers
    // of DQBUF get EAGAIN for it, which they must bear.
    struct itimerspec timer = {.it_value = {wake / 1000000000, wake % 1000000000}};
    timerfd_settime(owner, TFD_TIMER_ABSTIME, &timer, NULL);
    armed = wake;
}

static int is_in_use(void)
{
    if (owner >= 0 && !is_owner_closed)
        return 1;
    for (int i = 0; i < MOST_MAPPINGS; i++)
        if (mappings[i].base)
            return 1;
    return 0;
}

static void free_buffers(void)
{
    if (base)
        real_munmap(base, (size_t)buffer_count * buffer_size);
    if (memory >= 0)
        real_close(memory);
    base = NULL;
    memory = -1;
    buffer_count = queued_count = filled_count = 0;
    memset(is_with_driver, 0, sizeof is_with_driver);
}

static void stop_stream(void)
{
    is_streaming = is_failed = 0;
    queued_count = filled_count = 0;
    // What the user still holds is not on loan any more: a stopped stream has no queue.
    memset(is_with_driver, 0, sizeof is_with_driver);
}

static int open_device(const char *path, int flags)
{
    int is_metadata = !strcmp(path, metadata_path);
    int64_t time = now();
    if (!is_metadata) {
        open_number++;
        if (time < gone_until)
            return fail(ENOENT);
        if (gone_until && time < gone_until + settle_time)
            return fail(EACCES);
        if (is_within("denied", open_number))
            return fail(EACCES);
    }
    for (int i = 0; i < MOST_HANDLES; i++) {
        if (handles[i].fd)
            continue;
        int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | (flags & O_CLOEXEC ? TFD_CLOEXEC : 0));
        if (fd < 0)
            return -1;
        handles[i] = (struct handle){.fd = fd + 1, .is_metadata = is_metadata,
                                     .is_busy = !is_metadata && is_within("busy", open_number)};
        open_count++;
        return fd;
    }
    return fail(EMFILE);
}

static int is_ours(const char *path)
{
    return path && device_path && (!strcmp(path, device_path) || (*metadata_path && !strcmp(path, metadata_path)));
}

static void copy_text(void *target, const char *text, size_t size)
{
    memset(target, 0, size);
    memcpy(target, text, strlen(text) < size ? strlen(text) : size - 1);
}

static uint32_t capture_ability(void)
{
    return is_multi_planar ? V4L2_CAP_VIDEO_CAPTURE_MPLANE : V4L2_CAP_VIDEO_CAPTURE;
}

static int describe(const struct handle *handle, struct v4l2_capability *answer)
{
    memset(answer, 0, sizeof *answer);
    copy_text(answer->driver, "preload", sizeof answer->driver);
    copy_text(answer->card, model_text, sizeof answer->card);
    copy_text(answer->bus_info, "preload:0", sizeof answer->bus_info);
    answer->version = 0x60100;
    answer->device_caps = V4L2_CAP_STREAMING | (handle->is_metadata ? V4L2_CAP_META_CAPTURE : capture_ability());
    answer->capabilities =
        V4L2_CAP_STREAMING | capture_ability() | V4L2_CAP_META_CAPTURE | V4L2_CAP_DEVICE_CAPS;
    return 0;
}

static int list_format(struct v4l2_fmtdesc *entry)
{
    uint32_t seen[MOST_MODES], count = 0;
    for (int i = 0; i < mode_count; i++) {
        uint32_t j = 0;
        while (j < count && seen[j] != modes[i].fourcc)
            j++;
        if (j == count)
            seen[count++] = modes[i].fourcc;
    }
    if (entry->type != buffer_type() || entry->index >= count)
        return fail(EINVAL);
    entry->pixelformat = seen[entry->index];
    entry->flags = entry->pixelformat == V4L2_PIX_FMT_MJPEG ? V4L2_FMT_FLAG_COMPRESSED : 0;
    copy_text(entry->description, "listed", sizeof entry->description);
    return 0;
}

static int list_size(struct v4l2_frmsizeenum *entry)
{
    uint32_t count = 0;
    for (int i = 0; i < mode_count; i++) {
        int is_repeated = 0;
        for (int j = 0; j < i; j++)
            is_repeated |= modes[j].fourcc == modes[i].fourcc && modes[j].width == modes[i].width &&
                           modes[j].height == modes[i].height;
        if (modes[i].fourcc != entry->pixel_format || is_repeated || count++ != entry->index)
            continue;
        entry->type = V4L2_FRMSIZE_TYPE_DISCRETE;
        entry->discrete = (struct v4l2_frmsize_discrete){modes[i].width, modes[i].height};
        return 0;
    }
    return fail(EINVAL);
}

static int list_interval(struct v4l2_frmivalenum *entry)
{
    uint32_t count = 0;
    for (int i = 0; i < mode_count; i++) {
        if (modes[i].fourcc != entry->pixel_format || modes[i].width != entry->width ||
            modes[i].height != entry->height || count++ != entry->index)
            continue;
        entry->type = V4L2_FRMIVAL_TYPE_DISCRETE;
        entry->discrete = (struct v4l2_fract){1, modes[i].rate};
        return 0;
    }
    return fail(EINVAL);
}

static void show_format(struct v4l2_format *format, const struct mode *mode)
{
    uint32_t type = format->type;
    memset(format, 0, sizeof *format);
    format->type = type;
    if (is_multi_planar) {
        struct v4l2_pix_format_mplane *pixels = &format->fmt.pix_mp;
        *pixels = (struct v4l2_pix_format_mplane){
            .width = mode->width, .height = mode->height, .pixelformat = mode->fourcc, .field = V4L2_FIELD_NONE,
            .colorspace = colour_space, .ycbcr_enc = (uint8_t)colour_encoding, .quantization = (uint8_t)quantization,
            .num_planes = (uint8_t)piece_count(mode->fourcc)};
        for (int piece = 0; piece < pixels->num_planes; piece++) {
            pixels->plane_fmt[piece].bytesperline = plane_row(mode->fourcc, mode->width, padding, piece);
            pixels->plane_fmt[piece].sizeimage =
                piece_bytes(mode->fourcc, mode->width, mode->height, padding, piece);
        }
        return;
    }
    format->fmt.pix = (struct v4l2_pix_format){
        .width = mode->width, .height = mode->height, .pixelformat = mode->fourcc, .field = V4L2_FIELD_NONE,
        .bytesperline = plane_row(mode->fourcc, mode->width, padding, 0), .sizeimage = frame_bytes(mode),
        .colorspace = colour_space, .ycbcr_enc = colour_encoding, .quantization = quantization};
}

// As drivers do: never refuses, answers with the nearest it has, and falls back to the mode's own rate.
static int set_format(struct v4l2_format *format, int is_trial)
{
    if (format->type != buffer_type())
        return fail(EINVAL);
    // Both kinds of format begin with width, height and the four letters.
    const struct mode *nearest = &modes[0];
    int64_t least = INT64_MAX;
    for (int i = 0; i < mode_count; i++) {
        int64_t distance = llabs((int64_t)modes[i].width - format->fmt.pix.width) +
                           llabs((int64_t)modes[i].height - format->fmt.pix.height);
        if (modes[i].fourcc != format->fmt.pix.pixelformat)
            distance += 1 << 20;
        if (distance < least) {
            least = distance;
            nearest = &modes[i];
        }
    }
    if (!is_trial)
        current = *nearest;
    show_format(format, nearest);
    return 0;
}

static int set_rate(struct v4l2_streamparm *parameters, int is_set)
{
    if (parameters->type != buffer_type())
        return fail(EINVAL);
    struct v4l2_captureparm *capture = &parameters->parm.capture;
    if (is_set && capture->timeperframe.numerator) {
        double wanted = (double)capture->timeperframe.denominator / capture->timeperframe.numerator, least = 1e9;
        for (int i = 0; i < mode_count; i++) {
            double distance = modes[i].rate > wanted ? modes[i].rate - wanted : wanted - modes[i].rate;
            if (modes[i].fourcc != current.fourcc || modes[i].width != current.width ||
                modes[i].height != current.height || distance >= least)
                continue;
            least = distance;
            current.rate = modes[i].rate;
        }
    }
    memset(capture, 0, sizeof *capture);
    capture->capability = V4L2_CAP_TIMEPERFRAME;
    capture->timeperframe = (struct v4l2_fract){1, current.rate};
    return 0;
}

static int request_buffers(int fd, struct v4l2_requestbuffers *request)
{
    if (request->type != buffer_type() || request->memory != V4L2_MEMORY_MMAP)
        return fail(EINVAL);
    stop_stream();
    free_buffers();
    reqbufs_count++;
    if (request->count == 0) {
        owner = -1;
        return 0;
    }
    request->count = request->count > MOST_BUFFERS ? MOST_BUFFERS : request->count < 2 ? 2 : request->count;
    buffer_size = piece_start(piece_count(current.fourcc));
    memset(painted, 0, sizeof painted);
    size_t size = (size_t)request->count * buffer_size;
    memory = memfd_create("preload_camera", MFD_CLOEXEC);
    if (memory < 0 || ftruncate(memory, (off_t)size))
        return fail(ENOMEM);
    base = real_mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    if (base == MAP_FAILED) {
        base = NULL;
        return fail(ENOMEM);
    }
    buffer_count = (int)request->count;
    owner = fd;
    armed = -1;
    is_owner_closed = 0;
    held_count = 0;
    return 0;
}

// Size and place of a buffer, and how much of it is filled.
static void show_buffer(struct v4l2_buffer *buffer, int index, uint32_t bytes)
{
    uint32_t offset = (uint32_t)index * buffer_size;
    if (!is_multi_planar) {
        buffer->bytesused = bytes;
        buffer->length = buffer_size;
        buffer->m.offset = offset;
        return;
    }
    buffer->length = (uint32_t)piece_count(current.fourcc);
    for (int piece = 0; piece < (int)buffer->length; piece++) {
        uint32_t size = piece_bytes(current.fourcc, current.width, current.height, padding, piece);
        uint32_t part = bytes < size ? bytes : size;
        bytes -= part;
        buffer->m.planes[piece] = (struct v4l2_plane){
            .bytesused = part ? part + data_offset : 0, .data_offset = data_offset,
            .length = piece_start(piece + 1) - piece_start(piece), .m.mem_offset = offset + piece_start(piece)};
    }
}

static int queue_buffer(struct v4l2_buffer *buffer)
{
    qbuf_number++;
    if (fault_at("qbuf", qbuf_number))
        return fail(EINVAL);
    if ((int)buffer->index >= buffer_count || is_with_driver[buffer->index]) {
        bad_qbuf_count++;
        return fail(EINVAL);
    }
    advance();
    is_with_driver[buffer->index] = 1;
    queued[queued_count++] = (int)buffer->index;
    if (is_streaming)
        held_count--;
    return 0;
}

static int dequeue_buffer(struct v4l2_buffer *buffer)
{
    look_count++;
    uint64_t expirations;
    if (armed > 0 && armed <= now() && read(owner, &expirations, sizeof expirations) == sizeof expirations)
        armed = -1;
    advance();
    struct handle *handle = handle_of(owner);
    if (handle && handle->is_gone)
        return fail(ENODEV);
    if (is_failed)
        return fail(EIO);
    if (!is_streaming)
        return fail(EINVAL);
    if (!filled_count)
        return fail(EAGAIN);
    struct filled done = filled[0];
    memmove(filled, filled + 1, (size_t)--filled_count * sizeof *filled);
    is_with_driver[done.index] = 0;
    measure(++delivered_count);
    if (++held_count > most_held)
        most_held = held_count;
    buffer->index = (uint32_t)done.index;
    show_buffer(buffer, done.index, done.bytes);
    buffer->sequence = done.sequence;
    buffer->field = V4L2_FIELD_NONE;
    buffer->flags = V4L2_BUF_FLAG_MAPPED | done.flags;
    int64_t stamp = done.at;
    if (is_stamped_at_start) {
        buffer->flags |= V4L2_BUF_FLAG_TSTAMP_SRC_SOE;
        stamp -= period;
    }
    buffer->timestamp.tv_sec = stamp / 1000000000;
    buffer->timestamp.tv_usec = stamp % 1000000000 / 1000;
    advance();
    return 0;
}

static int start_stream(void)
{
    streamon_number++;
    if (is_within("enospc", streamon_number))
        return fail(ENOSPC);
    period = 1000000000 / current.rate;
    next_frame_at = now() + period;
    sequence = first_sequence;
    held_count = 0;
    is_streaming = 1;
    is_failed = 0;
    advance();
    return 0;
}

static int answer(struct handle *handle, int fd, unsigned long request, void *argument)
{
    if (request == VIDIOC_QUERYCAP && !handle->is_gone)
        return describe(handle, argument);
    if (handle->is_gone)
        return fail(ENODEV);
    if (handle->is_metadata)
        return fail(EINVAL);
    int result = 0;
    if (answer_source(request, argument, &result))
        return result;
    if (answer_control(request, argument, &result))
        return result;
    switch (request) {
    case VIDIOC_ENUM_FMT: return list_format(argument);
    case VIDIOC_ENUM_FRAMESIZES: return list_size(argument);
    case VIDIOC_ENUM_FRAMEINTERVALS: return list_interval(argument);
    case VIDIOC_ENUMINPUT: {
        struct v4l2_input *input = argument;
        if (input->index)
            return fail(EINVAL);
        *input = (struct v4l2_input){.type = V4L2_INPUT_TYPE_CAMERA};
        copy_text(input->name, "Camera", sizeof input->name);
        return 0;
    }
    case VIDIOC_G_INPUT: *(int *)argument = 0; return 0;
    case VIDIOC_S_INPUT: return *(int *)argument ? fail(EINVAL) : 0;
    case VIDIOC_TRY_FMT: return set_format(argument, 1);
    case VIDIOC_G_SELECTION: case VIDIOC_S_SELECTION:
        return select_rectangle(argument, request == VIDIOC_S_SELECTION, current.width, current.height) ? fail(EINVAL)
                                                                                                        : 0;
    case VIDIOC_G_PARM: return set_rate(argument, 0);
    case VIDIOC_G_FMT:
        if (((struct v4l2_format *)argument)->type != buffer_type())
            return fail(EINVAL);
        show_format(argument, &current);
        return 0;
    }
    int is_owner = owner == fd && !is_owner_closed;
    switch (request) {
    case VIDIOC_S_FMT:
    case VIDIOC_REQBUFS:
        if (handle->is_busy || (is_owner ? is_streaming && request == VIDIOC_S_FMT : is_in_use()))
            return fail(EBUSY);
        return request == VIDIOC_S_FMT ? set_format(argument, 0) : request_buffers(fd, argument);
    case VIDIOC_S_PARM: return !is_owner && is_in_use() ? fail(EBUSY) : set_rate(argument, 1);
    case VIDIOC_QUERYBUF: case VIDIOC_QBUF: case VIDIOC_DQBUF: case VIDIOC_STREAMON: case VIDIOC_STREAMOFF: break;
    default: return fail(ENOTTY);
    }
    if (!is_owner)
        return fail(owner < 0 ? EINVAL : EBUSY);
    struct v4l2_buffer *buffer = argument;
    switch (request) {
    case VIDIOC_QUERYBUF:
        if ((int)buffer->index >= buffer_count)
            return fail(EINVAL);
        if (is_multi_planar && (int)buffer->length < piece_count(current.fourcc))
            return fail(EINVAL);
        show_buffer(buffer, (int)buffer->index, 0);
        buffer->flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
        return 0;
    case VIDIOC_QBUF: return queue_buffer(buffer);
    case VIDIOC_DQBUF: return dequeue_buffer(buffer);
    case VIDIOC_STREAMON: return start_stream();
    default:
        stop_stream();
        return 0;
    }
}

// the C library's calls

EXPORT int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t permissions = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    find_real();
    if (!is_ours(path))
        return real_open(path, flags, permissions);
    pthread_mutex_lock(&lock);
    hang("open", 0);
    int fd = open_device(path, flags);
    pthread_mutex_unlock(&lock);
    return fd;
}

EXPORT int openat(int folder, const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t permissions = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    find_real();
    return is_ours(path) ? open(path, flags) : real_openat(folder, path, flags, permissions);
}

EXPORT int open64(const char *path, int flags, ...) __attribute__((alias("open")));
// What programs call that were built with _FORTIFY_SOURCE.
EXPORT int __open_2(const char *path, int flags) { return open(path, flags); }
EXPORT int __open64_2(const char *path, int flags) { return open(path, flags); }
EXPORT int openat64(int folder, const char *path, int flags, ...) __attribute__((alias("openat")));

// A copy of the descriptor stands for the first; it ends before it.
static int first_of[1024];

static int first(int fd)
{
    return fd >= 0 && fd < 1024 && first_of[fd] ? first_of[fd] - 1 : fd;
}

EXPORT int dup(int fd)
{
    int copy = fcntl(fd, F_DUPFD, 0);
    if (copy >= 0 && copy < 1024 && handle_of(first(fd)))
        first_of[copy] = first(fd) + 1;
    return copy;
}

EXPORT int close(int fd)
{
    find_real();
    if (first(fd) != fd) {
        first_of[fd] = 0;
        return real_close(fd);
    }
    pthread_mutex_lock(&lock);
    if (handle_of(fd))
        hang("close", 0);
    struct handle *handle = handle_of(fd);
    if (handle) {
        close_count++;
        if (owner == fd) {
            stop_stream();
            is_owner_closed = 1;
        }
        handle->fd = 0;
        if (owner == fd && !is_in_use()) {
            free_buffers();
            owner = -1;
        }
    }
    pthread_mutex_unlock(&lock);
    return real_close(fd);
}

EXPORT int ioctl(int fd, unsigned long request, ...)
{
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    find_real();
    fd = first(fd);
    // Some programs keep the request in an int, which fills the upper half with its sign; the kernel takes the lower.
    request = (uint32_t)request;
    pthread_mutex_lock(&lock);
    if (handle_of(fd))
        hang(NULL, request);
    struct handle *handle = handle_of(fd);
    int result = 0;
    if (handle) {
        advance();
        result = answer(handle, fd, request, argument);
        int code = errno;
        advance();
        errno = code;
    }
    pthread_mutex_unlock(&lock);
    return handle ? result : real_ioctl(fd, request, argument);
}

EXPORT void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
    fd = first(fd);
    find_real();
    pthread_mutex_lock(&lock);
    struct handle *handle = handle_of(fd);
    void *result;
    if (!handle) {
        pthread_mutex_unlock(&lock);
        return real_mmap(address, length, protection, flags, fd, offset);
    }
    if (handle->is_gone || owner != fd || memory < 0) {
        errno = handle->is_gone ? ENODEV : EINVAL;
        result = MAP_FAILED;
    } else {
        result = real_mmap(address, length, protection, flags, memory, offset);
        for (int i = 0; result != MAP_FAILED && i < MOST_MAPPINGS; i++) {
            if (mappings[i].base)
                continue;
            mappings[i] = (struct mapping){result, length};
            map_count++;
            break;
        }
    }
    pthread_mutex_unlock(&lock);
    return result;
}

EXPORT void *mmap64(void *address, size_t length, int protection, int flags, int fd, off_t offset)
    __attribute__((alias("mmap")));

EXPORT int munmap(void *address, size_t length)
{
    find_real();
    pthread_mutex_lock(&lock);
    for (int i = 0; address && i < MOST_MAPPINGS; i++) {
        if (mappings[i].base != address)
            continue;
        mappings[i].base = NULL;
        unmap_count++;
        if (is_owner_closed && !is_in_use()) {
            free_buffers();
            owner = -1;
            is_owner_closed = 0;
        }
        break;
    }
    pthread_mutex_unlock(&lock);
    return real_munmap(address, length);
}

EXPORT int poll(struct pollfd *requests, nfds_t count, int timeout)
{
    find_real();
    int result = real_poll(requests, count, timeout);
    pthread_mutex_lock(&lock);
    for (nfds_t i = 0; result > 0 && i < count; i++) {
        struct handle *handle = requests[i].revents ? handle_of(requests[i].fd) : NULL;
        if (!handle)
            continue;
        advance();
        if (handle->is_gone)
            requests[i].revents = POLLPRI | POLLERR | POLLHUP;
        else if (is_failed)
            requests[i].revents = POLLERR;
        else if (has_control_event() || has_source_event())
            requests[i].revents |= requests[i].events & POLLPRI;
    }
    pthread_mutex_unlock(&lock);
    return result;
}
