#include "CGtkKit.h"

static void marshal(GClosure *closure, GValue *result, guint count, const GValue *arguments, gpointer hint, gpointer data) {
    ((GtkkitInvoke)((GCClosure *)closure)->callback)(closure->data, result, count, arguments);
}

gulong gtkkit_connect(gpointer object, const char *signal, GtkkitInvoke invoke, gpointer box, GDestroyNotify drop) {
    GClosure *closure = g_cclosure_new(G_CALLBACK(invoke), box, (GClosureNotify)G_CALLBACK(drop));
    g_closure_set_marshal(closure, marshal);
    return g_signal_connect_closure(object, signal, closure, FALSE);
}

gulong gtkkit_connect_notify(gpointer object, const char *property, GtkkitInvoke invoke, gpointer box, GDestroyNotify drop) {
    char *signal = g_strconcat("notify::", property, NULL);
    gulong handler = gtkkit_connect(object, signal, invoke, box, drop);
    g_free(signal);
    return handler;
}

gboolean gtkkit_is_a(gpointer object, GType type) {
    return object != NULL && G_TYPE_CHECK_INSTANCE_TYPE(object, type);
}

GType gtkkit_type_of(gpointer object) { return G_OBJECT_TYPE(object); }

const char *gtkkit_type_name(gpointer object) { return G_OBJECT_TYPE_NAME(object); }

gboolean gtkkit_value_is_string(const GValue *value) { return G_VALUE_HOLDS_STRING(value); }

typedef struct {
    void (*gone)(gpointer);
    gpointer data;
} Watch;

static void watched_gone(gpointer data, GObject *object) {
    Watch *watch = data;
    watch->gone(watch->data);
    g_free(watch);
}

gpointer gtkkit_connect_weak(gpointer object, void (*gone)(gpointer), gpointer data) {
    Watch *watch = g_new(Watch, 1);
    watch->gone = gone;
    watch->data = data;
    g_object_weak_ref(object, watched_gone, watch);
    return watch;
}
