#include "CMediaKit.h"
#include <stdlib.h>

struct MediaLoudness {
    int references;
    int peak;
};

MediaLoudness *mediakit_loudness_new(void) {
    MediaLoudness *loudness = g_new0(MediaLoudness, 1);
    loudness->references = 1;
    return loudness;
}

void mediakit_loudness_unref(MediaLoudness *loudness) {
    if (g_atomic_int_dec_and_test(&loudness->references)) g_free(loudness);
}

static void forget(gpointer data) { mediakit_loudness_unref(data); }

static GstPadProbeReturn heard(GstPad *pad, GstPadProbeInfo *info, gpointer data) {
    MediaLoudness *loudness = data;
    GstMapInfo map;
    if (!gst_buffer_map(GST_PAD_PROBE_INFO_BUFFER(info), &map, GST_MAP_READ)) return GST_PAD_PROBE_OK;
    const gint16 *samples = (const gint16 *)map.data;
    int peak = 0;
    for (gsize index = 0; index < map.size / sizeof *samples; index++) peak = MAX(peak, abs(samples[index]));
    gst_buffer_unmap(GST_PAD_PROBE_INFO_BUFFER(info), &map);
    int before = g_atomic_int_get(&loudness->peak);
    // Whoever reads it meanwhile sets it to zero, and then this piece counts for what follows.
    while (before < peak && !g_atomic_int_compare_and_exchange(&loudness->peak, before, peak))
        before = g_atomic_int_get(&loudness->peak);
    return GST_PAD_PROBE_OK;
}

void mediakit_loudness_watch(MediaLoudness *loudness, GstElement *element) {
    GstPad *pad = gst_element_get_static_pad(element, "src");
    if (!pad) return;
    g_atomic_int_inc(&loudness->references);
    gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER, heard, loudness, forget);
    gst_object_unref(pad);
}

int mediakit_loudness_take(MediaLoudness *loudness) {
    int peak = g_atomic_int_get(&loudness->peak);
    while (!g_atomic_int_compare_and_exchange(&loudness->peak, peak, 0)) peak = g_atomic_int_get(&loudness->peak);
    return peak;
}
