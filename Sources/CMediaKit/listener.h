#pragma once
#include "CMediaKit.h"

// Who is told about something, as an object of GStreamer's keeps it.
typedef struct {
    union {
        MediaSample sample;
        MediaMessage message;
        MediaArrival arrival;
        MediaReported report;
        MediaChanged change;
    } told;
    gpointer box;
    GDestroyNotify drop;
} MediaListener;

static inline void mediakit_listener_gone(gpointer data) {
    MediaListener *listener = data;
    listener->drop(listener->box);
    g_free(listener);
}
