#include "CMediaKit.h"
#include "listener.h"

static GstBusSyncReply heard(GstBus *bus, GstMessage *message, gpointer data) {
    MediaListener *listener = data;
    switch (GST_MESSAGE_TYPE(message)) {
        case GST_MESSAGE_DEVICE_ADDED:
        case GST_MESSAGE_DEVICE_REMOVED:
        case GST_MESSAGE_DEVICE_CHANGED: listener->told.change(listener->box); break;
        default: break;
    }
    gst_message_unref(message);
    return GST_BUS_DROP;
}

GstDeviceMonitor *mediakit_monitor_new(MediaChanged changed, gpointer box, GDestroyNotify drop) {
    GstDeviceMonitor *monitor = gst_device_monitor_new();  // not floating, unlike most of what is new
    gst_device_monitor_add_filter(monitor, "Audio/Source", NULL);
    gst_device_monitor_add_filter(monitor, "Audio/Sink", NULL);
    gst_device_monitor_add_filter(monitor, "Video/Source", NULL);
    MediaListener *listener = g_new(MediaListener, 1);
    *listener = (MediaListener){{.change = changed}, box, drop};
    GstBus *bus = gst_device_monitor_get_bus(monitor);
    gst_bus_set_sync_handler(bus, heard, listener, mediakit_listener_gone);
    gst_object_unref(bus);
    return monitor;
}

char *mediakit_device_text(GstDevice *device, const char *field) {
    GParamSpec *property = g_object_class_find_property(G_OBJECT_GET_CLASS(device), field);
    if (property && property->value_type == G_TYPE_STRING) return mediakit_text(device, field);
    GstStructure *fields = gst_device_get_properties(device);
    char *text = fields ? g_strdup(gst_structure_get_string(fields, field)) : NULL;
    gst_clear_structure(&fields);
    return text;
}

gboolean mediakit_device_flag(GstDevice *device, const char *field) {
    GstStructure *fields = gst_device_get_properties(device);
    gboolean flag = FALSE;
    if (fields) gst_structure_get_boolean(fields, field, &flag);
    gst_clear_structure(&fields);
    return flag;
}
