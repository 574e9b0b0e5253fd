#include "CMediaKit.h"
#include "listener.h"
#include "packets.h"

typedef struct {
    gint references, is_over;
    gboolean repeats;
    GBytes *sound;
} Supply;

static void supply_unref(gpointer data) {
    Supply *supply = data;
    if (!g_atomic_int_dec_and_test(&supply->references)) return;
    g_bytes_unref(supply->sound);
    g_free(supply);
}

static void need_data(GstAppSrc *source, guint length, gpointer data) {
    Supply *supply = data;
    if (g_atomic_int_get(&supply->is_over)) {
        gst_app_src_end_of_stream(source);
        return;
    }
    if (!supply->repeats) g_atomic_int_set(&supply->is_over, TRUE);
    gst_app_src_push_buffer(source, gst_buffer_new_wrapped_bytes(supply->sound));
}

void mediakit_supply(GstElement *source, gconstpointer bytes, gsize count, gboolean repeats) {
    Supply *supply = g_new0(Supply, 1);
    *supply = (Supply){1, FALSE, repeats, g_bytes_new(bytes, count)};
    GstAppSrcCallbacks callbacks = {.need_data = need_data};
    gst_app_src_set_callbacks(GST_APP_SRC(source), &callbacks, supply, supply_unref);
}

GstElement *mediakit_jitter_buffer(GstPad *pad) {
    enum { STEPS = 12 };
    GstPad *place = gst_object_ref(pad);
    for (int step = 0; place && step < STEPS; step++) {
        GstPad *next = NULL;
        if (GST_IS_GHOST_PAD(place)) {
            next = gst_ghost_pad_get_target(GST_GHOST_PAD(place));
        } else {
            GstElement *element = gst_pad_get_parent_element(place);
            const char *kind = element ? mediakit_kind(element) : NULL;
            if (kind && g_str_equal(kind, "rtpjitterbuffer")) {
                gst_object_unref(place);
                return element;
            }
            GstPad *sink = element ? gst_element_get_static_pad(element, "sink") : NULL;
            next = sink ? gst_pad_get_peer(sink) : NULL;
            gst_clear_object(&sink);
            gst_clear_object(&element);
        }
        gst_object_unref(place);
        place = next;
    }
    gst_clear_object(&place);
    return NULL;
}

static gboolean arrival(GstBuffer **buffer, guint index, gpointer data) {
    MediaListener *listener = data;
    guint8 head[8];
    if (gst_buffer_extract(*buffer, 0, head, sizeof head) == sizeof head)
        listener->told.arrival(listener->box, g_get_monotonic_time(), GST_READ_UINT32_BE(head + 4));
    return TRUE;
}

static GstPadProbeReturn arrives(GstPad *pad, GstPadProbeInfo *info, gpointer data) {
    mediakit_each_packet(info, arrival, data);
    return GST_PAD_PROBE_OK;
}

void mediakit_on_arrival(GstElement *buffer, MediaArrival arrived, gpointer box, GDestroyNotify drop) {
    MediaListener *listener = g_new(MediaListener, 1);
    *listener = (MediaListener){{.arrival = arrived}, box, drop};
    GstPad *pad = gst_element_get_static_pad(buffer, "sink");
    if (!pad) {
        mediakit_listener_gone(listener);
        return;
    }
    gst_pad_add_probe(
        pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, arrives, listener, mediakit_listener_gone);
    gst_object_unref(pad);
}

void mediakit_set_latency(GstElement *element, const char *property, guint64 value) {
    GParamSpec *known = g_object_class_find_property(G_OBJECT_GET_CLASS(element), property);
    if (!known) return;
    if (known->value_type == G_TYPE_UINT) {
        g_object_set(element, property, (guint)value, NULL);
    } else {
        g_object_set(element, property, (gint64)value, NULL);
    }
}
