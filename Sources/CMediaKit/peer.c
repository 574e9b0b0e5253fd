#include <malloc.h>

#include "CMediaKit.h"

typedef struct {
    MediaReply done;
    gpointer box;
} Pending;

static void replied(GstPromise *promise, gpointer data) {
    Pending *pending = data;
    gboolean is_there = gst_promise_wait(promise) == GST_PROMISE_RESULT_REPLIED;
    pending->done(pending->box, is_there ? gst_promise_get_reply(promise) : NULL);
    gst_promise_unref(promise);
}

static GstPromise *promise(MediaReply done, gpointer box) {
    Pending *pending = g_new(Pending, 1);
    *pending = (Pending){done, box};
    return gst_promise_new_with_change_func(replied, pending, g_free);
}

void mediakit_create(GstElement *peer, const char *signal, MediaReply done, gpointer box) {
    g_signal_emit_by_name(peer, signal, NULL, promise(done, box));
}

void mediakit_set_description(
    GstElement *peer, const char *signal, GstWebRTCSessionDescription *description, MediaReply done, gpointer box) {
    g_signal_emit_by_name(peer, signal, description, promise(done, box));
}

GstWebRTCSessionDescription *mediakit_description(const char *kind, const char *text) {
    GstSDPMessage *message = NULL;
    if (gst_sdp_message_new_from_text(text, &message) != GST_SDP_OK) return NULL;
    return gst_webrtc_session_description_new(
        g_str_equal(kind, "offer") ? GST_WEBRTC_SDP_TYPE_OFFER : GST_WEBRTC_SDP_TYPE_ANSWER, message);
}

char *mediakit_reply_text(const GstStructure *reply, const char *kind) {
    GstWebRTCSessionDescription *description = NULL;
    if (!reply || !gst_structure_get(reply, kind, GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &description, NULL)) return NULL;
    char *text = gst_sdp_message_as_text(description->sdp);
    gst_webrtc_session_description_free(description);
    return text;
}

char *mediakit_reply_error(const GstStructure *reply) {
    GError *error = NULL;
    if (!reply || !gst_structure_has_field_typed(reply, "error", G_TYPE_ERROR)) return NULL;
    gst_structure_get(reply, "error", G_TYPE_ERROR, &error, NULL);
    char *text = g_strdup(error ? error->message : "unknown");
    g_clear_error(&error);
    return text;
}

void mediakit_add_candidate(GstElement *peer, guint media_index, const char *text) {
    g_signal_emit_by_name(peer, "add-ice-candidate", media_index, text);
}

gboolean mediakit_add_relay(GstElement *peer, const char *url) {
    gboolean added = FALSE;
    g_signal_emit_by_name(peer, "add-turn-server", url, &added);
    return added;
}

GObject *mediakit_create_channel(GstElement *peer, const char *label, int id) {
    GObject *channel = NULL;
    GstStructure *options = gst_structure_new(
        "options", "ordered", G_TYPE_BOOLEAN, TRUE, "negotiated", G_TYPE_BOOLEAN, TRUE, "id", G_TYPE_INT, id, NULL);
    g_signal_emit_by_name(peer, "create-data-channel", label, options, &channel);
    gst_structure_free(options);
    return channel;
}

void mediakit_send_text(GObject *channel, const char *text) { g_signal_emit_by_name(channel, "send-string", text); }

NiceAgent *mediakit_agent(GstElement *peer) {
    GObject *ice = NULL, *agent = NULL;
    g_object_get(peer, "ice-agent", &ice, NULL);
    if (!ice) return NULL;
    g_object_get(ice, "agent", &agent, NULL);
    g_object_unref(ice);
    // Without consent checks a peer that is gone is never noticed.
    if (agent) g_object_set(agent, "ice-tcp", FALSE, "upnp", FALSE, "keepalive-conncheck", TRUE, NULL);
    return (NiceAgent *)agent;
}

gboolean mediakit_restart(NiceAgent *agent) { return nice_agent_restart(agent); }

gboolean mediakit_names(NiceAgent *agent, guint stream, char **fragment, char **password) {
    return nice_agent_get_local_credentials(agent, stream, fragment, password);
}

static void describe(const NiceCandidate *candidate, int *kind, char address[64]) {
    *kind = candidate->type;
    nice_address_to_string(&candidate->addr, address);
    gsize length = strlen(address);
    g_snprintf(address + length, 64 - length, " %u", nice_address_get_port(&candidate->addr));
}

gboolean mediakit_selected_pair(NiceAgent *agent, guint stream, MediaPair *pair) {
    NiceCandidate *local = NULL, *remote = NULL;
    if (!nice_agent_get_selected_pair(agent, stream, 1, &local, &remote)) return FALSE;
    describe(local, &pair->local, pair->local_address);
    describe(remote, &pair->remote, pair->remote_address);
    return TRUE;
}

void mediakit_add_line(GstElement *peer, const char *forms, gboolean repeats) {
    GstCaps *caps = gst_caps_from_string(forms);
    GstWebRTCRTPTransceiver *transceiver = NULL;
    if (!caps) return;
    g_signal_emit_by_name(
        peer, "add-transceiver", GST_WEBRTC_RTP_TRANSCEIVER_DIRECTION_SENDRECV, caps, &transceiver);
    gst_caps_unref(caps);
    if (!transceiver) return;
    g_object_set(transceiver, "do-nack", repeats, NULL);
    gst_object_unref(transceiver);
}

void mediakit_set_repeats_lost(GstPad *pad, gboolean repeats) {
    GstWebRTCRTPTransceiver *transceiver = NULL;
    g_object_get(pad, "transceiver", &transceiver, NULL);
    if (!transceiver) return;
    g_object_set(transceiver, "do-nack", repeats, NULL);
    gst_object_unref(transceiver);
}

void mediakit_tune_session(GstElement *element) {
    GObject *session = NULL;
    g_object_get(element, "internal-session", &session, NULL);
    if (!session) return;
    // By default the reports of a bundle wait for one another, and lost packets are asked for too late. What is told of each
    // picture's packets comes with every picture, and each time the full reports wait anew: they would never be sent. So it
    // comes in steps, and between two of them there is always time for a full report; how much may be sent for reports must
    // not depend on how little is sent otherwise.
    g_object_set(
        session, "rtcp-immediate-feedback-threshold", 1000u, "rtcp-min-interval", (guint64)(100 * GST_MSECOND),
        "twcc-feedback-interval", (guint64)(100 * GST_MSECOND), "bandwidth", 2e6, NULL);
    g_object_unref(session);
}

void mediakit_ask_for_keyframe(GstElement *encoder) {
    GstPad *pad = gst_element_get_static_pad(encoder, "src");
    if (!pad) return;
    GstStructure *structure =
        gst_structure_new("GstForceKeyUnit", "all-headers", G_TYPE_BOOLEAN, TRUE, "count", G_TYPE_UINT, 0, NULL);
    gst_pad_send_event(pad, gst_event_new_custom(GST_EVENT_CUSTOM_UPSTREAM, structure));
    gst_object_unref(pad);
}

typedef struct {
    NiceAgent *agent;
    MediaChanged done;
    gpointer box;
} Closing;

static void closed(GObject *agent, GAsyncResult *result, gpointer data) {
    Closing *closing = data;
    closing->done(closing->box);
    g_object_unref(closing->agent);
    g_free(closing);
}

static gboolean begin_closing(gpointer data) {
    Closing *closing = data;
    GMainContext *context = NULL;  // lent by the agent
    g_object_get(closing->agent, "main-context", &context, NULL);
    // The answer comes to whoever's context asks, and only the agent's own is certain to be looked after.
    g_main_context_push_thread_default(context);
    nice_agent_close_async(closing->agent, closed, closing);
    g_main_context_pop_thread_default(context);
    return G_SOURCE_REMOVE;
}

void mediakit_close_agent(NiceAgent *agent, MediaChanged done, gpointer box) {
    GMainContext *context = NULL;
    g_object_get(agent, "main-context", &context, NULL);
    Closing *closing = g_new(Closing, 1);
    *closing = (Closing){g_object_ref(agent), done, box};
    // Not g_main_context_invoke, which runs things here while nobody looks after the context.
    GSource *source = g_idle_source_new();
    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, begin_closing, closing, NULL);
    g_source_attach(source, context);
    g_source_unref(source);
}

void mediakit_trim(void) { malloc_trim(0); }

void mediakit_share_heaps(void) { mallopt(M_ARENA_MAX, 2); }
