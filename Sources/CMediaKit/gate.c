#include "CMediaKit.h"
#include "packets.h"

struct MediaGate {
    gint references, state;
    gint lost_of_thousand;
    GMutex lock;
    MediaTraffic traffic;
};

MediaGate *mediakit_gate_new(void) {
    MediaGate *gate = g_new0(MediaGate, 1);
    gate->references = 1;
    g_mutex_init(&gate->lock);
    return gate;
}

void mediakit_gate_unref(MediaGate *gate) {
    if (!g_atomic_int_dec_and_test(&gate->references)) return;
    g_mutex_clear(&gate->lock);
    g_free(gate);
}

void mediakit_gate_set(MediaGate *gate, int state) { g_atomic_int_set(&gate->state, state); }

void mediakit_gate_lose(MediaGate *gate, double share) {
    g_atomic_int_set(&gate->lost_of_thousand, (gint)(CLAMP(share, 0, 1) * 1000));
}

MediaTraffic mediakit_gate_traffic(MediaGate *gate) {
    g_mutex_lock(&gate->lock);
    MediaTraffic traffic = gate->traffic;
    g_mutex_unlock(&gate->lock);
    return traffic;
}

// DTLS records begin with 20 to 63; 22 and less belong to the handshake, 23 carries the data channel.
static gboolean passes(MediaGate *gate, GstBuffer *buffer) {
    guint8 first = 0;
    gint lost = g_atomic_int_get(&gate->lost_of_thousand);
    if (lost > 0 && g_random_int_range(0, 1000) < lost) return FALSE;
    switch (g_atomic_int_get(&gate->state)) {
        case MEDIA_GATE_OPEN: return TRUE;
        case MEDIA_GATE_HANDSHAKE: return gst_buffer_extract(buffer, 0, &first, 1) == 1 && first >= 20 && first <= 22;
        default: return FALSE;
    }
}

typedef struct {
    MediaGate *gate;
    gboolean incoming;
} Side;

static gboolean count(GstBuffer **buffer, guint index, gpointer data) {
    Side *side = data;
    MediaGate *gate = side->gate;
    if (!passes(gate, *buffer)) {
        gst_buffer_replace(buffer, NULL);
        return TRUE;
    }
    gsize size = gst_buffer_get_size(*buffer);
    g_mutex_lock(&gate->lock);
    if (side->incoming) {
        gate->traffic.received_bytes += size;
        gate->traffic.received_packets += 1;
        gate->traffic.last_received = g_get_monotonic_time();
    } else {
        gate->traffic.sent_bytes += size;
        gate->traffic.sent_packets += 1;
    }
    g_mutex_unlock(&gate->lock);
    return TRUE;
}

static GstPadProbeReturn packet(GstPad *pad, GstPadProbeInfo *info, gpointer data) {
    if (info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST) {
        GstBufferList *list = gst_buffer_list_make_writable(GST_PAD_PROBE_INFO_BUFFER_LIST(info));
        info->data = list;
        gst_buffer_list_foreach(list, count, data);
        return gst_buffer_list_length(list) ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
    }
    GstBuffer *buffer = gst_buffer_ref(GST_PAD_PROBE_INFO_BUFFER(info));
    count(&buffer, 0, data);
    if (!buffer) return GST_PAD_PROBE_DROP;
    gst_buffer_unref(buffer);
    return GST_PAD_PROBE_OK;
}

static void side_gone(gpointer data) {
    mediakit_gate_unref(((Side *)data)->gate);
    g_free(data);
}

void mediakit_gate_watch(MediaGate *gate, GstElement *element, gboolean incoming) {
    GstPad *pad = gst_element_get_static_pad(element, incoming ? "src" : "sink");
    if (!pad) return;
    Side *side = g_new(Side, 1);
    *side = (Side){gate, incoming};
    g_atomic_int_inc(&gate->references);
    gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, packet, side, side_gone);
    gst_object_unref(pad);
}

struct MediaSizes {
    gint references;
    GMutex lock;
    guint smallest, largest;
    guint64 count;
};

static void sizes_unref(gpointer data) {
    MediaSizes *sizes = data;
    if (!g_atomic_int_dec_and_test(&sizes->references)) return;
    g_mutex_clear(&sizes->lock);
    g_free(sizes);
}

void mediakit_sizes_unref(MediaSizes *sizes) { sizes_unref(sizes); }

static gboolean measure(GstBuffer **buffer, guint index, gpointer data) {
    MediaSizes *sizes = data;
    guint size = (guint)gst_buffer_get_size(*buffer);
    g_mutex_lock(&sizes->lock);
    sizes->smallest = sizes->count ? MIN(sizes->smallest, size) : size;
    sizes->largest = MAX(sizes->largest, size);
    sizes->count += 1;
    g_mutex_unlock(&sizes->lock);
    return TRUE;
}

static GstPadProbeReturn sized(GstPad *pad, GstPadProbeInfo *info, gpointer data) {
    mediakit_each_packet(info, measure, data);
    return GST_PAD_PROBE_OK;
}

MediaSizes *mediakit_sizes_new(GstElement *element) {
    GstPad *pad = gst_element_get_static_pad(element, "src");
    MediaSizes *sizes = g_new0(MediaSizes, 1);
    sizes->references = 2;
    g_mutex_init(&sizes->lock);
    gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, sized, sizes, sizes_unref);
    gst_object_unref(pad);
    return sizes;
}

void mediakit_sizes_read(MediaSizes *sizes, guint *smallest, guint *largest, guint64 *count) {
    g_mutex_lock(&sizes->lock);
    *smallest = sizes->smallest;
    *largest = sizes->largest;
    *count = sizes->count;
    g_mutex_unlock(&sizes->lock);
}
