#include "CGtkKit.h"

// A horizontal box for wrapped text. GTK's own asks each child how wide it must be for the height it gets, and a label
// finds that out by laying its text out a dozen times: half a second for a page of messages. Nobody asks that here.
struct _GtkkitLine {
    GtkLayoutManager parent_instance;
    int spacing;
};

G_DEFINE_FINAL_TYPE(GtkkitLine, gtkkit_line, GTK_TYPE_LAYOUT_MANAGER)

#define MAXIMUM_CHILDREN 8

// Fills `sizes` with the children's widths in a line of that width; what is left over goes to those that expand.
static int share_out(GtkkitLine *layout, GtkWidget *widget, int width, GtkRequestedSize *sizes) {
    int count = 0, extra = width, expanding = 0;
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child; child = gtk_widget_get_next_sibling(child)) {
        if (!gtk_widget_should_layout(child) || count == MAXIMUM_CHILDREN) continue;
        GtkRequestedSize *size = &sizes[count++];
        size->data = child;
        gtk_widget_measure(
            child, GTK_ORIENTATION_HORIZONTAL, -1, &size->minimum_size, &size->natural_size, NULL, NULL);
        extra -= size->minimum_size;
        if (gtk_widget_compute_expand(child, GTK_ORIENTATION_HORIZONTAL)) expanding++;
    }
    extra -= MAX(0, count - 1) * layout->spacing;
    if (extra > 0) extra = gtk_distribute_natural_allocation(extra, count, sizes);
    for (int i = 0; i < count && extra > 0 && expanding > 0; i++) {
        if (!gtk_widget_compute_expand(sizes[i].data, GTK_ORIENTATION_HORIZONTAL)) continue;
        int part = extra / expanding--;
        sizes[i].minimum_size += part;
        extra -= part;
    }
    return count;
}

static GtkSizeRequestMode request_mode(GtkLayoutManager *manager, GtkWidget *widget) {
    return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void measure(
    GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
    int *minimum_baseline, int *natural_baseline) {
    GtkkitLine *layout = GTKKIT_LINE(manager);
    *minimum = *natural = 0;
    if (orientation == GTK_ORIENTATION_HORIZONTAL) {
        int count = 0;
        for (GtkWidget *child = gtk_widget_get_first_child(widget); child; child = gtk_widget_get_next_sibling(child)) {
            if (!gtk_widget_should_layout(child)) continue;
            int child_minimum, child_natural;
            gtk_widget_measure(child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
            *minimum += child_minimum + (count > 0 ? layout->spacing : 0);
            *natural += child_natural + (count > 0 ? layout->spacing : 0);
            count++;
        }
        return;
    }
    if (for_size < 0) {
        int least;
        measure(manager, widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, &for_size, NULL, NULL);
    }
    GtkRequestedSize sizes[MAXIMUM_CHILDREN];
    int count = share_out(layout, widget, for_size, sizes);
    for (int i = 0; i < count; i++) {
        int child_minimum, child_natural;
        gtk_widget_measure(sizes[i].data, orientation, sizes[i].minimum_size, &child_minimum, &child_natural, NULL, NULL);
        *minimum = MAX(*minimum, child_minimum);
        *natural = MAX(*natural, child_natural);
    }
}

static void allocate(GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline) {
    GtkkitLine *layout = GTKKIT_LINE(manager);
    GtkRequestedSize sizes[MAXIMUM_CHILDREN];
    int count = share_out(layout, widget, width, sizes);
    gboolean is_mirrored = gtk_widget_get_direction(widget) == GTK_TEXT_DIR_RTL;
    int x = 0;
    for (int i = 0; i < count; i++) {
        int own = sizes[i].minimum_size;
        GtkAllocation place = {is_mirrored ? width - x - own : x, 0, own, height};
        gtk_widget_size_allocate(sizes[i].data, &place, -1);
        x += own + layout->spacing;
    }
}

static void gtkkit_line_class_init(GtkkitLineClass *class) {
    GtkLayoutManagerClass *manager = GTK_LAYOUT_MANAGER_CLASS(class);
    manager->get_request_mode = request_mode;
    manager->measure = measure;
    manager->allocate = allocate;
}

static void gtkkit_line_init(GtkkitLine *layout) {}

void gtkkit_line_apply(GtkWidget *widget, int spacing) {
    GtkkitLine *layout = g_object_new(GTKKIT_TYPE_LINE, NULL);
    layout->spacing = spacing;
    gtk_widget_set_layout_manager(widget, GTK_LAYOUT_MANAGER(layout));
}
