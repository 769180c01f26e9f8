#include "CV4LConvert.h"

#include <errno.h>
#include <libv4l-plugin.h>
#include <string.h>

static int no_request(void *of_device, int device, unsigned long request, void *argument)
{
    (void)of_device;
    (void)device;
    if (request == VIDIOC_QUERYCAP) {
        memset(argument, 0, sizeof(struct v4l2_capability));
        return 0;
    }
    errno = ENOTTY;
    return -1;
}

struct v4lconvert_data *assay_v4lconvert_create(void)
{
    static const struct libv4l_dev_ops no_device = {.ioctl = no_request};
    return v4lconvert_create_with_dev_ops(-1, NULL, &no_device);
}
