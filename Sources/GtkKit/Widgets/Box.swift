import CAdwaita
import CGtkKit

/// Widgets in a line.
public class Box: Widget {
    override class var nativeType: GType { gtk_box_get_type() }

    public init(_ orientation: Orientation, spacing: Int = 0, role: AccessibleRole = .generic) {
        super.init(retaining: gtkkit_box_new(orientation.native, gint(spacing), role.native))
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public final func append(_ child: Widget) {
        child.widget { child in with(GtkBox.self) { gtk_box_append($0, child) } }
    }
    public final func append(_ children: Widget...) { children.forEach { append($0) } }
    public final func prepend(_ child: Widget) {
        child.widget { child in with(GtkBox.self) { gtk_box_prepend($0, child) } }
    }
    public final func insert(_ child: Widget, after sibling: Widget?) {
        child.widget { child in
            with(GtkBox.self) { box in
                if let sibling {
                    sibling.widget { gtk_box_insert_child_after(box, child, $0) }
                } else {
                    gtk_box_prepend(box, child)
                }
            }
        }
    }
    public final func remove(_ child: Widget) {
        child.widget { child in with(GtkBox.self) { gtk_box_remove($0, child) } }
    }
    public final func removeAll() {
        with(GtkBox.self) { box in
            while let child = widget({ gtk_widget_get_first_child($0) }) { gtk_box_remove(box, child) }
        }
    }
    public final var spacing: Int {
        get { with(GtkBox.self) { Int(gtk_box_get_spacing($0)) } }
        set { with(GtkBox.self) { gtk_box_set_spacing($0, gint(newValue)) } }
    }
    public final func setOrientation(_ orientation: Orientation) {
        withOpaque { gtk_orientable_set_orientation($0, orientation.native) }
    }
    public final var isHomogeneous: Bool {
        get { with(GtkBox.self) { gtk_box_get_homogeneous($0) != 0 } }
        set { with(GtkBox.self) { gtk_box_set_homogeneous($0, newValue.gboolean) } }
    }

    /// Widgets beside each other, at most eight, wrapped texts among them. GTK 4.8's own layout asks such texts for the width
    /// that fits a height, which takes as long as laying them out a dozen times.
    public static func line(spacing: Int) -> Box {
        let box = Box(.horizontal)
        box.widget { gtkkit_line_apply($0, gint(spacing)) }
        return box
    }

    /// Lays out the only child with its natural width, up to a share of the box's own, at the start or at the end; a share
    /// of 1 fills the box. The child wraps into whatever width there is: without this GTK 4.8 lets a wrapped text push a
    /// window wider, so that it fits the height it was first given.
    public final func limitChild(toShare share: Double, atEnd: Bool) {
        widget { gtkkit_share_apply($0, share, atEnd.gboolean) }
    }
}
