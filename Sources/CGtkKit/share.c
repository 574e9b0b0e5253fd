#include "CGtkKit.h"

struct _GtkkitShare {
    GtkLayoutManager parent_instance;
    double share;
    gboolean at_end;
};

G_DEFINE_FINAL_TYPE(GtkkitShare, gtkkit_share, GTK_TYPE_LAYOUT_MANAGER)

static int child_width(GtkkitShare *layout, GtkWidget *child, int width) {
    int minimum, natural;
    gtk_widget_measure(child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
    if (layout->share >= 1) return width;
    return MIN(width, MAX(minimum, MIN(natural, (int)(layout->share * width))));
}

static GtkSizeRequestMode request_mode(GtkLayoutManager *manager, GtkWidget *widget) {
    return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void measure(
    GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
    int *minimum_baseline, int *natural_baseline) {
    GtkWidget *child = gtk_widget_get_first_child(widget);
    *minimum = *natural = 0;
    if (!child || !gtk_widget_should_layout(child)) return;
    // A wrapped text never asks for more width to get along with less height: GTK would push its window wider.
    if (orientation == GTK_ORIENTATION_HORIZONTAL) for_size = -1;
    else if (for_size >= 0) for_size = child_width(GTKKIT_SHARE(manager), child, for_size);
    gtk_widget_measure(child, orientation, for_size, minimum, natural, NULL, NULL);
}

static void allocate(GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline) {
    GtkkitShare *layout = GTKKIT_SHARE(manager);
    GtkWidget *child = gtk_widget_get_first_child(widget);
    if (!child || !gtk_widget_should_layout(child)) return;
    int own = child_width(layout, child, width);
    gboolean is_mirrored = gtk_widget_get_direction(widget) == GTK_TEXT_DIR_RTL;
    GtkAllocation place = {layout->at_end != is_mirrored ? width - own : 0, 0, own, height};
    gtk_widget_size_allocate(child, &place, -1);
}

static void gtkkit_share_class_init(GtkkitShareClass *class) {
    GtkLayoutManagerClass *manager = GTK_LAYOUT_MANAGER_CLASS(class);
    manager->get_request_mode = request_mode;
    manager->measure = measure;
    manager->allocate = allocate;
}

static void gtkkit_share_init(GtkkitShare *layout) {}

void gtkkit_share_apply(GtkWidget *widget, double share, gboolean at_end) {
    GtkkitShare *layout = g_object_new(GTKKIT_TYPE_SHARE, NULL);
    layout->share = share;
    layout->at_end = at_end;
    gtk_widget_set_layout_manager(widget, GTK_LAYOUT_MANAGER(layout));
}
