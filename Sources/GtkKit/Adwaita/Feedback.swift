import CAdwaita
import CGtkKit

/// An icon, a sentence, and what can be done about it.
public final class StatusPage: Widget {
    override class var nativeType: GType { adw_status_page_get_type() }

    public init(icon: String, title: String, description: String = "") {
        super.init(retaining: UnsafeMutableRawPointer(adw_status_page_new()))
        withOpaque { adw_status_page_set_icon_name($0, icon) }
        self.title = title
        self.explanation = description
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    /// Plain text: what looks like markup is escaped.
    public var title: String {
        get { withOpaque { string(adw_status_page_get_title($0)) } }
        set { withOpaque { adw_status_page_set_title($0, Markup.escape(newValue)) } }
    }
    public var explanation: String {
        get { withOpaque { string(adw_status_page_get_description($0)) } }
        set { withOpaque { adw_status_page_set_description($0, Markup.escape(newValue)) } }
    }
    public var iconName: String {
        get { withOpaque { string(adw_status_page_get_icon_name($0)) } }
        set { withOpaque { adw_status_page_set_icon_name($0, newValue) } }
    }
    public func setPaintable(_ texture: Texture?) {
        withOpaque { page in
            if let texture {
                texture.withOpaque { adw_status_page_set_paintable(page, $0) }
            } else {
                adw_status_page_set_paintable(page, nil)
            }
        }
    }
    public func setChild(_ child: Widget) {
        child.widget { child in withOpaque { adw_status_page_set_child($0, child) } }
    }
}

/// A sentence that goes away by itself.
public final class Toast: Object {
    override class var nativeType: GType { adw_toast_get_type() }

    /// More characters take longer to be read.
    private static let quicklyRead = 60
    /// Width of the text until it is known how much room there is.
    private static let leastRoom = 200

    /// - Parameters:
    ///   - text: plain text, which wraps where there is no room for one line of it.
    ///   - seconds: when it goes; `nil` for as long as it takes to read the text.
    public init(_ text: String, seconds: Int? = nil) {
        guard let toast = adw_toast_new("") else { preconditionFailure("libadwaita makes toasts") }
        super.init(adopting: UnsafeMutableRawPointer(toast))
        let label = Label(text)
        label.wraps = true
        label.xalign = 0
        label.addClass("heading")
        let title = Clamp(maximum: Self.leastRoom, child: label)
        withOpaque { toast in
            adw_toast_set_timeout(toast, guint(seconds ?? (text.count > Self.quicklyRead ? 6 : 4)))
            title.widget { adw_toast_set_custom_title(toast, $0) }
        }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    /// Adds a button, as “Undo”, which runs `body`.
    public func setButton(_ label: String, _ body: @escaping () -> Void) {
        withOpaque { adw_toast_set_button_label($0, label) }
        connect("button-clicked") { _ in body() }
    }
    /// It went away, by time or by hand.
    public func onDismissed(_ body: @escaping () -> Void) { connect("dismissed") { _ in body() } }
    public func dismiss() { withOpaque { adw_toast_dismiss($0) } }
}

/// Where toasts appear.
public final class ToastOverlay: Widget {
    override class var nativeType: GType { adw_toast_overlay_get_type() }

    public init(_ child: Widget? = nil) {
        super.init(retaining: UnsafeMutableRawPointer(adw_toast_overlay_new()))
        if let child { setChild(child) }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func setChild(_ child: Widget) {
        child.widget { child in withOpaque { adw_toast_overlay_set_child($0, child) } }
    }
    public func add(_ toast: Toast) {
        toast.withOpaque { toast in
            withOpaque { adw_toast_overlay_add_toast($0, OpaquePointer(g_object_ref(UnsafeMutableRawPointer(toast)))) }
        }
        arrange(toast)
    }
}

extension Widget {
    /// Fits a toast that was just added somewhere below into its room, and later the one that takes its place.
    final func arrange(_ toast: Toast) {
        arrangeToasts()
        // The next toast of the queue gets its widgets when this one goes.
        toast.onDismissed { [weak self] in MainLoop.whenIdle { self?.arrangeToasts() } }
    }

    private func arrangeToasts() { widget { gtkkit_arrange_toasts($0) } }
}

/// A face, or initials on a colour made from the name.
public final class Avatar: Widget {
    override class var nativeType: GType { adw_avatar_get_type() }

    public init(size: Int, name: String = "") {
        super.init(retaining: UnsafeMutableRawPointer(adw_avatar_new(gint(size), name, 1)))
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public var text: String {
        get { withOpaque { string(adw_avatar_get_text($0)) } }
        set { withOpaque { adw_avatar_set_text($0, newValue) } }
    }
    public var size: Int {
        get { withOpaque { Int(adw_avatar_get_size($0)) } }
        set { withOpaque { adw_avatar_set_size($0, gint(newValue)) } }
    }
    /// An icon instead of initials, as for Note to Self.
    public func setIcon(_ name: String?) {
        withOpaque {
            adw_avatar_set_icon_name($0, name)
            adw_avatar_set_show_initials($0, (name == nil).gboolean)
        }
    }
    public func setImage(_ texture: Texture?) {
        withOpaque { avatar in
            if let texture {
                texture.withOpaque { adw_avatar_set_custom_image(avatar, $0) }
            } else {
                adw_avatar_set_custom_image(avatar, nil)
            }
        }
    }
}
