// What the preloaded camera's frames look like in memory, in one piece or one for each plane.
//
// PRELOAD_CAMERA_PLANES   any text: the device knows buffers of several planes only (V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE)
// PRELOAD_CAMERA_OFFSET   data_offset of each plane of such a device          0
// PRELOAD_CAMERA_COLOURS  colorspace:ycbcr_enc:quantization, as numbers       8:0:0 (sRGB, the rest left open)
// PRELOAD_CAMERA_CROP     width:height of the default crop; at first another one is set   none
// PRELOAD_CAMERA_COMPOSE  width:height of what is filled of each frame, whatever is asked   all
#pragma once

#include <linux/videodev2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PIECES = 3 };

static struct v4l2_rect crop, default_crop, composed;
static unsigned colour_space = V4L2_COLORSPACE_SRGB, colour_encoding, quantization;
static uint32_t data_offset;
static int is_multi_planar;

static void read_format_settings(void)
{
    const char *text = getenv(PRELOAD_PREFIX "PLANES");
    is_multi_planar = text && *text;
    if ((text = getenv(PRELOAD_PREFIX "OFFSET")))
        data_offset = (uint32_t)strtoul(text, NULL, 10);
    if ((text = getenv(PRELOAD_PREFIX "COLOURS")) && *text)
        sscanf(text, "%u:%u:%u", &colour_space, &colour_encoding, &quantization);
    if ((text = getenv(PRELOAD_PREFIX "CROP")) && *text) {
        sscanf(text, "%u:%u", &default_crop.width, &default_crop.height);
        crop = (struct v4l2_rect){8, 8, default_crop.width / 2, default_crop.height / 2};
    }
    if ((text = getenv(PRELOAD_PREFIX "COMPOSE")) && *text)
        sscanf(text, "%u:%u", &composed.width, &composed.height);
}

static uint32_t buffer_type(void)
{
    return is_multi_planar ? V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE : V4L2_BUF_TYPE_VIDEO_CAPTURE;
}

static int is_in_pieces(uint32_t fourcc)
{
    switch (fourcc) {
    case V4L2_PIX_FMT_NV12M: case V4L2_PIX_FMT_NV21M: case V4L2_PIX_FMT_NV16M: case V4L2_PIX_FMT_NV61M:
    case V4L2_PIX_FMT_YUV420M: case V4L2_PIX_FMT_YVU420M: case V4L2_PIX_FMT_YUV422M: return 1;
    default: return 0;
    }
}

// Bytes of a row, without padding, and rows of one plane; no rows for a plane that there is not.
static void plane_shape(uint32_t fourcc, uint32_t width, uint32_t height, int plane, uint32_t *row, uint32_t *rows)
{
    uint32_t half = (height + 1) / 2;
    *row = width;
    *rows = plane == 0 ? height : 0;
    switch (fourcc) {
    case V4L2_PIX_FMT_YUYV: case V4L2_PIX_FMT_UYVY: case V4L2_PIX_FMT_YVYU: case V4L2_PIX_FMT_VYUY:
    case V4L2_PIX_FMT_Y10: case V4L2_PIX_FMT_Y12: case V4L2_PIX_FMT_Y16: case V4L2_PIX_FMT_Y16_BE:
    case V4L2_PIX_FMT_RGB565: *row = width * 2; break;
    case V4L2_PIX_FMT_RGB24: case V4L2_PIX_FMT_BGR24: *row = width * 3; break;
    case V4L2_PIX_FMT_NV12: case V4L2_PIX_FMT_NV21: case V4L2_PIX_FMT_NV12M: case V4L2_PIX_FMT_NV21M:
        if (plane == 1) *rows = half;
        break;
    case V4L2_PIX_FMT_NV16: case V4L2_PIX_FMT_NV61: case V4L2_PIX_FMT_NV16M: case V4L2_PIX_FMT_NV61M:
        if (plane == 1) *rows = height;
        break;
    case V4L2_PIX_FMT_YUV420: case V4L2_PIX_FMT_YVU420: case V4L2_PIX_FMT_YUV420M: case V4L2_PIX_FMT_YVU420M:
        if (plane) { *row = width / 2; *rows = half; }
        break;
    case V4L2_PIX_FMT_YUV422P: case V4L2_PIX_FMT_YUV422M:
        if (plane) { *row = width / 2; *rows = height; }
        break;
    case V4L2_PIX_FMT_MJPEG: *row = 0; if (plane == 0) *rows = height; break;
    }
}

// A plane's bytes a row. Planes one behind the other share their padding: half of it where a row is half as long.
static uint32_t plane_row(uint32_t fourcc, uint32_t width, uint32_t padding, int plane)
{
    uint32_t row, rows, first;
    plane_shape(fourcc, width, 2, 0, &first, &rows);
    plane_shape(fourcc, width, 2, plane, &row, &rows);
    if (fourcc == V4L2_PIX_FMT_MJPEG)
        return 0;
    return row + (row < first && !is_in_pieces(fourcc) ? padding / 2 : padding);
}

static uint32_t plane_bytes(uint32_t fourcc, uint32_t width, uint32_t height, uint32_t padding, int plane)
{
    uint32_t row, rows;
    plane_shape(fourcc, width, height, plane, &row, &rows);
    if (fourcc == V4L2_PIX_FMT_MJPEG)
        return plane == 0 ? width * height * 2 : 0;
    return plane_row(fourcc, width, padding, plane) * rows;
}

static int piece_count(uint32_t fourcc)
{
    if (!is_in_pieces(fourcc))
        return 1;
    return plane_bytes(fourcc, 2, 2, 0, 2) ? 3 : 2;
}

static uint32_t piece_bytes(uint32_t fourcc, uint32_t width, uint32_t height, uint32_t padding, int piece)
{
    if (is_in_pieces(fourcc))
        return plane_bytes(fourcc, width, height, padding, piece);
    uint32_t sum = 0;
    for (int plane = 0; plane < 3; plane++)
        sum += plane_bytes(fourcc, width, height, padding, plane);
    return sum;
}

// A selection's rectangle is the driver's to know; a crop that fits is set.
static int select_rectangle(struct v4l2_selection *selection, int is_set, uint32_t width, uint32_t height)
{
    struct v4l2_rect *known = NULL, whole = {0, 0, width, height};
    switch (selection->target) {
    case V4L2_SEL_TGT_CROP: known = default_crop.width ? &crop : NULL; break;
    case V4L2_SEL_TGT_CROP_DEFAULT: known = default_crop.width && !is_set ? &default_crop : NULL; break;
    case V4L2_SEL_TGT_COMPOSE: known = composed.width ? &composed : &whole; break;
    }
    if (!known || selection->type != V4L2_BUF_TYPE_VIDEO_CAPTURE)
        return -1;
    if (is_set && known == &crop)
        crop = selection->r;
    selection->r = *known;
    return 0;
}
