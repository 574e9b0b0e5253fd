#include "CGtkKit.h"
#include <sys/eventfd.h>
#include <time.h>

// The door that CoreFoundation uses; libdispatch exports it on Linux.
extern int _dispatch_get_main_queue_handle_4CF(void);
extern void _dispatch_main_queue_callback_4CF(void *);

// Microseconds that the main queue took since the loop last waited. Counted only while stalls are watched.
static gint64 queue_time;
static GtkkitStall stall;
static gpointer stall_box;
static gint64 stall_limit, awake_since, cpu_since;

static gboolean drain(gint descriptor, GIOCondition condition, gpointer data) {
    eventfd_t value;
    eventfd_read(descriptor, &value);
    gint64 start = stall ? g_get_monotonic_time() : 0;
    _dispatch_main_queue_callback_4CF(NULL);
    if (stall) queue_time += g_get_monotonic_time() - start;
    return G_SOURCE_CONTINUE;
}

// Frames and jobs take turns: at a higher priority, a long series of jobs would leave the window unpainted until its end.
void gtkkit_install_main_queue(void) {
    g_unix_fd_add_full(GDK_PRIORITY_REDRAW, _dispatch_get_main_queue_handle_4CF(), G_IO_IN, drain, NULL, NULL);
}

// Microseconds of processor time that this thread took: less than what passed where others had the processor.
static gint64 cpu_time(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

// Between two polls the loop does one round of work, and looks at nothing else meanwhile.
static gint watched_poll(GPollFD *descriptors, guint count, gint timeout) {
    gint64 busy = awake_since ? g_get_monotonic_time() - awake_since : 0;
    if (busy > stall_limit) stall(stall_box, busy, cpu_time() - cpu_since, queue_time);
    gint result = g_poll(descriptors, count, timeout);
    queue_time = 0;
    awake_since = g_get_monotonic_time();
    cpu_since = cpu_time();
    return result;
}

void gtkkit_watch_stalls(gint64 limit, GtkkitStall report, gpointer box) {
    stall_limit = limit;
    stall_box = box;
    stall = report;
    g_main_context_set_poll_func(g_main_context_default(), watched_poll);
}
