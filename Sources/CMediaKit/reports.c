#include <gst/rtp/rtp.h>

#include "CMediaKit.h"
#include "listener.h"

// Sender reports carry the time since 1900 in 1/65,536 s, of which these 32 bits come back.
// - Source: RFC 3550 §4, §6.4.1
static guint32 short_time(void) {
    const guint64 before_1970 = G_GUINT64_CONSTANT(2208988800) * G_USEC_PER_SEC;
    return (guint32)gst_util_uint64_scale(g_get_real_time() + before_1970, 65536, G_USEC_PER_SEC);
}

static double round_trip(guint32 last, guint32 delay) {
    if (last == 0) return -1;
    gint32 time = (gint32)(short_time() - last - delay);
    // Clocks of coarser grain can come out a little below nothing. What takes a minute is no way, but nonsense.
    return time < -65536 || time > 60 * 65536 ? -1 : MAX(time, 0) / 65536.0;
}

static void tell(GstRTCPPacket *packet, MediaListener *listener) {
    guint count = gst_rtcp_packet_get_rb_count(packet);
    for (guint index = 0; index < count; index++) {
        MediaReport report;
        guint8 share;
        guint32 jitter, last, delay;
        gst_rtcp_packet_get_rb(
            packet, index, &report.source, &share, &report.lost, &report.highest, &jitter, &last, &delay);
        report.round_trip = round_trip(last, delay);
        listener->told.report(listener->box, &report);
    }
}

static void received(GObject *session, GstBuffer *buffer, gpointer data) {
    GstRTCPBuffer reports = GST_RTCP_BUFFER_INIT;
    GstRTCPPacket packet;
    if (!gst_rtcp_buffer_validate_reduced(buffer) || !gst_rtcp_buffer_map(buffer, GST_MAP_READ, &reports)) return;
    for (gboolean more = gst_rtcp_buffer_get_first_packet(&reports, &packet); more;
         more = gst_rtcp_packet_move_to_next(&packet)) {
        GstRTCPType kind = gst_rtcp_packet_get_type(&packet);
        if (kind == GST_RTCP_TYPE_SR || kind == GST_RTCP_TYPE_RR) tell(&packet, data);
    }
    gst_rtcp_buffer_unmap(&reports);
}

static void gone(gpointer data, GClosure *closure) { mediakit_listener_gone(data); }

void mediakit_on_report(GstElement *element, MediaReported reported, gpointer box, GDestroyNotify drop) {
    MediaListener *listener = g_new(MediaListener, 1);
    *listener = (MediaListener){{.report = reported}, box, drop};
    GObject *session = NULL;
    g_object_get(element, "internal-session", &session, NULL);
    if (!session) {
        mediakit_listener_gone(listener);
        return;
    }
    g_signal_connect_data(session, "on-receiving-rtcp", G_CALLBACK(received), listener, gone, 0);
    g_object_unref(session);
}
