#include "CMediaKit.h"
#include "listener.h"

static void marshal(GClosure *closure, GValue *result, guint count, const GValue *values, gpointer hint, gpointer data) {
    ((MediaInvoke)((GCClosure *)closure)->callback)(closure->data, count, values);
}

gulong mediakit_connect(gpointer object, const char *signal, MediaInvoke invoke, gpointer box, GDestroyNotify release) {
    GClosure *closure = g_cclosure_new(G_CALLBACK(invoke), box, (GClosureNotify)G_CALLBACK(release));
    g_closure_set_marshal(closure, marshal);
    return g_signal_connect_closure(object, signal, closure, FALSE);
}

static GstFlowReturn new_sample(GstAppSink *sink, gpointer data) {
    MediaListener *listener = data;
    GstSample *sample = gst_app_sink_pull_sample(sink);
    if (!sample) return GST_FLOW_EOS;
    listener->told.sample(listener->box, sample);
    gst_sample_unref(sample);
    return GST_FLOW_OK;
}

void mediakit_on_sample(GstElement *sink, MediaSample received, gpointer box, GDestroyNotify drop) {
    MediaListener *listener = g_new(MediaListener, 1);
    *listener = (MediaListener){{.sample = received}, box, drop};
    GstAppSinkCallbacks callbacks = {.new_sample = new_sample};
    gst_app_sink_set_callbacks(GST_APP_SINK(sink), &callbacks, listener, mediakit_listener_gone);
}

static GstBusSyncReply message(GstBus *bus, GstMessage *message, gpointer data) {
    MediaListener *listener = data;
    if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
        GError *error = NULL;
        gst_message_parse_error(message, &error, NULL);
        char *name = gst_object_get_name(GST_MESSAGE_SRC(message));
        char *text = g_strconcat(name, ": ", error->message, NULL);
        listener->told.message(listener->box, MEDIA_MESSAGE_ERROR, text);
        g_free(text);
        g_free(name);
        g_error_free(error);
    } else if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS) {
        listener->told.message(listener->box, MEDIA_MESSAGE_END, "");
    }
    gst_message_unref(message);
    return GST_BUS_DROP;
}

void mediakit_on_message(GstElement *pipeline, MediaMessage received, gpointer box, GDestroyNotify drop) {
    MediaListener *listener = g_new(MediaListener, 1);
    *listener = (MediaListener){{.message = received}, box, drop};
    GstBus *bus = gst_element_get_bus(pipeline);
    gst_bus_set_sync_handler(bus, message, listener, mediakit_listener_gone);
    gst_object_unref(bus);
}

GstClockTime mediakit_now(void) {
    GstClock *clock = gst_system_clock_obtain();
    GstClockTime now = gst_clock_get_time(clock);
    gst_object_unref(clock);
    return now;
}

void mediakit_share_clock(GstElement *pipeline, GstClockTime base) {
    GstClock *clock = gst_system_clock_obtain();
    gst_pipeline_use_clock(GST_PIPELINE(pipeline), clock);
    gst_element_set_start_time(pipeline, GST_CLOCK_TIME_NONE);
    gst_element_set_base_time(pipeline, base);
    gst_object_unref(clock);
}

gboolean mediakit_has_ended(GstElement *sink) {
    GstPad *pad = gst_element_get_static_pad(sink, "sink");
    if (!pad) return TRUE;
    gboolean has_ended = GST_PAD_IS_EOS(pad);
    gst_object_unref(pad);
    return has_ended;
}

char *mediakit_text(gpointer object, const char *property) {
    char *text = NULL;
    g_object_get(object, property, &text, NULL);
    return text;
}

int mediakit_number(gpointer object, const char *property) {
    int number = 0;
    g_object_get(object, property, &number, NULL);
    return number;
}

const char *mediakit_kind(gpointer element) {
    GstElementFactory *factory = gst_element_get_factory(GST_ELEMENT(element));
    return factory ? GST_OBJECT_NAME(factory) : NULL;
}
