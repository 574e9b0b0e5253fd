#include "CGtkKit.h"

// Children in lines, each as wide as it likes, the lines centred. Unlike GtkFlowBox it asks for the height that the lines
// really take at a width, so nothing below is ever covered.
struct _GtkkitWrap {
    GtkLayoutManager parent_instance;
    int spacing;
};

enum { PROP_SPACING = 1 };

G_DEFINE_FINAL_TYPE(GtkkitWrap, gtkkit_wrap, GTK_TYPE_LAYOUT_MANAGER)

static int child_width(GtkWidget *child, int width) {
    int minimum, natural;
    gtk_widget_measure(child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
    return MAX(minimum, MIN(natural, width));
}

// The children from `first` on that fit one line; gives back the first that does not.
static GtkWidget *line_end(GtkkitWrap *layout, GtkWidget *first, int width, int *line_width, int *line_height) {
    GtkWidget *child;
    *line_width = *line_height = 0;
    for (child = first; child; child = gtk_widget_get_next_sibling(child)) {
        if (!gtk_widget_should_layout(child)) continue;
        int minimum, natural, own = child_width(child, width);
        if (*line_width > 0 && *line_width + layout->spacing + own > width) break;
        *line_width += (*line_width > 0 ? layout->spacing : 0) + own;
        gtk_widget_measure(child, GTK_ORIENTATION_VERTICAL, own, &minimum, &natural, NULL, NULL);
        *line_height = MAX(*line_height, natural);
    }
    return child;
}

static GtkSizeRequestMode request_mode(GtkLayoutManager *manager, GtkWidget *widget) {
    return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void measure(
    GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
    int *minimum_baseline, int *natural_baseline) {
    GtkkitWrap *layout = GTKKIT_WRAP(manager);
    *minimum = *natural = 0;
    if (orientation == GTK_ORIENTATION_HORIZONTAL) {
        for (GtkWidget *child = gtk_widget_get_first_child(widget); child; child = gtk_widget_get_next_sibling(child)) {
            int child_minimum, child_natural;
            if (!gtk_widget_should_layout(child)) continue;
            gtk_widget_measure(child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
            *minimum = MAX(*minimum, child_minimum);
            *natural += (*natural > 0 ? layout->spacing : 0) + child_natural;
        }
        return;
    }
    int line_width, line_height;
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child;) {
        child = line_end(layout, child, for_size < 0 ? G_MAXINT / 2 : for_size, &line_width, &line_height);
        *natural += (*natural > 0 && line_height > 0 ? layout->spacing : 0) + line_height;
    }
    *minimum = *natural;
}

static void allocate(GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline) {
    GtkkitWrap *layout = GTKKIT_WRAP(manager);
    gboolean is_mirrored = gtk_widget_get_direction(widget) == GTK_TEXT_DIR_RTL;
    int y = 0, line_width, line_height;
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child;) {
        GtkWidget *end = line_end(layout, child, width, &line_width, &line_height);
        int x = MAX(0, (width - line_width) / 2);
        for (; child != end; child = gtk_widget_get_next_sibling(child)) {
            if (!gtk_widget_should_layout(child)) continue;
            int own = child_width(child, width);
            GtkAllocation place = {is_mirrored ? width - x - own : x, y, own, line_height};
            gtk_widget_size_allocate(child, &place, -1);
            x += own + layout->spacing;
        }
        y += line_height + layout->spacing;
    }
}

static void set_property(GObject *object, guint id, const GValue *value, GParamSpec *spec) {
    if (id == PROP_SPACING) GTKKIT_WRAP(object)->spacing = g_value_get_int(value);
    else G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
}

static void get_property(GObject *object, guint id, GValue *value, GParamSpec *spec) {
    if (id == PROP_SPACING) g_value_set_int(value, GTKKIT_WRAP(object)->spacing);
    else G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
}

static void gtkkit_wrap_class_init(GtkkitWrapClass *class) {
    G_OBJECT_CLASS(class)->set_property = set_property;
    G_OBJECT_CLASS(class)->get_property = get_property;
    GtkLayoutManagerClass *manager = GTK_LAYOUT_MANAGER_CLASS(class);
    manager->get_request_mode = request_mode;
    manager->measure = measure;
    manager->allocate = allocate;
    g_object_class_install_property(
        G_OBJECT_CLASS(class), PROP_SPACING,
        g_param_spec_int("spacing", NULL, NULL, 0, 1000, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
}

static void gtkkit_wrap_init(GtkkitWrap *layout) {}

void gtkkit_ensure_types(void) { g_type_ensure(GTKKIT_TYPE_WRAP); }
