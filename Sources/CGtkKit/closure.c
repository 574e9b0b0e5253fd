#include "CGtkKit.h"

typedef struct {
    GClosure closure;
    GtkkitInvoke invoke;
} Closure;

static void marshal(GClosure *closure, GValue *result, guint count, const GValue *arguments, gpointer hint, gpointer data) {
    ((Closure *)closure)->invoke(closure->data, result, count, arguments);
}

typedef struct {
    gpointer box;
    GDestroyNotify drop;
} Drop;

// GLib overwrites closure->data while notifiers run, so the box travels as the notifier's own data.
static void finalized(gpointer data, GClosure *closure) {
    Drop *drop = data;
    drop->drop(drop->box);
    g_free(drop);
}

static GClosure *make(GtkkitInvoke invoke, gpointer box, GDestroyNotify release) {
    GClosure *closure = g_closure_new_simple(sizeof(Closure), box);
    ((Closure *)closure)->invoke = invoke;
    g_closure_set_marshal(closure, marshal);
    Drop *drop = g_new(Drop, 1);
    drop->box = box;
    drop->drop = release;
    g_closure_add_finalize_notifier(closure, drop, finalized);
    return closure;
}

gulong gtkkit_connect(gpointer object, const char *signal, GtkkitInvoke invoke, gpointer box, GDestroyNotify drop) {
    return g_signal_connect_closure(object, signal, make(invoke, box, drop), FALSE);
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
