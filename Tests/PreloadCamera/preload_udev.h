// What libudev says of the preloaded camera; part of preload_camera.c. It takes the place of the real library, which
// would tell of the machine's own cameras.
//
// PRELOAD_CAMERA_SERIAL  serial number                        none
// PRELOAD_CAMERA_MODEL   what it calls itself                 Preloaded Camera
// PRELOAD_CAMERA_BYID    link in /dev/v4l/by-id               none
// PRELOAD_CAMERA_BYPATH  link in /dev/v4l/by-path             none
// PRELOAD_CAMERA_USB     the USB device's path in /sys        none
// PRELOAD_CAMERA_UDEV    off: as in a container without udev, nothing but what sysfs has, and no news     on
//
// Several copies of this library, each with names of its own for its settings, make several cameras.
struct preload_node { const char *device, *serial, *model, *id, *path, *usb; int has_udev; };

enum { MOST_NODES = 16, MOST_WATCHES = 16 };
static const char *serial_text, *model_text, *id_text, *path_text, *usb_text;
static int has_udev, watches[MOST_WATCHES], watch_count;

static void read_identity(void)
{
    serial_text = setting(PRELOAD_PREFIX "SERIAL", NULL);
    model_text = setting(PRELOAD_PREFIX "MODEL", "Preloaded Camera");
    id_text = setting(PRELOAD_PREFIX "BYID", NULL);
    path_text = setting(PRELOAD_PREFIX "BYPATH", NULL);
    usb_text = setting(PRELOAD_PREFIX "USB", NULL);
    has_udev = strcmp(setting(PRELOAD_PREFIX "UDEV", "on"), "off") != 0;
}

// The nodes of this camera and of the copies of this library behind it; returns how many.
EXPORT int preload_camera_nodes(struct preload_node *nodes, int most)
{
    int count = 0;
    pthread_mutex_lock(&lock);
    if (now() >= gone_until) {
        struct preload_node node = {device_path, serial_text, model_text, has_udev ? id_text : NULL,
                                    has_udev ? path_text : NULL, usb_text, has_udev};
        if (count < most)
            nodes[count++] = node;
        node.device = metadata_path;
        node.id = node.path = NULL;
        if (*metadata_path && count < most)
            nodes[count++] = node;
    }
    pthread_mutex_unlock(&lock);
    int (*next)(struct preload_node *, int) = dlsym(RTLD_NEXT, "preload_camera_nodes");
    return next ? count + next(nodes + count, most - count) : count;
}

// When udev tells of the camera's next arrival.
static void set_watch(int watch)
{
    int64_t at = gone_until + settle_time;
    struct itimerspec timer = {.it_value = {at / 1000000000, at % 1000000000}};
    if (at > now())
        timerfd_settime(watch, TFD_TIMER_ABSTIME, &timer, NULL);
}

static void set_watches(void)
{
    for (int i = 0; i < watch_count; i++)
        set_watch(watches[i]);
}

// Timers that run out when a camera of this or of the copies behind it arrives; returns how many.
EXPORT int preload_camera_watches(int *fds, int most)
{
    int count = 0;
    pthread_mutex_lock(&lock);
    int watch = most > 0 && has_udev && watch_count < MOST_WATCHES
                    ? timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)
                    : -1;
    if (watch >= 0) {
        fds[count++] = watches[watch_count++] = watch;
        set_watch(watch);
    }
    pthread_mutex_unlock(&lock);
    int (*next)(int *, int) = dlsym(RTLD_NEXT, "preload_camera_watches");
    return next ? count + next(fds + count, most - count) : count;
}

// Whether one of the timers is this camera's; it is closed then.
EXPORT void preload_camera_unwatch(int watch)
{
    pthread_mutex_lock(&lock);
    int is_known = 0;
    for (int i = 0; i < watch_count && !is_known; i++) {
        if (watches[i] != watch)
            continue;
        watches[i] = watches[--watch_count];
        is_known = 1;
    }
    pthread_mutex_unlock(&lock);
    void (*next)(int) = dlsym(RTLD_NEXT, "preload_camera_unwatch");
    if (is_known)
        real_close(watch);
    else if (next)
        next(watch);
}

// libudev's own types, as far as they are needed
struct udev_list_entry { struct udev_list_entry *next; char name[256]; };
struct udev_enumerate { struct udev_list_entry entries[MOST_NODES]; };
struct udev_device { struct preload_node node; struct udev_list_entry links[2]; struct udev_device *parent; int depth; };
struct udev_monitor { int epoll, fds[MOST_NODES], count; };
struct udev { int unused; };

EXPORT struct udev *udev_new(void) { return calloc(1, sizeof(struct udev)); }

EXPORT struct udev *udev_unref(struct udev *udev)
{
    free(udev);
    return NULL;
}

EXPORT struct udev_enumerate *udev_enumerate_new(struct udev *udev)
{
    return udev ? calloc(1, sizeof(struct udev_enumerate)) : NULL;
}

EXPORT struct udev_enumerate *udev_enumerate_unref(struct udev_enumerate *list)
{
    free(list);
    return NULL;
}

EXPORT int udev_enumerate_add_match_subsystem(struct udev_enumerate *list, const char *name)
{
    return list && !strcmp(name, "video4linux") ? 0 : -EINVAL;
}

EXPORT int udev_enumerate_add_match_sysname(struct udev_enumerate *list, const char *name)
{
    return list && !strcmp(name, "video*") ? 0 : -EINVAL;
}

EXPORT int udev_enumerate_scan_devices(struct udev_enumerate *list)
{
    struct preload_node nodes[MOST_NODES];
    int count = preload_camera_nodes(nodes, MOST_NODES);
    for (int i = 0; i < count; i++) {
        // The path in /sys is not asked for anything but to make the device.
        snprintf(list->entries[i].name, sizeof list->entries[i].name, "/sys%s", nodes[i].device);
        list->entries[i].next = i + 1 < count ? &list->entries[i + 1] : NULL;
    }
    return 0;
}

EXPORT struct udev_list_entry *udev_enumerate_get_list_entry(struct udev_enumerate *list)
{
    return *list->entries[0].name ? &list->entries[0] : NULL;
}

EXPORT struct udev_list_entry *udev_list_entry_get_next(struct udev_list_entry *entry) { return entry->next; }
EXPORT const char *udev_list_entry_get_name(struct udev_list_entry *entry) { return entry->name; }

static struct udev_device *make_device(const struct preload_node *node)
{
    // The node itself, the interface that has the driver, and the USB device.
    struct udev_device *devices = calloc(3, sizeof *devices);
    for (int i = 0; devices && i < 3; i++) {
        devices[i].node = *node;
        devices[i].depth = i;
        devices[i].parent = i < 2 ? &devices[i + 1] : NULL;
    }
    if (!devices)
        return NULL;
    int count = 0;
    if (node->id)
        snprintf(devices->links[count++].name, 256, "/dev/v4l/by-id/%s", node->id);
    if (node->path)
        snprintf(devices->links[count++].name, 256, "/dev/v4l/by-path/%s", node->path);
    if (count == 2)
        devices->links[0].next = &devices->links[1];
    return devices;
}

EXPORT struct udev_device *udev_device_new_from_syspath(struct udev *udev, const char *path)
{
    struct preload_node nodes[MOST_NODES];
    int count = udev ? preload_camera_nodes(nodes, MOST_NODES) : 0;
    for (int i = 0; i < count; i++)
        if (!strcmp(nodes[i].device, path + strlen("/sys")))
            return make_device(&nodes[i]);
    return NULL;
}

EXPORT struct udev_device *udev_device_unref(struct udev_device *device)
{
    free(device);
    return NULL;
}

EXPORT const char *udev_device_get_devnode(struct udev_device *device) { return device->node.device; }
EXPORT const char *udev_device_get_action(struct udev_device *device) { return device ? "add" : NULL; }
EXPORT struct udev_device *udev_device_get_parent(struct udev_device *device) { return device->parent; }
EXPORT const char *udev_device_get_driver(struct udev_device *device) { return device->depth == 1 ? "preload" : NULL; }

EXPORT const char *udev_device_get_syspath(struct udev_device *device)
{
    return device->depth == 2 ? device->node.usb : device->node.device;
}

EXPORT struct udev_device *udev_device_get_parent_with_subsystem_devtype(
    struct udev_device *device, const char *subsystem, const char *type)
{
    return device->node.usb && !strcmp(subsystem, "usb") && !strcmp(type, "usb_device") ? device->parent->parent : NULL;
}

EXPORT const char *udev_device_get_property_value(struct udev_device *device, const char *name)
{
    if (!device->node.has_udev || device->depth)
        return NULL;
    return !strcmp(name, "ID_SERIAL_SHORT")  ? device->node.serial
           : !strcmp(name, "ID_V4L_PRODUCT") ? device->node.model
                                             : NULL;
}

EXPORT const char *udev_device_get_sysattr_value(struct udev_device *device, const char *name)
{
    if (device->depth == 2)
        return !strcmp(name, "serial") ? device->node.serial : NULL;
    return !strcmp(name, "name") ? device->node.model : NULL;
}

EXPORT struct udev_list_entry *udev_device_get_devlinks_list_entry(struct udev_device *device)
{
    return *device->links[0].name ? &device->links[0] : NULL;
}

EXPORT struct udev_monitor *udev_monitor_new_from_netlink(struct udev *udev, const char *group)
{
    if (!udev || strcmp(group, "udev"))
        return NULL;
    struct udev_monitor *monitor = calloc(1, sizeof *monitor);
    if (monitor)
        monitor->epoll = epoll_create1(EPOLL_CLOEXEC);
    return monitor;
}

EXPORT int udev_monitor_filter_add_match_subsystem_devtype(
    struct udev_monitor *monitor, const char *subsystem, const char *type)
{
    return monitor && !strcmp(subsystem, "video4linux") && !type ? 0 : -EINVAL;
}

EXPORT int udev_monitor_enable_receiving(struct udev_monitor *monitor)
{
    monitor->count = preload_camera_watches(monitor->fds, MOST_NODES);
    for (int i = 0; i < monitor->count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = monitor->fds[i]};
        epoll_ctl(monitor->epoll, EPOLL_CTL_ADD, monitor->fds[i], &event);
    }
    return 0;
}

EXPORT int udev_monitor_get_fd(struct udev_monitor *monitor) { return monitor->epoll; }

EXPORT struct udev_device *udev_monitor_receive_device(struct udev_monitor *monitor)
{
    for (int i = 0; i < monitor->count; i++) {
        uint64_t expirations;
        if (read(monitor->fds[i], &expirations, sizeof expirations) == sizeof expirations)
            return calloc(3, sizeof(struct udev_device));
    }
    return NULL;
}

EXPORT struct udev_monitor *udev_monitor_unref(struct udev_monitor *monitor)
{
    for (int i = 0; i < monitor->count; i++)
        preload_camera_unwatch(monitor->fds[i]);
    real_close(monitor->epoll);
    free(monitor);
    return NULL;
}
