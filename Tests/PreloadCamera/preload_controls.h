// The controls of the preloaded camera; part of preload_camera.c.
//
// PRELOAD_CAMERA_CONTROLS  name:id:kind:least:most:step:default[:word,…][;…]                    none
//   kind: integer, boolean, button, bitmask, wide, text, menu=label|label|… (an empty label is a hole),
//         numbers=number|number|… (a menu of numbers)
//   words: ro, wo, volatile, update; deaf: setting fails with EIO; busy=n: the first n settings fail with EBUSY;
//          clamp=n: a value above n becomes n; by=id=value: while control `id` is not `value`, inactive and EACCES
// PRELOAD_CAMERA_DRIFT     id@frame:value[,…]: at that frame somebody else sets the control     none
// PRELOAD_CAMERA_EVENTS    off: changes are not told                                            on
//
// Unplugging brings all defaults back. The report has for each control its last value, how often it was set, and
// which setting of all was its first one: `control_<id>`, `sets_<id>`, `first_set_<id>`.
enum { MOST_CONTROLS = 64, MOST_ITEMS = 16, MOST_DRIFTS = 64 };

struct control {
    char name[32];
    uint32_t id, type, flags, ruler;
    long long least, most, step, standard, value, ruling, clamp;
    char items[MOST_ITEMS][32];
    int item_count, is_deaf, busy_count, is_ruled, is_clamped, is_subscribed, is_pending;
    long set_count, first_set;
};
struct drift { uint32_t id; long at; long long value; };

static struct control controls[MOST_CONTROLS];
static struct drift drifts[MOST_DRIFTS];
static int control_count, drift_count, is_eventful;
static long control_set_number;

static uint32_t control_type(struct control *control, char *kind)
{
    const struct { const char *name; uint32_t type; } types[] = {
        {"integer", V4L2_CTRL_TYPE_INTEGER}, {"boolean", V4L2_CTRL_TYPE_BOOLEAN}, {"button", V4L2_CTRL_TYPE_BUTTON},
        {"bitmask", V4L2_CTRL_TYPE_BITMASK}, {"wide", V4L2_CTRL_TYPE_INTEGER64}, {"text", V4L2_CTRL_TYPE_STRING},
        {"menu", V4L2_CTRL_TYPE_MENU}, {"numbers", V4L2_CTRL_TYPE_INTEGER_MENU}};
    char *items = strchr(kind, '=');
    if (items)
        *items++ = 0;
    while (items && control->item_count < MOST_ITEMS) {
        char *end = strchrnul(items, '|');
        snprintf(control->items[control->item_count++], 32, "%.*s", (int)(end - items), items);
        items = *end ? end + 1 : NULL;
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (!strcmp(types[i].name, kind))
            return types[i].type;
    return 0;
}

static int read_control_word(struct control *control, const char *word)
{
    long long number;
    if (!strcmp(word, "ro"))
        control->flags |= V4L2_CTRL_FLAG_READ_ONLY;
    else if (!strcmp(word, "wo"))
        control->flags |= V4L2_CTRL_FLAG_WRITE_ONLY;
    else if (!strcmp(word, "volatile"))
        control->flags |= V4L2_CTRL_FLAG_VOLATILE;
    else if (!strcmp(word, "update"))
        control->flags |= V4L2_CTRL_FLAG_UPDATE;
    else if (!strcmp(word, "deaf"))
        control->is_deaf = 1;
    else if (sscanf(word, "busy=%d", &control->busy_count) == 1)
        return 1;
    else if (sscanf(word, "clamp=%lld", &number) == 1)
        control->clamp = number, control->is_clamped = 1;
    else if (sscanf(word, "by=%x=%lld", &control->ruler, &control->ruling) == 2)
        control->is_ruled = 1;
    else
        return 0;
    return 1;
}

static void read_controls(const char *text, const char *drift_text)
{
    char *copy = strdup(text), *rest = copy, *entry;
    while (copy && (entry = strsep(&rest, ";")) && *entry && control_count < MOST_CONTROLS) {
        struct control *control = &controls[control_count++];
        char *fields[8] = {0};
        for (int i = 0; i < 8; i++)
            fields[i] = strsep(&entry, ":");
        if (!fields[6])
            complain(PRELOAD_PREFIX "CONTROLS", text);
        snprintf(control->name, sizeof control->name, "%s", fields[0]);
        control->id = (uint32_t)strtoul(fields[1], NULL, 16);
        control->type = control_type(control, fields[2]);
        control->least = strtoll(fields[3], NULL, 10);
        control->most = strtoll(fields[4], NULL, 10);
        control->step = strtoll(fields[5], NULL, 10);
        control->standard = control->value = strtoll(fields[6], NULL, 10);
        if (control->type == V4L2_CTRL_TYPE_STRING)
            control->flags |= V4L2_CTRL_FLAG_HAS_PAYLOAD;
        for (char *word; (word = strsep(&fields[7], ","));)
            if (*word && !read_control_word(control, word))
                complain(PRELOAD_PREFIX "CONTROLS", word);
        if (!control->type || !control->id)
            complain(PRELOAD_PREFIX "CONTROLS", fields[0]);
    }
    free(copy);
    while (*drift_text && drift_count < MOST_DRIFTS) {
        struct drift *drift = &drifts[drift_count++];
        int used = 0;
        if (sscanf(drift_text, "%x@%ld:%lld%n", &drift->id, &drift->at, &drift->value, &used) != 3 || !used)
            complain(PRELOAD_PREFIX "DRIFT", drift_text);
        drift_text += used;
        if (*drift_text == ',')
            drift_text++;
    }
}

static struct control *control_of(uint32_t id)
{
    for (int i = 0; i < control_count; i++)
        if (controls[i].id == id)
            return &controls[i];
    return NULL;
}

static int is_control_inactive(const struct control *control)
{
    struct control *ruler = control->is_ruled ? control_of(control->ruler) : NULL;
    return ruler && ruler->value != control->ruling;
}

// As the kernel: whoever sets a control is not told of it, but of what it changed elsewhere.
static void change_control(struct control *control, long long value, int is_told)
{
    if (control->value == value)
        return;
    control->value = value;
    control->is_pending |= control->is_subscribed && is_told;
    for (int i = 0; i < control_count; i++)
        if (controls[i].is_ruled && controls[i].ruler == control->id)
            controls[i].is_pending |= controls[i].is_subscribed;
}

static void drift_controls(long frame)
{
    for (int i = 0; i < drift_count; i++) {
        struct control *control = drifts[i].at == frame ? control_of(drifts[i].id) : NULL;
        if (control)
            change_control(control, drifts[i].value, 1);
    }
}

static void reset_controls(void)
{
    for (int i = 0; i < control_count; i++) {
        controls[i].value = controls[i].standard;
        controls[i].is_subscribed = controls[i].is_pending = 0;
    }
}

static int has_control_event(void)
{
    for (int i = 0; i < control_count; i++)
        if (controls[i].is_pending)
            return 1;
    return 0;
}

static int query_control(struct v4l2_query_ext_ctrl *query)
{
    struct control *control = NULL;
    uint32_t id = query->id & ~(V4L2_CTRL_FLAG_NEXT_CTRL | V4L2_CTRL_FLAG_NEXT_COMPOUND);
    if (id == query->id) {
        control = control_of(id);
    } else {
        for (int i = 0; i < control_count; i++)
            if (controls[i].id > id && (!control || controls[i].id < control->id))
                control = &controls[i];
    }
    if (!control)
        return fail(EINVAL);
    memset(query, 0, sizeof *query);
    query->id = control->id;
    query->type = control->type;
    memcpy(query->name, control->name, sizeof query->name);
    query->minimum = control->least;
    query->maximum = control->most;
    query->step = (uint64_t)control->step;
    query->default_value = control->standard;
    query->flags = control->flags | (is_control_inactive(control) ? V4L2_CTRL_FLAG_INACTIVE : 0);
    query->elems = 1;
    return 0;
}

static int list_menu_item(struct v4l2_querymenu *entry)
{
    struct control *control = control_of(entry->id);
    if (!control || entry->index >= (uint32_t)control->item_count || !*control->items[entry->index])
        return fail(EINVAL);
    if (control->type == V4L2_CTRL_TYPE_INTEGER_MENU)
        entry->value = strtoll(control->items[entry->index], NULL, 10);
    else
        memcpy(entry->name, control->items[entry->index], 32);
    return 0;
}

static int set_control(struct control *control, long long value)
{
    control->set_count++;
    if (!control->first_set)
        control->first_set = ++control_set_number;
    if (control->flags & V4L2_CTRL_FLAG_READ_ONLY || is_control_inactive(control))
        return fail(EACCES);
    if (control->is_deaf)
        return fail(EIO);
    if (control->busy_count > 0) {
        control->busy_count--;
        return fail(EBUSY);
    }
    int is_menu = control->item_count > 0;
    if (is_menu && (value < 0 || value >= control->item_count || !*control->items[value]))
        return fail(EINVAL);
    if (value > control->most)
        value = control->most;
    if (value < control->least)
        value = control->least;
    if (control->is_clamped && value > control->clamp)
        value = control->clamp;
    if (control->step > 1)
        value -= (value - control->least) % control->step;
    change_control(control, value, 0);
    return 0;
}

static int exchange_controls(struct v4l2_ext_controls *list, int is_set)
{
    for (uint32_t i = 0; i < list->count; i++) {
        struct v4l2_ext_control *entry = &list->controls[i];
        struct control *control = control_of(entry->id);
        int is_wide = control && control->type == V4L2_CTRL_TYPE_INTEGER64;
        if (!control || control->flags & V4L2_CTRL_FLAG_HAS_PAYLOAD)
            return fail(EINVAL);
        if (!is_set && control->flags & V4L2_CTRL_FLAG_WRITE_ONLY)
            return fail(EACCES);
        if (is_set && set_control(control, is_wide ? entry->value64 : entry->value))
            return -1;
        if (is_wide)
            entry->value64 = control->value;
        else
            entry->value = (int32_t)control->value;
    }
    return 0;
}

static int subscribe_control(const struct v4l2_event_subscription *subscription)
{
    struct control *control = control_of(subscription->id);
    if (!is_eventful)
        return fail(ENOTTY);
    if (subscription->type != V4L2_EVENT_CTRL || !control)
        return fail(EINVAL);
    control->is_subscribed = 1;
    return 0;
}

static int take_control_event(struct v4l2_event *event)
{
    for (int i = 0; i < control_count; i++) {
        if (!controls[i].is_pending)
            continue;
        controls[i].is_pending = 0;
        memset(event, 0, sizeof *event);
        event->type = V4L2_EVENT_CTRL;
        event->id = controls[i].id;
        event->u.ctrl.changes = V4L2_EVENT_CTRL_CH_VALUE;
        event->u.ctrl.value64 = controls[i].value;
        return 0;
    }
    return fail(ENOENT);
}

// Whether the request is about controls; its outcome is in `result`.
static int answer_control(unsigned long request, void *argument, int *result)
{
    if (!control_count)
        return 0;
    switch (request) {
    case VIDIOC_QUERY_EXT_CTRL: *result = query_control(argument); return 1;
    case VIDIOC_QUERYMENU: *result = list_menu_item(argument); return 1;
    case VIDIOC_G_EXT_CTRLS: *result = exchange_controls(argument, 0); return 1;
    case VIDIOC_S_EXT_CTRLS: *result = exchange_controls(argument, 1); return 1;
    case VIDIOC_SUBSCRIBE_EVENT: *result = subscribe_control(argument); return 1;
    case VIDIOC_DQEVENT: *result = take_control_event(argument); return 1;
    default: return 0;
    }
}

static void report_controls(FILE *report)
{
    for (int i = 0; i < control_count; i++)
        fprintf(report, "control_%08x %lld\nsets_%08x %ld\nfirst_set_%08x %ld\n", controls[i].id, controls[i].value,
                controls[i].id, controls[i].set_count, controls[i].id, controls[i].first_set);
}
