import CAdwaita
import CGtkKit

public enum Align: Sendable {
    case fill, start, end, center, baseline

    var native: GtkAlign {
        switch self {
        case .fill: GTK_ALIGN_FILL
        case .start: GTK_ALIGN_START
        case .end: GTK_ALIGN_END
        case .center: GTK_ALIGN_CENTER
        case .baseline: GTK_ALIGN_BASELINE
        }
    }
}

public enum Orientation: Sendable {
    case horizontal, vertical
    var native: GtkOrientation { self == .horizontal ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL }
}

/// Anything on screen.
public class Widget: Object {
    override class var nativeType: GType { gtk_widget_get_type() }

    final func widget<Result>(_ body: (UnsafeMutablePointer<GtkWidget>) -> Result) -> Result {
        with(GtkWidget.self, body)
    }

    /// The stable name for tests and styles, such as `composer.send`.
    public final var name: String {
        get { widget { string(gtk_widget_get_name($0)) } }
        set { widget { gtk_widget_set_name($0, newValue) } }
    }
    public final var isVisible: Bool {
        get { widget { gtk_widget_get_visible($0) != 0 } }
        set { widget { gtk_widget_set_visible($0, newValue.gboolean) } }
    }
    public final var isSensitive: Bool {
        get { widget { gtk_widget_get_sensitive($0) != 0 } }
        set { widget { gtk_widget_set_sensitive($0, newValue.gboolean) } }
    }
    public final var isMapped: Bool { widget { gtk_widget_get_mapped($0) != 0 } }
    public final var tooltip: String? {
        get { widget { gtk_widget_get_tooltip_text($0).map { String(cString: $0) } } }
        set { widget { gtk_widget_set_tooltip_text($0, newValue) } }
    }
    public final var opacity: Double {
        get { widget { gtk_widget_get_opacity($0) } }
        set { widget { gtk_widget_set_opacity($0, newValue) } }
    }
    /// The size on screen, in pixels; zero before the first layout.
    public final var width: Int { widget { Int(gtk_widget_get_width($0)) } }
    public final var height: Int { widget { Int(gtk_widget_get_height($0)) } }

    // MARK: Layout

    public final var halign: Align {
        get { .fill }
        set { widget { gtk_widget_set_halign($0, newValue.native) } }
    }
    public final var valign: Align {
        get { .fill }
        set { widget { gtk_widget_set_valign($0, newValue.native) } }
    }
    public final var expandsHorizontally: Bool {
        get { widget { gtk_widget_get_hexpand($0) != 0 } }
        set { widget { gtk_widget_set_hexpand($0, newValue.gboolean) } }
    }
    public final var expandsVertically: Bool {
        get { widget { gtk_widget_get_vexpand($0) != 0 } }
        set { widget { gtk_widget_set_vexpand($0, newValue.gboolean) } }
    }
    public final func setMargins(top: Int? = nil, bottom: Int? = nil, start: Int? = nil, end: Int? = nil) {
        widget {
            if let top { gtk_widget_set_margin_top($0, gint(top)) }
            if let bottom { gtk_widget_set_margin_bottom($0, gint(bottom)) }
            if let start { gtk_widget_set_margin_start($0, gint(start)) }
            if let end { gtk_widget_set_margin_end($0, gint(end)) }
        }
    }
    public final func setMargins(_ all: Int) { setMargins(top: all, bottom: all, start: all, end: all) }
    /// The least size; `nil` leaves it to the content.
    public final func setSizeRequest(width: Int? = nil, height: Int? = nil) {
        widget { gtk_widget_set_size_request($0, gint(width ?? -1), gint(height ?? -1)) }
    }

    // MARK: Style

    public final func addClass(_ name: String) { widget { gtk_widget_add_css_class($0, name) } }
    public final func removeClass(_ name: String) { widget { gtk_widget_remove_css_class($0, name) } }
    public final func hasClass(_ name: String) -> Bool { widget { gtk_widget_has_css_class($0, name) != 0 } }
    public final func setClass(_ name: String, _ isOn: Bool) { isOn ? addClass(name) : removeClass(name) }

    // MARK: Focus and actions

    /// Whether the keyboard can come here.
    public final var isFocusable: Bool {
        get { widget { gtk_widget_get_focusable($0) != 0 } }
        set { widget { gtk_widget_set_focusable($0, newValue.gboolean) } }
    }
    public final var hasFocus: Bool { widget { gtk_widget_has_focus($0) != 0 } }
    /// Whether the focus is here or somewhere inside.
    public final var containsFocus: Bool {
        widget { widget in
            guard let root = gtk_widget_get_root(widget), let focus = gtk_root_get_focus(root) else { return false }
            return focus == widget || gtk_widget_is_ancestor(focus, widget) != 0
        }
    }
    @discardableResult public final func grabFocus() -> Bool { widget { gtk_widget_grab_focus($0) != 0 } }
    /// Moves the focus to the first thing inside that takes it.
    @discardableResult public final func focusFirst() -> Bool {
        widget { gtk_widget_child_focus($0, GTK_DIR_TAB_FORWARD) != 0 }
    }
    @discardableResult public final func activate() -> Bool { widget { gtk_widget_activate($0) != 0 } }
    /// Activates an action such as `win.close` that is reachable from here.
    @discardableResult public final func activateAction(_ name: String) -> Bool {
        widget { gtk_widget_activate_action_variant($0, name, nil) != 0 }
    }
    /// Makes the actions of `group` reachable as `prefix.action` from here and below.
    public final func insertActions(_ group: ActionGroup, prefix: String) {
        group.withOpaque { native in widget { gtk_widget_insert_action_group($0, prefix, native) } }
    }
    /// Plays the system's refusal sound or flash.
    public final func errorBell() { widget { gtk_widget_error_bell($0) } }

    // MARK: Tree

    public final var parent: Widget? {
        widget { gtk_widget_get_parent($0) }.map { Widget(retaining: UnsafeMutableRawPointer($0)) }
    }
    /// The window around this widget, once it is in one.
    public final var window: Window? {
        widget { gtk_widget_get_root($0) }.map { Widget(retaining: UnsafeMutableRawPointer($0)) }?.cast(to: Window.self)
    }
    /// Where this widget lies in `other`, in pixels.
    public final func bounds(in other: Widget) -> (x: Double, y: Double, width: Double, height: Double)? {
        var rectangle = graphene_rect_t()
        let isKnown = other.widget { other in widget { gtk_widget_compute_bounds($0, other, &rectangle) } }
        guard isKnown != 0 else { return nil }
        return (
            Double(rectangle.origin.x), Double(rectangle.origin.y), Double(rectangle.size.width),
            Double(rectangle.size.height)
        )
    }

    /// Runs `body` once, right after the next frame of this widget's window was drawn; the first frame if it has none yet.
    public final func afterNextPaint(_ body: @escaping () -> Void) {
        guard let clock = widget({ gtk_widget_get_frame_clock($0) }) else {
            var connection: SignalConnection?
            connection = connect("realize") { _ in
                connection?.disconnect()
                connection = nil
                self.afterNextPaint(body)
            }
            return
        }
        let emitter = Object(retaining: UnsafeMutableRawPointer(clock))
        var connection: SignalConnection?
        connection = emitter.connect("after-paint") { _ in
            guard let once = connection else { return }
            connection = nil
            body()
            once.disconnect()
        }
        widget { gtk_widget_queue_draw($0) }
    }

    /// Says that this page has left its window for good: a debug build reports what of it lives on.
    public final func expectEnd() { WindowCensus.expectEnd(of: self) }

    @discardableResult public final func onMap(_ body: @escaping () -> Void) -> SignalConnection {
        connect("map") { _ in body() }
    }
    @discardableResult public final func onUnmap(_ body: @escaping () -> Void) -> SignalConnection {
        connect("unmap") { _ in body() }
    }
}
