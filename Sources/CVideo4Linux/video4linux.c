#include "CVideo4Linux.h"

#include <string.h>
#include <sys/ioctl.h>

int assay_control_menu_item(int descriptor, __u32 control, __u32 item, __u8 *label, __s64 *value)
{
    struct v4l2_querymenu entry = {.id = control, .index = item};
    int result = ioctl(descriptor, VIDIOC_QUERYMENU, &entry);
    memcpy(label, entry.name, sizeof entry.name);
    memcpy(value, entry.name, sizeof *value);
    return result;
}

static int exchange(int descriptor, unsigned long request, __u32 control, int is_wide, __s64 *value)
{
    struct v4l2_ext_control entry = {.id = control};
    struct v4l2_ext_controls list = {.which = V4L2_CTRL_WHICH_CUR_VAL, .count = 1, .controls = &entry};
    if (is_wide)
        entry.value64 = *value;
    else
        entry.value = (__s32)*value;
    int result = ioctl(descriptor, request, &list);
    *value = is_wide ? entry.value64 : entry.value;
    return result;
}

int assay_control_read(int descriptor, __u32 control, int is_wide, __s64 *value)
{
    return exchange(descriptor, VIDIOC_G_EXT_CTRLS, control, is_wide, value);
}

int assay_control_write(int descriptor, __u32 control, int is_wide, __s64 *value)
{
    return exchange(descriptor, VIDIOC_S_EXT_CTRLS, control, is_wide, value);
}
