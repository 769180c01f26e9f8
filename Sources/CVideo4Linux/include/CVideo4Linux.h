// The kernel's video interface, with the macros that Swift cannot import as constants of the same name.
#pragma once

#include <linux/videodev2.h>

static const unsigned long assay_VIDIOC_QUERYCAP = VIDIOC_QUERYCAP;
static const unsigned long assay_VIDIOC_ENUM_FMT = VIDIOC_ENUM_FMT;
static const unsigned long assay_VIDIOC_G_FMT = VIDIOC_G_FMT;
static const unsigned long assay_VIDIOC_S_FMT = VIDIOC_S_FMT;
static const unsigned long assay_VIDIOC_REQBUFS = VIDIOC_REQBUFS;
static const unsigned long assay_VIDIOC_QUERYBUF = VIDIOC_QUERYBUF;
static const unsigned long assay_VIDIOC_QBUF = VIDIOC_QBUF;
static const unsigned long assay_VIDIOC_DQBUF = VIDIOC_DQBUF;
static const unsigned long assay_VIDIOC_STREAMON = VIDIOC_STREAMON;
static const unsigned long assay_VIDIOC_STREAMOFF = VIDIOC_STREAMOFF;
static const unsigned long assay_VIDIOC_G_PARM = VIDIOC_G_PARM;
static const unsigned long assay_VIDIOC_S_PARM = VIDIOC_S_PARM;
static const unsigned long assay_VIDIOC_G_SELECTION = VIDIOC_G_SELECTION;
static const unsigned long assay_VIDIOC_S_SELECTION = VIDIOC_S_SELECTION;
static const unsigned long assay_VIDIOC_ENUM_FRAMESIZES = VIDIOC_ENUM_FRAMESIZES;
static const unsigned long assay_VIDIOC_ENUM_FRAMEINTERVALS = VIDIOC_ENUM_FRAMEINTERVALS;

static const unsigned long assay_VIDIOC_QUERY_EXT_CTRL = VIDIOC_QUERY_EXT_CTRL;
static const unsigned long assay_VIDIOC_SUBSCRIBE_EVENT = VIDIOC_SUBSCRIBE_EVENT;
static const unsigned long assay_VIDIOC_DQEVENT = VIDIOC_DQEVENT;

// VIDIOC_QUERYMENU, VIDIOC_G_EXT_CTRLS and VIDIOC_S_EXT_CTRLS for one control: their structures are packed, which Swift
// cannot lay out. -1 and errno on failure.
int assay_control_menu_item(int descriptor, __u32 control, __u32 item, __u8 *label, __s64 *value);
int assay_control_read(int descriptor, __u32 control, int is_wide, __s64 *value);
int assay_control_write(int descriptor, __u32 control, int is_wide, __s64 *value);

static const __u32 assay_V4L2_CAP_VIDEO_CAPTURE = V4L2_CAP_VIDEO_CAPTURE;
static const __u32 assay_V4L2_CAP_VIDEO_CAPTURE_MPLANE = V4L2_CAP_VIDEO_CAPTURE_MPLANE;
static const __u32 assay_V4L2_CAP_META_CAPTURE = V4L2_CAP_META_CAPTURE;
static const __u32 assay_V4L2_CAP_STREAMING = V4L2_CAP_STREAMING;
static const __u32 assay_V4L2_CAP_DEVICE_CAPS = V4L2_CAP_DEVICE_CAPS;
static const __u32 assay_V4L2_CAP_TIMEPERFRAME = V4L2_CAP_TIMEPERFRAME;

static const __u32 assay_V4L2_BUF_FLAG_ERROR = V4L2_BUF_FLAG_ERROR;
static const __u32 assay_V4L2_BUF_FLAG_TIMESTAMP_MASK = V4L2_BUF_FLAG_TIMESTAMP_MASK;
static const __u32 assay_V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
static const __u32 assay_V4L2_BUF_FLAG_TSTAMP_SRC_MASK = V4L2_BUF_FLAG_TSTAMP_SRC_MASK;
static const __u32 assay_V4L2_BUF_FLAG_TSTAMP_SRC_SOE = V4L2_BUF_FLAG_TSTAMP_SRC_SOE;

static const __u32 assay_V4L2_SEL_TGT_CROP = V4L2_SEL_TGT_CROP;
static const __u32 assay_V4L2_SEL_TGT_CROP_DEFAULT = V4L2_SEL_TGT_CROP_DEFAULT;
static const __u32 assay_V4L2_SEL_TGT_COMPOSE = V4L2_SEL_TGT_COMPOSE;
static const __u32 assay_V4L2_SEL_TGT_COMPOSE_DEFAULT = V4L2_SEL_TGT_COMPOSE_DEFAULT;
