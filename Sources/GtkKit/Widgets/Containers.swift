import CAdwaita
import CGtkKit

/// Where a scrolled view stands, in pixels.
public final class Adjustment: Object {
    override class var nativeType: GType { gtk_adjustment_get_type() }

    private func adjustment<Result>(_ body: (UnsafeMutablePointer<GtkAdjustment>) -> Result) -> Result {
        with(GtkAdjustment.self, body)
    }
    public var value: Double {
        get { adjustment { gtk_adjustment_get_value($0) } }
        set { adjustment { gtk_adjustment_set_value($0, newValue) } }
    }
    public var upper: Double { adjustment { gtk_adjustment_get_upper($0) } }
    public var pageSize: Double { adjustment { gtk_adjustment_get_page_size($0) } }
    @discardableResult public func onValueChanged(_ body: @escaping () -> Void) -> SignalConnection {
        connect("value-changed") { _ in body() }
    }
}

/// Room that scrolls.
public final class ScrolledWindow: Widget {
    override class var nativeType: GType { gtk_scrolled_window_get_type() }

    public init() { super.init(retaining: UnsafeMutableRawPointer(gtk_scrolled_window_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func setChild(_ child: Widget) {
        child.widget { child in withOpaque { gtk_scrolled_window_set_child($0, child) } }
    }
    public var vertical: Adjustment {
        withOpaque {
            guard let adjustment = gtk_scrolled_window_get_vadjustment($0) else {
                preconditionFailure("A scrolled window has an adjustment")
            }
            return Adjustment(retaining: UnsafeMutableRawPointer(adjustment))
        }
    }
    /// Only vertical scrolling.
    public func scrollsVertically() {
        withOpaque { gtk_scrolled_window_set_policy($0, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC) }
    }
    /// Takes the child's natural height up to this many pixels, then scrolls.
    public func growTo(height: Int) {
        withOpaque {
            gtk_scrolled_window_set_propagate_natural_height($0, 1)
            gtk_scrolled_window_set_max_content_height($0, gint(height))
        }
    }
    @discardableResult public func onEdgeReached(_ body: @escaping () -> Void) -> SignalConnection {
        connect("edge-reached") { _ in body() }
    }
}

/// Children one above the other, of which one is seen.
public final class Stack: Widget {
    override class var nativeType: GType { gtk_stack_get_type() }

    public init() { super.init(retaining: UnsafeMutableRawPointer(gtk_stack_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func add(_ child: Widget, name: String) {
        child.widget { child in withOpaque { _ = gtk_stack_add_named($0, child, name) } }
    }
    public func remove(_ child: Widget) { child.widget { child in withOpaque { gtk_stack_remove($0, child) } } }
    public func hasChild(_ name: String) -> Bool { withOpaque { gtk_stack_get_child_by_name($0, name) != nil } }
    public var visibleChildName: String {
        get { withOpaque { string(gtk_stack_get_visible_child_name($0)) } }
        set { withOpaque { gtk_stack_set_visible_child_name($0, newValue) } }
    }
    public func crossfades() { withOpaque { gtk_stack_set_transition_type($0, GTK_STACK_TRANSITION_TYPE_CROSSFADE) } }
}

/// A child that slides in and out.
public final class Revealer: Widget {
    override class var nativeType: GType { gtk_revealer_get_type() }

    public init(_ child: Widget? = nil) {
        super.init(retaining: UnsafeMutableRawPointer(gtk_revealer_new()))
        if let child { setChild(child) }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func setChild(_ child: Widget) { child.widget { child in withOpaque { gtk_revealer_set_child($0, child) } } }
    public var isRevealed: Bool {
        get { withOpaque { gtk_revealer_get_reveal_child($0) != 0 } }
        set { withOpaque { gtk_revealer_set_reveal_child($0, newValue.gboolean) } }
    }
}

/// Children that float above one.
public final class Overlay: Widget {
    override class var nativeType: GType { gtk_overlay_get_type() }

    public init(_ child: Widget? = nil) {
        super.init(retaining: UnsafeMutableRawPointer(gtk_overlay_new()))
        if let child { setChild(child) }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func setChild(_ child: Widget) { child.widget { child in withOpaque { gtk_overlay_set_child($0, child) } } }
    public func add(_ child: Widget) { child.widget { child in withOpaque { gtk_overlay_add_overlay($0, child) } } }
}

/// Rows for short lists. Long ones belong in a `ListView`.
public final class ListBox: Widget {
    override class var nativeType: GType { gtk_list_box_get_type() }

    public init() { super.init(retaining: UnsafeMutableRawPointer(gtk_list_box_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func append(_ row: Widget) { row.widget { row in withOpaque { gtk_list_box_append($0, row) } } }
    public func removeAll() {
        withOpaque { list in
            while let child = widget({ gtk_widget_get_first_child($0) }) { gtk_list_box_remove(list, child) }
        }
    }
    /// The row at a place was clicked or got Enter.
    public func onRowActivated(_ body: @escaping (Int) -> Void) {
        connect("row-activated") { arguments in
            guard let row = arguments.object(0) else { return }
            body(Int(gtk_list_box_row_get_index(row.assumingMemoryBound(to: GtkListBoxRow.self))))
        }
    }
}

/// Children in lines that wrap.
public final class FlowBox: Widget {
    override class var nativeType: GType { gtk_flow_box_get_type() }

    public init() { super.init(retaining: UnsafeMutableRawPointer(gtk_flow_box_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func append(_ child: Widget) { child.widget { child in withOpaque { gtk_flow_box_insert($0, child, -1) } } }
    public func removeAll() {
        withOpaque { box in
            while let child = widget({ gtk_widget_get_first_child($0) }) { gtk_flow_box_remove(box, child) }
        }
    }
    public func setColumns(_ range: ClosedRange<Int>) {
        withOpaque {
            gtk_flow_box_set_min_children_per_line($0, guint(range.lowerBound))
            gtk_flow_box_set_max_children_per_line($0, guint(range.upperBound))
        }
    }
    /// Children are not to be selected; only what is in them takes the focus.
    public func selectsNothing() { withOpaque { gtk_flow_box_set_selection_mode($0, GTK_SELECTION_NONE) } }
}

/// A bubble beside a widget.
public class Popover: Widget {
    override class var nativeType: GType { gtk_popover_get_type() }

    public init(_ child: Widget? = nil) {
        super.init(retaining: UnsafeMutableRawPointer(gtk_popover_new()))
        if let child { setChild(child) }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public final func setChild(_ child: Widget) {
        child.widget { child in with(GtkPopover.self) { gtk_popover_set_child($0, child) } }
    }
    public final func popUp() { with(GtkPopover.self) { gtk_popover_popup($0) } }
    public final func popDown() { with(GtkPopover.self) { gtk_popover_popdown($0) } }
    @discardableResult public final func onClosed(_ body: @escaping () -> Void) -> SignalConnection {
        connect("closed") { _ in body() }
    }
}

/// A menu that opens at a widget, for right clicks and the Menu key.
public final class PopoverMenu: Popover {
    override class var nativeType: GType { gtk_popover_menu_get_type() }

    /// Opens `menu` at `anchor`, at a point in it or below it, and takes itself away when it closes.
    @discardableResult
    public static func open(_ menu: Menu, at anchor: Widget, x: Double? = nil, y: Double? = nil) -> PopoverMenu {
        let popover = menu.with(GMenuModel.self) {
            PopoverMenu(retaining: UnsafeMutableRawPointer(gtk_popover_menu_new_from_model($0)))
        }
        anchor.widget { anchor in popover.widget { gtk_widget_set_parent($0, anchor) } }
        popover.with(GtkPopover.self) { native in
            gtk_popover_set_has_arrow(native, (x == nil).gboolean)
            if let x, let y {
                var place = GdkRectangle(x: gint(x), y: gint(y), width: 1, height: 1)
                gtk_popover_set_pointing_to(native, &place)
            }
        }
        if x != nil { popover.halign = .start }
        popover.connect("closed") { arguments in
            guard let emitter = arguments.emitter else { return }
            // Its action runs after this signal, so the menu may only go afterwards.
            let closed = Widget(retaining: emitter)
            MainLoop.whenIdle { closed.widget { gtk_widget_unparent($0) } }
        }
        popover.popUp()
        return popover
    }
}
