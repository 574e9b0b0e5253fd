#include "CGtkKit.h"

struct _GtkkitItem {
    GObject parent_instance;
    gpointer payload;
    GDestroyNotify drop;
};

G_DEFINE_FINAL_TYPE(GtkkitItem, gtkkit_item, G_TYPE_OBJECT)

static void gtkkit_item_finalize(GObject *object) {
    GtkkitItem *item = GTKKIT_ITEM(object);
    if (item->drop) item->drop(item->payload);
    G_OBJECT_CLASS(gtkkit_item_parent_class)->finalize(object);
}

static void gtkkit_item_class_init(GtkkitItemClass *class) { G_OBJECT_CLASS(class)->finalize = gtkkit_item_finalize; }

static void gtkkit_item_init(GtkkitItem *item) {}

GtkkitItem *gtkkit_item_new(gpointer payload, GDestroyNotify drop) {
    GtkkitItem *item = g_object_new(GTKKIT_TYPE_ITEM, NULL);
    item->payload = payload;
    item->drop = drop;
    return item;
}

gpointer gtkkit_item_get_payload(gpointer item) { return GTKKIT_ITEM(item)->payload; }

GType gtkkit_item_type(void) { return GTKKIT_TYPE_ITEM; }
