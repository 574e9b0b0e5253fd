#include "CGtkKit.h"
#include <libintl.h>
#include <locale.h>

gpointer gtkkit_box_new(GtkOrientation orientation, int spacing, GtkAccessibleRole role) {
    return g_object_new(GTK_TYPE_BOX, "orientation", orientation, "spacing", spacing, "accessible-role", role, NULL);
}

gpointer gtkkit_dialog_window_new(void) {
    return g_object_new(ADW_TYPE_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, NULL);
}

gpointer gtkkit_label_new(GtkAccessibleRole role) { return g_object_new(GTK_TYPE_LABEL, "accessible-role", role, NULL); }

void gtkkit_accessible_set_label(gpointer widget, const char *label) {
    gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void gtkkit_accessible_set_description(gpointer widget, const char *description) {
    gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

void gtkkit_accessible_set_placeholder(gpointer widget, const char *placeholder) {
    gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, placeholder, -1);
}

void gtkkit_accessible_set_invalid(gpointer widget, gboolean invalid) {
    gtk_accessible_update_state(
        GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_STATE_INVALID,
        invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

void gtkkit_accessible_set_hidden(gpointer widget, gboolean hidden) {
    gtk_accessible_update_state(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
}

void gtkkit_accessible_set_busy(gpointer widget, gboolean busy) {
    gtk_accessible_update_state(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
}

void gtkkit_accessible_set_labelled_by(gpointer widget, gpointer label) {
    gtk_accessible_update_relation(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

void gtkkit_accessible_set_has_popup(gpointer widget) {
    gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
}

gpointer gtkkit_message_dialog_new(gpointer parent, const char *heading, const char *body) {
    GtkWidget *dialog = adw_message_dialog_new(parent, heading, NULL);
    adw_message_dialog_set_body(ADW_MESSAGE_DIALOG(dialog), body);
    return dialog;
}

void gtkkit_wrap_button(gpointer button) {
    GtkWidget *content = GTK_IS_BUTTON(button) ? gtk_button_get_child(button) : NULL;
    if (!content || !GTK_IS_LABEL(content)) return;
    gtk_label_set_wrap(GTK_LABEL(content), TRUE);
    gtk_label_set_wrap_mode(GTK_LABEL(content), PANGO_WRAP_WORD);
    gtk_label_set_justify(GTK_LABEL(content), GTK_JUSTIFY_CENTER);
}

void gtkkit_wrap_buttons(GtkBuilder *builder) {
    GSList *objects = gtk_builder_get_objects(builder);
    for (GSList *each = objects; each; each = each->next) gtkkit_wrap_button(each->data);
    g_slist_free(objects);
}

void gtkkit_name_buttons(GtkWidget *widget) {
    GtkWidget *content = GTK_IS_BUTTON(widget) ? gtk_button_get_child(GTK_BUTTON(widget)) : NULL;
    if (content && GTK_IS_LABEL(content)) {
        gtk_accessible_reset_relation(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
        gtkkit_accessible_set_label(widget, gtk_label_get_text(GTK_LABEL(content)));
    }
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child; child = gtk_widget_get_next_sibling(child))
        gtkkit_name_buttons(child);
}

static int natural_width(GtkWidget *widget) {
    int natural;
    gtk_widget_measure(widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
    return natural;
}

// Puts the buttons of a toast below its title. Returns what the toast needs at their sides.
static int stack_toast(GtkWidget *toast) {
    gtk_orientable_set_orientation(GTK_ORIENTABLE(gtk_widget_get_layout_manager(toast)), GTK_ORIENTATION_VERTICAL);
    int widest = 0;
    for (GtkWidget *child = gtk_widget_get_first_child(toast); child; child = gtk_widget_get_next_sibling(child)) {
        if (GTK_IS_BUTTON(child)) gtk_widget_set_halign(child, GTK_ALIGN_END);
        widest = MAX(widest, natural_width(child));
    }
    return natural_width(toast) - widest;
}

// An overlay makes a toast as high as its words are in their natural width, and no wider than itself: a title must not ask
// for more than there is.
static void fit_toast(GtkWidget *toast, int room) {
    GtkWidget *place = gtk_widget_get_first_child(toast);
    GtkWidget *title = ADW_IS_BIN(place) ? adw_bin_get_child(ADW_BIN(place)) : NULL;
    if (!ADW_IS_CLAMP(title)) return;
    int width = room - (natural_width(toast) - natural_width(title));
    if (width < room / 3) width = room - stack_toast(toast);
    adw_clamp_set_maximum_size(ADW_CLAMP(title), MAX(1, width));
    adw_clamp_set_tightening_threshold(ADW_CLAMP(title), MAX(1, width));
}

static GtkWidget *toast_overlay(GtkWidget *widget) {
    if (ADW_IS_TOAST_OVERLAY(widget)) return widget;
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child; child = gtk_widget_get_next_sibling(child)) {
        GtkWidget *overlay = toast_overlay(child);
        if (overlay) return overlay;
    }
    return NULL;
}

void gtkkit_arrange_toasts(GtkWidget *widget) {
    enum { NARROWEST_WINDOW = 320, WIDEST_TOAST = 450 };
    GtkWidget *overlay = toast_overlay(widget);
    if (!overlay) return;
    int width = gtk_widget_get_width(overlay);
    int room = MIN(width > 0 ? width : NARROWEST_WINDOW, WIDEST_TOAST);
    // The first child is what the toasts lie above.
    GtkWidget *toast = gtk_widget_get_first_child(overlay);
    while (toast && (toast = gtk_widget_get_next_sibling(toast))) {
        gtkkit_name_buttons(toast);
        fit_toast(toast, room);
    }
}

static GtkWidget *first_row(GtkWidget *widget) {
    if (GTK_IS_LIST_BOX_ROW(widget)) return widget;
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child; child = gtk_widget_get_next_sibling(child)) {
        GtkWidget *row = first_row(child);
        if (row) return row;
    }
    return NULL;
}

void gtkkit_drop_rows(GtkWidget *widget) {
    if (ADW_IS_PREFERENCES_GROUP(widget)) {
        for (GtkWidget *row; (row = first_row(widget));) {
            GtkWidget *list = gtk_widget_get_parent(row);
            if (!GTK_IS_LIST_BOX(list)) return;
            gtk_list_box_remove(GTK_LIST_BOX(list), row);
        }
        return;
    }
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child; child = gtk_widget_get_next_sibling(child))
        gtkkit_drop_rows(child);
}

void gtkkit_bind_words(const char *domain, const char *directory) {
    setlocale(LC_ALL, "");
    bindtextdomain(domain, directory);
    bind_textdomain_codeset(domain, "UTF-8");
    textdomain(domain);
}
