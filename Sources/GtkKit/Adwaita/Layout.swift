import CAdwaita
import CGtkKit

/// The bar at the top of a page.
public final class HeaderBar: Widget {
    override class var nativeType: GType { adw_header_bar_get_type() }

    public init() { super.init(retaining: UnsafeMutableRawPointer(adw_header_bar_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func packStart(_ child: Widget) {
        child.widget { child in withOpaque { adw_header_bar_pack_start($0, child) } }
    }
    public func packEnd(_ child: Widget) { child.widget { child in withOpaque { adw_header_bar_pack_end($0, child) } } }
    public func remove(_ child: Widget) { child.widget { child in withOpaque { adw_header_bar_remove($0, child) } } }
    public func setTitleWidget(_ child: Widget) {
        child.widget { child in withOpaque { adw_header_bar_set_title_widget($0, child) } }
    }
    public var showsEndTitleButtons: Bool {
        get { withOpaque { adw_header_bar_get_show_end_title_buttons($0) != 0 } }
        set { withOpaque { adw_header_bar_set_show_end_title_buttons($0, newValue.gboolean) } }
    }
    public var showsStartTitleButtons: Bool {
        get { withOpaque { adw_header_bar_get_show_start_title_buttons($0) != 0 } }
        set { withOpaque { adw_header_bar_set_show_start_title_buttons($0, newValue.gboolean) } }
    }
}

/// A title with a line below it.
public final class WindowTitle: Widget {
    override class var nativeType: GType { adw_window_title_get_type() }

    public init(title: String, subtitle: String = "") {
        super.init(retaining: UnsafeMutableRawPointer(adw_window_title_new(title, subtitle)))
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public var title: String {
        get { withOpaque { string(adw_window_title_get_title($0)) } }
        set { withOpaque { adw_window_title_set_title($0, newValue) } }
    }
    public var subtitle: String {
        get { withOpaque { string(adw_window_title_get_subtitle($0)) } }
        set { withOpaque { adw_window_title_set_subtitle($0, newValue) } }
    }
}

/// Pages side by side, or one at a time when there is no room.
public final class Leaflet: Widget {
    override class var nativeType: GType { adw_leaflet_get_type() }

    public var isFolded: Bool { withOpaque { adw_leaflet_get_folded($0) != 0 } }
    public func append(_ page: Widget, name: String) {
        page.widget { page in
            withOpaque { leaflet in
                if let entry = adw_leaflet_append(leaflet, page) { adw_leaflet_page_set_name(entry, name) }
            }
        }
    }
    public func remove(_ page: Widget) { page.widget { page in withOpaque { adw_leaflet_remove($0, page) } } }
    public func show(_ page: Widget) { page.widget { page in withOpaque { adw_leaflet_set_visible_child($0, page) } } }
    public var visibleChildName: String {
        get { withOpaque { string(adw_leaflet_get_visible_child_name($0)) } }
        set { withOpaque { adw_leaflet_set_visible_child_name($0, newValue) } }
    }
    public var canNavigateBack: Bool {
        get { withOpaque { adw_leaflet_get_can_navigate_back($0) != 0 } }
        set { withOpaque { adw_leaflet_set_can_navigate_back($0, newValue.gboolean) } }
    }
    @discardableResult public func goBack() -> Bool {
        withOpaque { adw_leaflet_navigate($0, ADW_NAVIGATION_DIRECTION_BACK) != 0 }
    }
    public func onFoldedChanged(_ body: @escaping (Bool) -> Void) {
        connect("notify::folded") { arguments in
            guard let emitter = arguments.emitter else { return }
            body(adw_leaflet_get_folded(OpaquePointer(emitter)) != 0)
        }
    }
    public func onVisibleChildChanged(_ body: @escaping (String) -> Void) {
        connect("notify::visible-child") { arguments in
            guard let emitter = arguments.emitter else { return }
            body(string(adw_leaflet_get_visible_child_name(OpaquePointer(emitter))))
        }
    }
}

/// Content with a panel that slides in at its side, or over it when there is no room.
public final class Flap: Widget {
    override class var nativeType: GType { adw_flap_get_type() }

    public func setContent(_ child: Widget?) {
        withOpaque { flap in
            if let child { child.widget { adw_flap_set_content(flap, $0) } } else { adw_flap_set_content(flap, nil) }
        }
    }
    public func setFlap(_ child: Widget?) {
        withOpaque { flap in
            if let child { child.widget { adw_flap_set_flap(flap, $0) } } else { adw_flap_set_flap(flap, nil) }
        }
    }
    public var isRevealed: Bool {
        get { withOpaque { adw_flap_get_reveal_flap($0) != 0 } }
        set { withOpaque { adw_flap_set_reveal_flap($0, newValue.gboolean) } }
    }
    public var isFolded: Bool { withOpaque { adw_flap_get_folded($0) != 0 } }
    /// Whether the panel always lies over the content.
    public func setAlwaysFolded(_ isFolded: Bool) {
        withOpaque { adw_flap_set_fold_policy($0, isFolded ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_AUTO) }
    }
    public func onRevealedChanged(_ body: @escaping (Bool) -> Void) {
        connect("notify::reveal-flap") { arguments in
            guard let emitter = arguments.emitter else { return }
            body(adw_flap_get_reveal_flap(OpaquePointer(emitter)) != 0)
        }
    }
}

/// Keeps its child from growing too wide.
public final class Clamp: Widget {
    override class var nativeType: GType { adw_clamp_get_type() }

    public init(maximum: Int, child: Widget) {
        super.init(retaining: UnsafeMutableRawPointer(adw_clamp_new()))
        withOpaque { adw_clamp_set_maximum_size($0, gint(maximum)) }
        child.widget { child in withOpaque { adw_clamp_set_child($0, child) } }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }
}

/// Switches between the pages of a `ViewStack`.
public final class ViewStack: Widget {
    override class var nativeType: GType { adw_view_stack_get_type() }

    public var visibleChildName: String {
        get { withOpaque { string(adw_view_stack_get_visible_child_name($0)) } }
        set { withOpaque { adw_view_stack_set_visible_child_name($0, newValue) } }
    }
}
