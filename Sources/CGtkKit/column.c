#include "CGtkKit.h"

// How near the end the view must be to stick to it, in pixels.
#define STICK_DISTANCE 40

struct _GtkkitColumn {
    GtkWidget parent_instance;
    GtkAdjustment *hadjustment, *vadjustment;
    GtkScrollablePolicy hpolicy, vpolicy;
    GtkWidget *anchor;  // a child, or NULL; what stays where it is
    double offset;      // from the view's upper edge to the anchor's, in pixels
    double fraction;    // when not negative: where the anchor goes at the next allocation, as a share of the height
    double laid_out;    // the adjustment's value at the last allocation
    gboolean at_end, sticks, configuring;
    int maximum_width;
    guint scrolls;  // how often the view was scrolled from outside
};

enum { PROP_HADJUSTMENT = 1, PROP_VADJUSTMENT, PROP_HPOLICY, PROP_VPOLICY };

G_DEFINE_FINAL_TYPE_WITH_CODE(
    GtkkitColumn, gtkkit_column, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE(GTK_TYPE_SCROLLABLE, NULL))

// Where a row was laid out last, from the upper edge of the view. Margins of the row and of its style belong to it.
static gboolean extent(GtkkitColumn *column, GtkWidget *row, double *top, double *height) {
    graphene_rect_t bounds;
    if (gtk_widget_get_height(row) == 0) return FALSE;  // not laid out yet
    if (!gtk_widget_compute_bounds(row, GTK_WIDGET(column), &bounds)) return FALSE;
    GtkBorder margin;
    gtk_style_context_get_margin(gtk_widget_get_style_context(row), &margin);
    *top = bounds.origin.y - gtk_widget_get_margin_top(row) - margin.top;
    *height = bounds.size.height + gtk_widget_get_margin_top(row) + gtk_widget_get_margin_bottom(row) + margin.top +
              margin.bottom;
    return TRUE;
}

// How far the view has been scrolled since rows were laid out.
static double shift_of(GtkkitColumn *column) {
    return column->vadjustment ? gtk_adjustment_get_value(column->vadjustment) - column->laid_out : 0;
}

// Picks the first row that reaches below the view's upper edge.
static void choose_anchor(GtkkitColumn *column) {
    double shift = shift_of(column);
    column->anchor = NULL;
    GtkWidget *widget = GTK_WIDGET(column);
    for (GtkWidget *row = gtk_widget_get_first_child(widget); row; row = gtk_widget_get_next_sibling(row)) {
        double top, height;
        if (!gtk_widget_get_visible(row) || !extent(column, row, &top, &height)) continue;
        column->anchor = row;
        column->offset = top - shift;
        if (top - shift + height > 0) return;
    }
}

static void note_end(GtkkitColumn *column) {
    GtkAdjustment *a = column->vadjustment;
    double rest = gtk_adjustment_get_upper(a) - gtk_adjustment_get_page_size(a) - gtk_adjustment_get_value(a);
    column->at_end = rest <= STICK_DISTANCE;
}

static void allocate(GtkWidget *widget, int width, int height, int baseline) {
    GtkkitColumn *column = GTKKIT_COLUMN(widget);
    int row_width = column->maximum_width > 0 ? MIN(width, column->maximum_width) : width;
    int x = (width - row_width) / 2;
    double total = 0, anchor_top = -1;
    for (GtkWidget *row = gtk_widget_get_first_child(widget); row; row = gtk_widget_get_next_sibling(row)) {
        if (!gtk_widget_should_layout(row)) continue;
        int minimum, natural;
        gtk_widget_measure(row, GTK_ORIENTATION_VERTICAL, row_width, &minimum, &natural, NULL, NULL);
        if (row == column->anchor) anchor_top = total;
        total += natural;
    }
    double value = column->vadjustment ? gtk_adjustment_get_value(column->vadjustment) : 0;
    double upper = MAX(total, height);
    if (column->fraction >= 0 && anchor_top >= 0) {
        value = anchor_top - column->fraction * height;
        column->at_end = FALSE;
    } else if (column->at_end && column->sticks) {
        value = upper - height;
    } else if (anchor_top >= 0) {
        value = anchor_top - column->offset;
    }
    column->fraction = -1;
    value = CLAMP(value, 0, upper - height);
    if (column->anchor && anchor_top >= 0) column->offset = anchor_top - value;

    // Few rows start at the lower edge, as in every chat.
    double y = total < height ? height - total : -value;
    for (GtkWidget *row = gtk_widget_get_first_child(widget); row; row = gtk_widget_get_next_sibling(row)) {
        if (!gtk_widget_should_layout(row)) continue;
        int minimum, natural;
        gtk_widget_measure(row, GTK_ORIENTATION_VERTICAL, row_width, &minimum, &natural, NULL, NULL);
        GtkAllocation place = {x, (int)y, row_width, natural};
        gtk_widget_size_allocate(row, &place, -1);
        y += natural;
    }
    column->configuring = TRUE;
    if (column->vadjustment)
        gtk_adjustment_configure(column->vadjustment, value, 0, upper, height * 0.1, height * 0.9, height);
    if (column->hadjustment) gtk_adjustment_configure(column->hadjustment, 0, 0, width, width * 0.1, width * 0.9, width);
    column->configuring = FALSE;
    column->laid_out = value;
    if (column->vadjustment) note_end(column);
    if (!column->anchor) choose_anchor(column);
}

static void measure(
    GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
    int *natural_baseline) {
    *minimum = *natural = 0;
    if (orientation == GTK_ORIENTATION_VERTICAL) return;  // scrolls: any height will do
    for (GtkWidget *row = gtk_widget_get_first_child(widget); row; row = gtk_widget_get_next_sibling(row)) {
        int row_minimum, row_natural;
        if (!gtk_widget_should_layout(row)) continue;
        gtk_widget_measure(row, orientation, -1, &row_minimum, &row_natural, NULL, NULL);
        *minimum = MAX(*minimum, row_minimum);
        *natural = MAX(*natural, row_natural);
    }
}

// Rows outside the view are laid out but not drawn.
static void snapshot(GtkWidget *widget, GtkSnapshot *snapshot) {
    int height = gtk_widget_get_height(widget);
    for (GtkWidget *row = gtk_widget_get_first_child(widget); row; row = gtk_widget_get_next_sibling(row)) {
        double top, extent_height;
        if (!extent(GTKKIT_COLUMN(widget), row, &top, &extent_height)) continue;
        if (top + extent_height < -64 || top > height + 64) continue;
        gtk_widget_snapshot_child(widget, row, snapshot);
    }
}

static void scrolled(GtkkitColumn *column) {
    if (column->configuring) return;
    column->scrolls++;
    choose_anchor(column);
    column->fraction = -1;
    note_end(column);
    gtk_widget_queue_allocate(GTK_WIDGET(column));
}

static void adopt(GtkkitColumn *column, GtkAdjustment **slot, GtkAdjustment *adjustment) {
    if (*slot == adjustment) return;
    if (*slot) {
        g_signal_handlers_disconnect_by_data(*slot, column);
        g_clear_object(slot);
    }
    if (!adjustment) return;
    *slot = g_object_ref_sink(adjustment);
    if (slot == &column->vadjustment) g_signal_connect_swapped(adjustment, "value-changed", G_CALLBACK(scrolled), column);
    gtk_widget_queue_allocate(GTK_WIDGET(column));
}

static void set_property(GObject *object, guint id, const GValue *value, GParamSpec *spec) {
    GtkkitColumn *column = GTKKIT_COLUMN(object);
    switch (id) {
        case PROP_HADJUSTMENT: adopt(column, &column->hadjustment, g_value_get_object(value)); break;
        case PROP_VADJUSTMENT: adopt(column, &column->vadjustment, g_value_get_object(value)); break;
        case PROP_HPOLICY: column->hpolicy = g_value_get_enum(value); break;
        case PROP_VPOLICY: column->vpolicy = g_value_get_enum(value); break;
        default: G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
    }
}

static void get_property(GObject *object, guint id, GValue *value, GParamSpec *spec) {
    GtkkitColumn *column = GTKKIT_COLUMN(object);
    switch (id) {
        case PROP_HADJUSTMENT: g_value_set_object(value, column->hadjustment); break;
        case PROP_VADJUSTMENT: g_value_set_object(value, column->vadjustment); break;
        case PROP_HPOLICY: g_value_set_enum(value, column->hpolicy); break;
        case PROP_VPOLICY: g_value_set_enum(value, column->vpolicy); break;
        default: G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
    }
}

static void dispose(GObject *object) {
    GtkkitColumn *column = GTKKIT_COLUMN(object);
    column->anchor = NULL;
    adopt(column, &column->hadjustment, NULL);
    adopt(column, &column->vadjustment, NULL);
    for (GtkWidget *row; (row = gtk_widget_get_first_child(GTK_WIDGET(column)));) gtk_widget_unparent(row);
    G_OBJECT_CLASS(gtkkit_column_parent_class)->dispose(object);
}

// A row that takes the focus comes into view.
static void set_focus_child(GtkWidget *widget, GtkWidget *child) {
    GtkkitColumn *column = GTKKIT_COLUMN(widget);
    GTK_WIDGET_CLASS(gtkkit_column_parent_class)->set_focus_child(widget, child);
    double top, height;
    if (!child || !column->vadjustment || !extent(column, child, &top, &height)) return;
    double page = gtk_widget_get_height(widget), value = gtk_adjustment_get_value(column->vadjustment);
    if (top + height > page) value += MIN(top + height - page, top);
    else if (top < 0) value += top;
    gtk_adjustment_set_value(column->vadjustment, value);
}

static void gtkkit_column_class_init(GtkkitColumnClass *class) {
    GObjectClass *object = G_OBJECT_CLASS(class);
    object->set_property = set_property;
    object->get_property = get_property;
    object->dispose = dispose;
    GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);
    widget->measure = measure;
    widget->size_allocate = allocate;
    widget->snapshot = snapshot;
    widget->set_focus_child = set_focus_child;
    g_object_class_override_property(object, PROP_HADJUSTMENT, "hadjustment");
    g_object_class_override_property(object, PROP_VADJUSTMENT, "vadjustment");
    g_object_class_override_property(object, PROP_HPOLICY, "hscroll-policy");
    g_object_class_override_property(object, PROP_VPOLICY, "vscroll-policy");
    gtk_widget_class_set_css_name(widget, "column");
    gtk_widget_class_set_accessible_role(widget, GTK_ACCESSIBLE_ROLE_LOG);
}

static void gtkkit_column_init(GtkkitColumn *column) {
    column->fraction = -1;
    column->at_end = column->sticks = TRUE;
    gtk_widget_set_overflow(GTK_WIDGET(column), GTK_OVERFLOW_HIDDEN);
}

GType gtkkit_column_type(void) { return GTKKIT_TYPE_COLUMN; }

gpointer gtkkit_column_new(void) { return g_object_new(GTKKIT_TYPE_COLUMN, NULL); }

void gtkkit_column_insert(GtkkitColumn *column, GtkWidget *row, GtkWidget *after) {
    gtk_widget_insert_after(row, GTK_WIDGET(column), after);
}

void gtkkit_column_remove(GtkkitColumn *column, GtkWidget *row) {
    if (column->anchor == row) {
        // The next row takes over, where it lies now.
        double top, height;
        GtkWidget *heir = gtk_widget_get_next_sibling(row);
        if (!heir) heir = gtk_widget_get_prev_sibling(row);
        column->anchor = heir && extent(column, heir, &top, &height) ? heir : NULL;
        if (column->anchor) column->offset = top - shift_of(column);
    }
    gtk_widget_unparent(row);
}

void gtkkit_column_scroll_to(GtkkitColumn *column, GtkWidget *row, double fraction) {
    column->anchor = row;
    column->fraction = fraction;
    gtk_widget_queue_allocate(GTK_WIDGET(column));
}

void gtkkit_column_scroll_to_end(GtkkitColumn *column) {
    column->at_end = TRUE;
    column->fraction = -1;
    gtk_widget_queue_allocate(GTK_WIDGET(column));
}

guint gtkkit_column_get_scrolls(GtkkitColumn *column) { return column->scrolls; }

gboolean gtkkit_column_is_at_end(GtkkitColumn *column) { return column->at_end; }

GtkWidget *gtkkit_column_get_anchor(GtkkitColumn *column, double *offset) {
    *offset = column->offset;
    return column->anchor;
}

void gtkkit_column_set_anchor(GtkkitColumn *column, GtkWidget *row, double offset) {
    column->anchor = row;
    column->offset = offset;
    column->fraction = -1;
    column->at_end = FALSE;
    gtk_widget_queue_allocate(GTK_WIDGET(column));
}

gboolean gtkkit_column_row_offset(GtkkitColumn *column, GtkWidget *row, double *offset) {
    double height;
    if (!extent(column, row, offset, &height)) return FALSE;
    *offset -= shift_of(column);
    return TRUE;
}

void gtkkit_column_set_sticks(GtkkitColumn *column, gboolean sticks) { column->sticks = sticks; }

gboolean gtkkit_column_row_is_visible(GtkkitColumn *column, GtkWidget *row) {
    double top, height;
    if (!extent(column, row, &top, &height)) return FALSE;
    return top + height > 0 && top < gtk_widget_get_height(GTK_WIDGET(column));
}

void gtkkit_column_set_maximum_width(GtkkitColumn *column, int width) {
    column->maximum_width = width;
    gtk_widget_queue_resize(GTK_WIDGET(column));
}
