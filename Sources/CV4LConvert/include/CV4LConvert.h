// libv4lconvert without a device: it looks at frames in memory, and learns nothing of a camera.
#pragma once

#include <libv4lconvert.h>
#include <linux/videodev2.h>

// NULL when there is no memory. Released by v4lconvert_destroy.
struct v4lconvert_data *_Nullable assay_v4lconvert_create(void);

static const __u32 assay_V4L2_PIX_FMT_RGB24 = V4L2_PIX_FMT_RGB24;
