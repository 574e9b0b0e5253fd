#pragma once
// What GtkKit cannot say in Swift: a closure marshaller, macros and varargs of the C headers, a few GObject classes.
#include <adwaita.h>
#include <glib-unix.h>

G_BEGIN_DECLS

// Signals: GLib owns the closure and gives `box` back through `drop` when the connection ends.
typedef void (*GtkkitInvoke)(gpointer box, GValue *result, guint count, const GValue *arguments);
gulong gtkkit_connect(gpointer object, const char *signal, GtkkitInvoke invoke, gpointer box, GDestroyNotify drop);
/// As `gtkkit_connect`, for the `notify` signal of one property.
gulong gtkkit_connect_notify(gpointer object, const char *property, GtkkitInvoke invoke, gpointer box, GDestroyNotify drop);

// The main loop: libdispatch's main queue is drained by GLib's default context.
void gtkkit_install_main_queue(void);
/// Calls `report` after each round of the default main loop that took longer than `limit` microseconds, with its length, the
/// processor time that the thread had of it, and the part of it that the main queue took. For the life of the process.
typedef void (*GtkkitStall)(gpointer box, gint64 busy, gint64 cpu, gint64 queue);
void gtkkit_watch_stalls(gint64 limit, GtkkitStall report, gpointer box);

// Casts and macros.
gboolean gtkkit_is_a(gpointer object, GType type);
GType gtkkit_type_of(gpointer object);
const char *gtkkit_type_name(gpointer object);
gboolean gtkkit_value_is_string(const GValue *value);
gpointer gtkkit_connect_weak(gpointer object, void (*gone)(gpointer), gpointer data);

// Construction with a role that can only be given then.
gpointer gtkkit_box_new(GtkOrientation orientation, int spacing, GtkAccessibleRole role);
gpointer gtkkit_label_new(GtkAccessibleRole role);
/// An AdwWindow that screen readers take for a dialog; it has no role of its own.
gpointer gtkkit_dialog_window_new(void);

// Accessibility, whose C functions take variable arguments.
void gtkkit_accessible_set_label(gpointer widget, const char *label);
void gtkkit_accessible_set_description(gpointer widget, const char *description);
void gtkkit_accessible_set_placeholder(gpointer widget, const char *placeholder);
void gtkkit_accessible_set_invalid(gpointer widget, gboolean invalid);
void gtkkit_accessible_set_hidden(gpointer widget, gboolean hidden);
void gtkkit_accessible_set_busy(gpointer widget, gboolean busy);
void gtkkit_accessible_set_labelled_by(gpointer widget, gpointer label);
void gtkkit_accessible_set_has_popup(gpointer widget);

/// Takes the rows out of all groups of a preferences window that was closed: libadwaita 1.2 never frees its groups.
void gtkkit_drop_rows(GtkWidget *widget);

// Buttons: words that do not fit beside each other go below each other, so that large text fits a narrow window.
void gtkkit_wrap_button(gpointer button);
void gtkkit_wrap_buttons(GtkBuilder *builder);

// Words.
void gtkkit_bind_words(const char *domain, const char *directory);

// Dialogs.
gpointer gtkkit_message_dialog_new(gpointer parent, const char *heading, const char *body);
/// Gives each button below `widget` one name: with a mnemonic the toolkit says its label twice.
void gtkkit_name_buttons(GtkWidget *widget);
/// The same for the toasts that the first overlay below `widget`, or it itself, shows now; the clamps that are their titles
/// become as wide as there is room.
void gtkkit_arrange_toasts(GtkWidget *widget);

/// A list item that carries one Swift value; `drop` gives the value back.
#define GTKKIT_TYPE_ITEM (gtkkit_item_get_type())
G_DECLARE_FINAL_TYPE(GtkkitItem, gtkkit_item, GTKKIT, ITEM, GObject)
GtkkitItem *gtkkit_item_new(gpointer payload, GDestroyNotify drop);
gpointer gtkkit_item_get_payload(gpointer item);
GType gtkkit_item_type(void);

/// A vertical, scrollable column of rows of any height that keeps what is being read where it is: when rows above the
/// anchor come, go or change, the adjustment is corrected within the same allocation.
#define GTKKIT_TYPE_COLUMN (gtkkit_column_get_type())
G_DECLARE_FINAL_TYPE(GtkkitColumn, gtkkit_column, GTKKIT, COLUMN, GtkWidget)
GType gtkkit_column_type(void);
gpointer gtkkit_column_new(void);
void gtkkit_column_insert(GtkkitColumn *column, GtkWidget *row, GtkWidget *after);
void gtkkit_column_remove(GtkkitColumn *column, GtkWidget *row);
/// Puts the top of `row` at `fraction` of the visible height once it is laid out; from then on it is the anchor.
void gtkkit_column_scroll_to(GtkkitColumn *column, GtkWidget *row, double fraction);
void gtkkit_column_scroll_to_end(GtkkitColumn *column);
/// How often the view was scrolled, other than by the column itself to keep its anchor in place.
guint gtkkit_column_get_scrolls(GtkkitColumn *column);
gboolean gtkkit_column_is_at_end(GtkkitColumn *column);
/// The row at the top of the view and where its upper edge lies, in pixels below the view's upper edge.
GtkWidget *gtkkit_column_get_anchor(GtkkitColumn *column, double *offset);
void gtkkit_column_set_anchor(GtkkitColumn *column, GtkWidget *row, double offset);
/// Where a row's upper edge lies, in pixels below the view's, with what was scrolled since it was laid out; FALSE if it never was.
gboolean gtkkit_column_row_offset(GtkkitColumn *column, GtkWidget *row, double *offset);
/// Whether the end of the column is the end of all rows: only then does the view stick to it.
void gtkkit_column_set_sticks(GtkkitColumn *column, gboolean sticks);
gboolean gtkkit_column_row_is_visible(GtkkitColumn *column, GtkWidget *row);
void gtkkit_column_set_maximum_width(GtkkitColumn *column, int width);

/// Puts up to eight children beside each other without ever asking how wide a text must be for a height, which is slow.
#define GTKKIT_TYPE_LINE (gtkkit_line_get_type())
G_DECLARE_FINAL_TYPE(GtkkitLine, gtkkit_line, GTKKIT, LINE, GtkLayoutManager)
void gtkkit_line_apply(GtkWidget *widget, int spacing);

/// Gives a widget's only child its natural width up to a share of the widget's own, at the start or at the end.
#define GTKKIT_TYPE_SHARE (gtkkit_share_get_type())
G_DECLARE_FINAL_TYPE(GtkkitShare, gtkkit_share, GTKKIT, SHARE, GtkLayoutManager)
void gtkkit_share_apply(GtkWidget *widget, double share, gboolean at_end);

/// Lays children out in centred lines that wrap; interface files name it as a box's layout manager.
#define GTKKIT_TYPE_WRAP (gtkkit_wrap_get_type())
G_DECLARE_FINAL_TYPE(GtkkitWrap, gtkkit_wrap, GTKKIT, WRAP, GtkLayoutManager)
/// Makes the types known that interface files name.
void gtkkit_ensure_types(void);

G_END_DECLS
