#include "CMediaKit.h"

// A further stream of the agent. webrtcbin knows nothing of it: packets that come over it enter where its own do, and its
// own go out over it as soon as it leads somewhere.
struct MediaWay {
    NiceAgent *agent;
    guint stream;
    GstElement *source, *sink;
    GstPad *pad;
    GMainContext *context;
    GMainLoop *loop;
    GThread *thread;
    MediaWayFound found;
    MediaWayChanged changed;
    gpointer box;
    GDestroyNotify drop;
    gulong handlers[2];
};

static void cleared(gpointer data) {
    MediaWay *way = data;
    if (way->drop) way->drop(way->box);
    g_clear_object(&way->agent);
    gst_clear_object(&way->source);
    gst_clear_object(&way->sink);
    gst_clear_object(&way->pad);
    g_clear_pointer(&way->loop, g_main_loop_unref);
    g_clear_pointer(&way->context, g_main_context_unref);
}

static void way_unref(gpointer way) { g_atomic_rc_box_release_full(way, cleared); }
static void way_unref_closure(gpointer way, GClosure *closure) { way_unref(way); }

void mediakit_way_unref(MediaWay *way) { way_unref(way); }

static void found(NiceAgent *agent, NiceCandidate *candidate, MediaWay *way) {
    if (candidate->stream_id != way->stream) return;
    char *text = nice_agent_generate_local_candidate_sdp(agent, candidate);
    if (text) way->found(way->box, g_str_has_prefix(text, "a=") ? text + 2 : text);
    g_free(text);
}

static void changed(NiceAgent *agent, guint stream, guint component, guint state, MediaWay *way) {
    if (stream != way->stream || component != 1) return;
    gboolean leads = state == NICE_COMPONENT_STATE_CONNECTED || state == NICE_COMPONENT_STATE_READY;
    if (leads) g_object_set(way->sink, "stream", stream, NULL);
    if (leads || state == NICE_COMPONENT_STATE_FAILED) way->changed(way->box, leads);
}

static void received(NiceAgent *agent, guint stream, guint component, guint length, gchar *bytes, gpointer data) {
    MediaWay *way = data;
    GstBuffer *buffer = gst_buffer_new_memdup(bytes, length);
    GstClock *clock = gst_element_get_clock(way->source);
    if (clock) {
        GST_BUFFER_DTS(buffer) = gst_clock_get_time(clock) - gst_element_get_base_time(way->source);
        GST_BUFFER_PTS(buffer) = GST_BUFFER_DTS(buffer);
        gst_object_unref(clock);
    }
    // What comes next takes it under the lock of its stream, so that it cannot meet a packet of the source itself. It says
    // no only at the end.
    gst_pad_push(way->pad, buffer);
}

static gpointer receive(gpointer data) {
    MediaWay *way = data;
    g_main_loop_run(way->loop);
    way_unref(way);
    return NULL;
}

// The element of this kind that carries the call; the caller owns the reference.
static GstElement *part(GstElement *pipeline, const char *kind) {
    GstIterator *parts = gst_bin_iterate_all_by_element_factory_name(GST_BIN(pipeline), kind);
    GValue value = G_VALUE_INIT;
    GstElement *element = NULL;
    if (gst_iterator_next(parts, &value) == GST_ITERATOR_OK) {
        element = g_value_dup_object(&value);
        g_value_unset(&value);
    }
    gst_iterator_free(parts);
    return element;
}

MediaWay *mediakit_way_new(
    NiceAgent *agent, GstElement *pipeline, MediaWayFound on_found, MediaWayChanged on_changed, gpointer box,
    GDestroyNotify drop) {
    MediaWay *way = g_atomic_rc_box_new0(MediaWay);
    way->agent = g_object_ref(agent);
    way->found = on_found;
    way->changed = on_changed;
    way->box = box;
    way->drop = drop;
    way->source = part(pipeline, "nicesrc");
    way->sink = part(pipeline, "nicesink");
    way->pad = way->source ? gst_element_get_static_pad(way->source, "src") : NULL;
    way->stream = way->pad && way->sink ? nice_agent_add_stream(agent, 1) : 0;
    if (!way->stream) {
        way_unref(way);
        return NULL;
    }
    way->context = g_main_context_new();
    way->loop = g_main_loop_new(way->context, FALSE);
    way->handlers[0] = g_signal_connect_data(
        agent, "new-candidate-full", G_CALLBACK(found), g_atomic_rc_box_acquire(way), way_unref_closure, 0);
    way->handlers[1] = g_signal_connect_data(
        agent, "component-state-changed", G_CALLBACK(changed), g_atomic_rc_box_acquire(way), way_unref_closure, 0);
    nice_agent_attach_recv(agent, way->stream, 1, way->context, received, way);
    way->thread = g_thread_new("way", receive, g_atomic_rc_box_acquire(way));
    return way;
}

guint mediakit_way_stream(const MediaWay *way) { return way->stream; }

void mediakit_way_add_relay(MediaWay *way, const char *url) {
    GstUri *uri = gst_uri_from_string(url);
    const char *both = uri ? gst_uri_get_userinfo(uri) : NULL;
    char **names = both ? g_strsplit(both, ":", 2) : NULL;
    if (names && names[0] && names[1] && gst_uri_get_host(uri)) {
        char *user = g_uri_unescape_string(names[0], NULL), *password = g_uri_unescape_string(names[1], NULL);
        const char *transport = gst_uri_get_query_value(uri, "transport");
        NiceRelayType type = g_strcmp0(gst_uri_get_scheme(uri), "turns") == 0 ? NICE_RELAY_TYPE_TURN_TLS
            : g_strcmp0(transport, "tcp") == 0 ? NICE_RELAY_TYPE_TURN_TCP : NICE_RELAY_TYPE_TURN_UDP;
        if (user && password)
            nice_agent_set_relay_info(
                way->agent, way->stream, 1, gst_uri_get_host(uri), gst_uri_get_port(uri), user, password, type);
        g_free(user);
        g_free(password);
    }
    g_strfreev(names);
    if (uri) gst_uri_unref(uri);
}

gboolean mediakit_way_gather(MediaWay *way) { return nice_agent_gather_candidates(way->agent, way->stream); }

gboolean mediakit_way_expect(MediaWay *way, const char *fragment, const char *password) {
    return nice_agent_set_remote_credentials(way->agent, way->stream, fragment, password);
}

void mediakit_way_add(MediaWay *way, const char *text) {
    char *line = g_str_has_prefix(text, "a=") ? g_strdup(text) : g_strconcat("a=", text, NULL);
    NiceCandidate *candidate = nice_agent_parse_remote_candidate_sdp(way->agent, way->stream, line);
    g_free(line);
    // Names instead of addresses cannot be read, and are not looked up.
    if (!candidate) return;
    GSList one = {candidate, NULL};
    if (candidate->component_id == 1) nice_agent_set_remote_candidates(way->agent, way->stream, 1, &one);
    nice_candidate_free(candidate);
}

void mediakit_way_close(MediaWay *way) {
    for (int i = 0; i < 2; i++) g_signal_handler_disconnect(way->agent, way->handlers[i]);
    nice_agent_attach_recv(way->agent, way->stream, 1, way->context, NULL, NULL);
    nice_agent_remove_stream(way->agent, way->stream);
    g_main_loop_quit(way->loop);
    g_thread_join(g_steal_pointer(&way->thread));
}
