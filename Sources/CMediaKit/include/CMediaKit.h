#pragma once
#define GST_USE_UNSTABLE_API 1
#include <gst/app/app.h>
#include <gst/gst.h>
#include <gst/sdp/sdp.h>
#include <gst/webrtc/webrtc.h>
#include <nice/agent.h>

// The little C that MediaKit cannot do without: functions with variable arguments, and what looks at every buffer.
// Everything here may be called from any thread unless it says otherwise.

// Signals. `invoke` runs on whatever thread emits; `drop` is called once when the connection is gone.
typedef void (*MediaInvoke)(gpointer box, guint count, const GValue *values);
gulong mediakit_connect(gpointer object, const char *signal, MediaInvoke invoke, gpointer box, GDestroyNotify drop);

// A property as text (to be freed with g_free) or as the number of an enumeration.
char *mediakit_text(gpointer object, const char *property);
int mediakit_number(gpointer object, const char *property);
// What kind of element it is; NULL for bins of an application.
const char *mediakit_kind(gpointer element);

// Promises of webrtcbin. `done` is called exactly once, with NULL when the promise was dropped.
typedef void (*MediaReply)(gpointer box, const GstStructure *reply);
void mediakit_create(GstElement *peer, const char *signal, MediaReply done, gpointer box);
void mediakit_set_description(
    GstElement *peer, const char *signal, GstWebRTCSessionDescription *description, MediaReply done, gpointer box);
GstWebRTCSessionDescription *mediakit_description(const char *kind, const char *text);
// The text of the field `kind` ("offer" or "answer") of a reply; to be freed with g_free.
char *mediakit_reply_text(const GstStructure *reply, const char *kind);
// The error in a reply, or NULL; to be freed with g_free.
char *mediakit_reply_error(const GstStructure *reply);

void mediakit_add_candidate(GstElement *peer, guint media_index, const char *text);
gboolean mediakit_add_relay(GstElement *peer, const char *url);

// A channel that both sides open without being told. NULL when the peer is not running yet.
GObject *mediakit_create_channel(GstElement *peer, const char *label, int id);
void mediakit_send_text(GObject *channel, const char *text);

// The agent that finds ways to the other side, with TCP and UPnP off. The caller owns the reference.
NiceAgent *mediakit_agent(GstElement *peer);
// Begins a new generation.
gboolean mediakit_restart(NiceAgent *agent);
// The names of the present generation of a stream; the texts are to be freed with g_free.
gboolean mediakit_names(NiceAgent *agent, guint stream, char **fragment, char **password);
// Gives back what relays hold for the agent; `done` is called when they have heard it, which may be never.
typedef void (*MediaChanged)(gpointer box);
void mediakit_close_agent(NiceAgent *agent, MediaChanged done, gpointer box);
typedef struct {
    int local, remote;  // NiceCandidateType
    char local_address[64], remote_address[64];
} MediaPair;
gboolean mediakit_selected_pair(NiceAgent *agent, guint stream, MediaPair *pair);

// New ways to the other side within a running call, over the addresses that this machine has now. The callbacks run on a
// thread of the agent's until the way was closed; closing waits for the last of them.
typedef struct MediaWay MediaWay;
typedef void (*MediaWayFound)(gpointer box, const char *candidate);
typedef void (*MediaWayChanged)(gpointer box, gboolean leads);
// NULL when the call has no connection yet.
MediaWay *mediakit_way_new(
    NiceAgent *agent, GstElement *pipeline, MediaWayFound found, MediaWayChanged changed, gpointer box,
    GDestroyNotify drop);
void mediakit_way_unref(MediaWay *way);
guint mediakit_way_stream(const MediaWay *way);
void mediakit_way_add_relay(MediaWay *way, const char *url);
// Whether there is any address to look from.
gboolean mediakit_way_gather(MediaWay *way);
gboolean mediakit_way_expect(MediaWay *way, const char *fragment, const char *password);
void mediakit_way_add(MediaWay *way, const char *candidate);
void mediakit_way_close(MediaWay *way);

// Gives the system back what was freed: the many threads of a call leave tens of megabytes in their own heaps.
void mediakit_trim(void);
// Lets all threads of the process share few heaps; to be called before there is a second one.
void mediakit_share_heaps(void);

// Adds a media line that sends and receives in one of the forms, the first one best. What it sends may be linked later.
void mediakit_add_line(GstElement *peer, const char *forms, gboolean repeats);
void mediakit_set_repeats_lost(GstPad *pad, gboolean repeats);
void mediakit_tune_session(GstElement *session);
// What the other side says of one stream that it receives: the number of the stream, the highest packet and how many are
// missing, both since its beginning, and the seconds from here to there and back, negative when it cannot be told.
typedef struct {
    guint32 source, highest;
    gint32 lost;
    double round_trip;
} MediaReport;
typedef void (*MediaReported)(gpointer box, const MediaReport *report);
void mediakit_on_report(GstElement *session, MediaReported reported, gpointer box, GDestroyNotify drop);
void mediakit_ask_for_keyframe(GstElement *encoder);

// What passes between the peers. Until the certificate is known to be the right one only the DTLS handshake passes; after
// a wrong one nothing does.
enum { MEDIA_GATE_HANDSHAKE, MEDIA_GATE_OPEN, MEDIA_GATE_SHUT };
typedef struct MediaGate MediaGate;
MediaGate *mediakit_gate_new(void);
void mediakit_gate_unref(MediaGate *gate);
void mediakit_gate_set(MediaGate *gate, int state);
// Watches the packets of a nicesrc (incoming) or nicesink. Of those that come back from others a share may be lost on
// purpose, which is how weak connections are tried.
void mediakit_gate_watch(MediaGate *gate, GstElement *element, gboolean incoming);
void mediakit_gate_lose(MediaGate *gate, double share);
typedef struct {
    guint64 received_bytes, sent_bytes, received_packets, sent_packets;
    gint64 last_received;  // microseconds of the monotonic clock, 0 for never
} MediaTraffic;
MediaTraffic mediakit_gate_traffic(MediaGate *gate);

// Smallest and largest packet that left an element.
typedef struct MediaSizes MediaSizes;
MediaSizes *mediakit_sizes_new(GstElement *element);
void mediakit_sizes_unref(MediaSizes *sizes);
void mediakit_sizes_read(MediaSizes *sizes, guint *smallest, guint *largest, guint64 *count);

// The loudest sample, 0 to 32,768, since somebody asked last. 16-bit samples only.
typedef struct MediaLoudness MediaLoudness;
MediaLoudness *mediakit_loudness_new(void);
void mediakit_loudness_unref(MediaLoudness *loudness);
void mediakit_loudness_watch(MediaLoudness *loudness, GstElement *element);
int mediakit_loudness_take(MediaLoudness *loudness);

// Writes the number of each frame into it: a row of twenty cells along the upper edge. I420 only.
void mediakit_number_frames(GstElement *element);

// Lets no picture pass whose sides are longer than these, whichever way up it stands, from the form that an element gives it.
void mediakit_bound_pictures(GstElement *element, int longer, int shorter);

// Samples of an appsink; `received` may keep the sample with gst_sample_ref.
typedef void (*MediaSample)(gpointer box, GstSample *sample);
void mediakit_on_sample(GstElement *sink, MediaSample received, gpointer box, GDestroyNotify drop);
// Errors of a pipeline; the text says nothing about files or devices of the user beyond what GStreamer writes.
typedef void (*MediaMessage)(gpointer box, int kind, const char *text);
enum { MEDIA_MESSAGE_ERROR, MEDIA_MESSAGE_END };
void mediakit_on_message(GstElement *pipeline, MediaMessage received, gpointer box, GDestroyNotify drop);
// Whether the end of the stream has come to a sink.
gboolean mediakit_has_ended(GstElement *sink);
// Puts the pipelines of one call on one clock, so that times in one mean the same in another.
void mediakit_share_clock(GstElement *pipeline, GstClockTime base);
GstClockTime mediakit_now(void);

// What can be heard and seen with. `changed` is called on a thread of GStreamer's whenever something came, went or became
// the default; the caller owns the reference, and starts and stops it.
GstDeviceMonitor *mediakit_monitor_new(MediaChanged changed, gpointer box, GDestroyNotify drop);
// A property of the device, or else a field of what its provider says of it; to be freed with g_free.
char *mediakit_device_text(GstDevice *device, const char *field);
gboolean mediakit_device_flag(GstDevice *device, const char *field);

// Gives an appsrc the same bytes once, or again and again without copying them; then its end.
void mediakit_supply(GstElement *source, gconstpointer bytes, gsize count, gboolean repeats);

// The jitter buffer that a pad of webrtcbin is fed from, or NULL; the caller owns the reference.
GstElement *mediakit_jitter_buffer(GstPad *pad);
// Every RTP packet that comes to it: when, in microseconds of the monotonic clock, and its timestamp.
typedef void (*MediaArrival)(gpointer box, gint64 arrival, guint32 timestamp);
void mediakit_on_arrival(GstElement *buffer, MediaArrival arrived, gpointer box, GDestroyNotify drop);
// Sets a latency while the element runs: milliseconds for jitter buffers, nanoseconds for an appsrc's `min-latency`.
void mediakit_set_latency(GstElement *element, const char *property, guint64 value);
