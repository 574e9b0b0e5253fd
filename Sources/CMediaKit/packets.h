#pragma once
#include <gst/gst.h>

// Lets `look` see each buffer that passes a probe, whether they come alone or in a list. It must not replace them.
static inline void mediakit_each_packet(GstPadProbeInfo *info, GstBufferListFunc look, gpointer data) {
    if (info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST) {
        gst_buffer_list_foreach(GST_PAD_PROBE_INFO_BUFFER_LIST(info), look, data);
    } else {
        GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER(info);
        look(&buffer, 0, data);
    }
}
