#include <gst/video/video.h>

#include "CMediaKit.h"

// Cells along the upper edge: sixteen bits, the highest first, then their parity, one white and two black.
enum { CELLS = 20, BITS = 16 };

static void fill(GstVideoFrame *frame, int cell, gboolean is_white) {
    int width = GST_VIDEO_FRAME_WIDTH(frame) / CELLS;
    int stride = GST_VIDEO_FRAME_PLANE_STRIDE(frame, 0), chroma = GST_VIDEO_FRAME_PLANE_STRIDE(frame, 1);
    guint8 *luma = GST_VIDEO_FRAME_PLANE_DATA(frame, 0);
    for (int y = 0; y < width; y++) memset(luma + y * stride + cell * width, is_white ? 235 : 16, width);
    for (int plane = 1; plane < 3; plane++) {
        guint8 *colour = GST_VIDEO_FRAME_PLANE_DATA(frame, plane);
        for (int y = 0; y < width / 2; y++) memset(colour + y * chroma + cell * width / 2, 128, width / 2);
    }
}

static GstPadProbeReturn number(GstPad *pad, GstPadProbeInfo *info, gpointer data) {
    guint *count = data;
    GstCaps *caps = gst_pad_get_current_caps(pad);
    GstVideoInfo video;
    gboolean is_known = caps && gst_video_info_from_caps(&video, caps);
    gst_clear_caps(&caps);
    if (!is_known || GST_VIDEO_INFO_FORMAT(&video) != GST_VIDEO_FORMAT_I420) return GST_PAD_PROBE_OK;
    GstBuffer *buffer = gst_buffer_make_writable(GST_PAD_PROBE_INFO_BUFFER(info));
    info->data = buffer;
    GstVideoFrame frame;
    if (!gst_video_frame_map(&frame, &video, buffer, GST_MAP_READWRITE)) return GST_PAD_PROBE_OK;
    guint value = (*count)++ & 0xffff, ones = 0;
    for (int bit = 0; bit < BITS; bit++) {
        gboolean is_set = (value >> (BITS - 1 - bit)) & 1;
        ones += is_set;
        fill(&frame, bit, is_set);
    }
    fill(&frame, BITS, ones & 1);
    fill(&frame, BITS + 1, TRUE);
    fill(&frame, BITS + 2, FALSE);
    fill(&frame, BITS + 3, FALSE);
    gst_video_frame_unmap(&frame);
    return GST_PAD_PROBE_OK;
}

void mediakit_number_frames(GstElement *element) {
    GstPad *pad = gst_element_get_static_pad(element, "src");
    if (!pad) return;
    gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER, number, g_new0(guint, 1), g_free);
    gst_object_unref(pad);
}
