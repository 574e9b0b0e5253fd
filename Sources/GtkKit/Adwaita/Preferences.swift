import CAdwaita
import CGtkKit

/// Rows under one heading.
public final class PreferencesGroup: Widget {
    override class var nativeType: GType { adw_preferences_group_get_type() }

    public init(title: String = "", description: String = "") {
        super.init(retaining: UnsafeMutableRawPointer(adw_preferences_group_new()))
        self.title = title
        self.groupDescription = description
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    private func group<Result>(_ body: (UnsafeMutablePointer<AdwPreferencesGroup>) -> Result) -> Result {
        with(AdwPreferencesGroup.self, body)
    }
    public var title: String {
        get { group { string(adw_preferences_group_get_title($0)) } }
        set { group { adw_preferences_group_set_title($0, Markup.escape(newValue)) } }
    }
    public var groupDescription: String {
        get { group { string(adw_preferences_group_get_description($0)) } }
        set { group { adw_preferences_group_set_description($0, Markup.escape(newValue)) } }
    }
    public func add(_ child: Widget) { child.widget { child in group { adw_preferences_group_add($0, child) } } }
    public func remove(_ child: Widget) { child.widget { child in group { adw_preferences_group_remove($0, child) } } }
    public func setHeaderSuffix(_ child: Widget) {
        child.widget { child in group { adw_preferences_group_set_header_suffix($0, child) } }
    }
}

/// Groups on one page of the preferences.
public final class PreferencesPage: Widget {
    override class var nativeType: GType { adw_preferences_page_get_type() }

    public init(title: String = "", icon: String = "") {
        super.init(retaining: UnsafeMutableRawPointer(adw_preferences_page_new()))
        with(AdwPreferencesPage.self) {
            adw_preferences_page_set_title($0, title)
            if !icon.isEmpty { adw_preferences_page_set_icon_name($0, icon) }
        }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func add(_ group: PreferencesGroup) {
        group.with(AdwPreferencesGroup.self) { group in
            with(AdwPreferencesPage.self) { adw_preferences_page_add($0, group) }
        }
    }
    public func remove(_ group: PreferencesGroup) {
        group.with(AdwPreferencesGroup.self) { group in
            with(AdwPreferencesPage.self) { adw_preferences_page_remove($0, group) }
        }
    }
}

/// The preferences, searchable, with pages and subpages.
public final class PreferencesWindow: AdwaitaWindow {
    override class var nativeType: GType { adw_preferences_window_get_type() }

    public override init() { super.init(retaining: UnsafeMutableRawPointer(adw_preferences_window_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    private func preferences<Result>(_ body: (UnsafeMutablePointer<AdwPreferencesWindow>) -> Result) -> Result {
        with(AdwPreferencesWindow.self, body)
    }
    public func add(_ page: PreferencesPage) {
        page.with(AdwPreferencesPage.self) { page in preferences { adw_preferences_window_add($0, page) } }
    }
    public func show(_ page: PreferencesPage) {
        page.with(AdwPreferencesPage.self) { page in preferences { adw_preferences_window_set_visible_page($0, page) } }
    }
    /// A subpage brings its own header bar with a back button; `closeSubpage` returns.
    public func presentSubpage(_ child: Widget) {
        child.widget { child in preferences { adw_preferences_window_present_subpage($0, child) } }
    }
    public func closeSubpage() { preferences { adw_preferences_window_close_subpage($0) } }
    public func add(_ toast: Toast) {
        toast.withOpaque { toast in
            preferences {
                adw_preferences_window_add_toast($0, OpaquePointer(g_object_ref(UnsafeMutableRawPointer(toast))))
            }
        }
        arrange(toast)
    }
    /// Call after the window was closed: what is in its rows is freed. libadwaita 1.2 keeps the groups themselves for ever.
    public func dropRows() { widget { gtkkit_drop_rows($0) } }
    public func setSearchEnabled(_ isOn: Bool) {
        preferences { adw_preferences_window_set_search_enabled($0, isOn.gboolean) }
    }
    public func setCanNavigateBack(_ isOn: Bool) {
        preferences { adw_preferences_window_set_can_navigate_back($0, isOn.gboolean) }
    }
}
