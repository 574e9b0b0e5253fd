#include "CMediaKit.h"

typedef struct {
    int longer, shorter;
    gboolean is_over;
} Bounds;

static gboolean is_over(const Bounds *bounds, GstCaps *caps) {
    GstStructure *form = gst_caps_get_structure(caps, 0);
    int width = 0, height = 0;
    if (!form || !gst_structure_get_int(form, "width", &width) || !gst_structure_get_int(form, "height", &height)) return FALSE;
    return MAX(width, height) > bounds->longer || MIN(width, height) > bounds->shorter;
}

// The form of a picture comes ahead of it, so what follows one that is too large is not even looked at.
static GstPadProbeReturn bounded(GstPad *pad, GstPadProbeInfo *info, gpointer data) {
    Bounds *bounds = data;
    if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) {
        GstEvent *event = GST_PAD_PROBE_INFO_EVENT(info);
        if (GST_EVENT_TYPE(event) != GST_EVENT_CAPS) return GST_PAD_PROBE_OK;
        GstCaps *caps = NULL;
        gst_event_parse_caps(event, &caps);
        bounds->is_over = is_over(bounds, caps);
        return bounds->is_over ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
    }
    return bounds->is_over ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

void mediakit_bound_pictures(GstElement *element, int longer, int shorter) {
    GstPad *pad = gst_element_get_static_pad(element, "src");
    if (!pad) return;
    Bounds *bounds = g_new(Bounds, 1);
    *bounds = (Bounds){longer, shorter, FALSE};
    gst_pad_add_probe(
        pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, bounded, bounds,
        g_free);
    gst_object_unref(pad);
}
