#include "CGtkKit.h"
#include <sys/eventfd.h>

// The door that CoreFoundation uses; libdispatch exports it on Linux.
extern int _dispatch_get_main_queue_handle_4CF(void);
extern void _dispatch_main_queue_callback_4CF(void *);

static gboolean drain(gint descriptor, GIOCondition condition, gpointer data) {
    eventfd_t value;
    eventfd_read(descriptor, &value);
    _dispatch_main_queue_callback_4CF(NULL);
    return G_SOURCE_CONTINUE;
}

void gtkkit_install_main_queue(void) { g_unix_fd_add(_dispatch_get_main_queue_handle_4CF(), G_IO_IN, drain, NULL); }
