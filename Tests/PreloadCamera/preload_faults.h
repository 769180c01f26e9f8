// Faults of the preloaded camera that have to do with its coming and going; part of preload_camera.c.
//
// PRELOAD_CAMERA_ABSENT  milliseconds from the start of the process until the camera is there     0
// PRELOAD_CAMERA_SETTLE  milliseconds after it came during which opening it says EACCES           0
//
// In PRELOAD_CAMERA_FAULTS, beside the others:
//   renumber@n:ms     like unplug, and it comes back under the number after the next
//   source@n:k        from frame n on it has mode k (from 0) only, and tells so by an event
//   resize@n:k        from frame n on it gives mode k without a word, until it is asked for another
//   hang_CALL@n:ms    call n does not come back for so long (0: for ever); CALL is open, close, querycap, s_fmt,
//                     reqbufs, qbuf, dqbuf, streamon or streamoff
static int64_t settle_time;
static int is_source_watched, is_source_pending;

struct call { const char *name; unsigned long request; long count; };
static struct call calls[] = {
    {"open", 0, 0}, {"close", 0, 0}, {"querycap", VIDIOC_QUERYCAP, 0}, {"s_fmt", VIDIOC_S_FMT, 0},
    {"reqbufs", VIDIOC_REQBUFS, 0}, {"qbuf", VIDIOC_QBUF, 0}, {"dqbuf", VIDIOC_DQBUF, 0},
    {"streamon", VIDIOC_STREAMON, 0}, {"streamoff", VIDIOC_STREAMOFF, 0}};

static const struct fault *fault_at(const char *name, long number);

// To be called with the lock held, which others can have while this call hangs.
static void hang(const char *name, unsigned long request)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (name ? strcmp(calls[i].name, name) : calls[i].request != request || !request)
            continue;
        char fault_name[32];
        snprintf(fault_name, sizeof fault_name, "hang_%s", calls[i].name);
        const struct fault *fault = fault_at(fault_name, ++calls[i].count);
        if (!fault)
            return;
        int64_t length = fault->value ? fault->value : 1000000;
        pthread_mutex_unlock(&lock);
        struct timespec time = {length / 1000, length % 1000 * 1000000};
        nanosleep(&time, NULL);
        pthread_mutex_lock(&lock);
        return;
    }
}

// `/dev/video0` becomes `/dev/video2`.
static const char *renumbered(const char *path)
{
    size_t length = strlen(path), digits = 0;
    while (digits < length && path[length - digits - 1] >= '0' && path[length - digits - 1] <= '9')
        digits++;
    char *other = malloc(length + 16);
    if (!other || !digits)
        return path;
    snprintf(other, length + 16, "%.*s%ld", (int)(length - digits), path, atol(path + length - digits) + 2);
    return other;
}

static void change_source(const struct fault *fault, int is_told)
{
    if (fault->value < 0 || fault->value >= mode_count)
        return;
    current = modes[fault->value];
    if (!is_told)
        return;
    modes[0] = current;
    mode_count = 1;
    is_source_pending = is_source_watched;
}

static int has_source_event(void) { return is_source_pending; }

// Whether the request is about changes of the source; its outcome is in `result`.
static int answer_source(unsigned long request, void *argument, int *result)
{
    if (request == VIDIOC_SUBSCRIBE_EVENT) {
        struct v4l2_event_subscription *subscription = argument;
        if (subscription->type != V4L2_EVENT_SOURCE_CHANGE || !is_eventful)
            return 0;
        is_source_watched = 1;
        *result = 0;
        return 1;
    }
    if (request != VIDIOC_DQEVENT || !is_source_pending)
        return 0;
    struct v4l2_event *event = argument;
    memset(event, 0, sizeof *event);
    event->type = V4L2_EVENT_SOURCE_CHANGE;
    event->u.src_change.changes = V4L2_EVENT_SRC_CH_RESOLUTION;
    is_source_pending = 0;
    *result = 0;
    return 1;
}
