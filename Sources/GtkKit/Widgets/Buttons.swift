import CAdwaita
import CGtkKit

/// Something to press.
public class Button: Widget {
    override class var nativeType: GType { gtk_button_get_type() }

    public init(label: String) {
        super.init(retaining: UnsafeMutableRawPointer(gtk_button_new_with_label(label)))
        withRaw(gtkkit_wrap_button)
    }
    /// A button with an icon only: it needs the words it stands for.
    public init(icon: String, label: String) {
        super.init(retaining: UnsafeMutableRawPointer(gtk_button_new_from_icon_name(icon)))
        tooltip = label
        setAccessibleLabel(label)
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public final var label: String {
        get { with(GtkButton.self) { string(gtk_button_get_label($0)) } }
        set {
            with(GtkButton.self) { gtk_button_set_label($0, newValue) }
            withRaw(gtkkit_wrap_button)
        }
    }
    public final var iconName: String {
        get { with(GtkButton.self) { string(gtk_button_get_icon_name($0)) } }
        set { with(GtkButton.self) { gtk_button_set_icon_name($0, newValue) } }
    }
    public final func setChild(_ child: Widget?) {
        with(GtkButton.self) { button in
            if let child {
                child.widget { gtk_button_set_child(button, $0) }
            } else {
                gtk_button_set_child(button, nil)
            }
        }
    }
    public final var hasFrame: Bool {
        get { with(GtkButton.self) { gtk_button_get_has_frame($0) != 0 } }
        set { with(GtkButton.self) { gtk_button_set_has_frame($0, newValue.gboolean) } }
    }
    /// Activates this action, such as `app.preferences`, when pressed.
    public final func setAction(_ name: String) { withOpaque { gtk_actionable_set_action_name($0, name) } }

    @discardableResult public final func onClicked(_ body: @escaping () -> Void) -> SignalConnection {
        connect("clicked") { _ in body() }
    }
}

/// A button that stays down.
public final class ToggleButton: Button {
    override class var nativeType: GType { gtk_toggle_button_get_type() }

    /// With an icon only: it needs the words it stands for.
    public override init(icon: String, label: String) {
        super.init(retaining: UnsafeMutableRawPointer(gtk_toggle_button_new()))
        iconName = icon
        tooltip = label
        setAccessibleLabel(label)
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public var isActive: Bool {
        get { with(GtkToggleButton.self) { gtk_toggle_button_get_active($0) != 0 } }
        set { with(GtkToggleButton.self) { gtk_toggle_button_set_active($0, newValue.gboolean) } }
    }
    @discardableResult public func onToggled(_ body: @escaping (Bool) -> Void) -> SignalConnection {
        connect("toggled") { arguments in
            guard let emitter = arguments.emitter else { return }
            body(gtk_toggle_button_get_active(emitter.assumingMemoryBound(to: GtkToggleButton.self)) != 0)
        }
    }
}

/// A box to tick; several with one `setGroup` are radio buttons.
public final class CheckButton: Widget {
    override class var nativeType: GType { gtk_check_button_get_type() }

    public init(label: String) {
        super.init(retaining: UnsafeMutableRawPointer(gtk_check_button_new_with_label(label)))
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public var isActive: Bool {
        get { with(GtkCheckButton.self) { gtk_check_button_get_active($0) != 0 } }
        set { with(GtkCheckButton.self) { gtk_check_button_set_active($0, newValue.gboolean) } }
    }
    public var label: String {
        get { with(GtkCheckButton.self) { string(gtk_check_button_get_label($0)) } }
        set { with(GtkCheckButton.self) { gtk_check_button_set_label($0, newValue) } }
    }
    public func setGroup(_ other: CheckButton) {
        other.with(GtkCheckButton.self) { other in with(GtkCheckButton.self) { gtk_check_button_set_group($0, other) } }
    }
    @discardableResult public func onToggled(_ body: @escaping (Bool) -> Void) -> SignalConnection {
        connect("toggled") { arguments in
            guard let emitter = arguments.emitter else { return }
            body(gtk_check_button_get_active(emitter.assumingMemoryBound(to: GtkCheckButton.self)) != 0)
        }
    }
}

/// On or off, at once.
public final class Switch: Widget {
    override class var nativeType: GType { gtk_switch_get_type() }

    public init() { super.init(retaining: UnsafeMutableRawPointer(gtk_switch_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public var isActive: Bool {
        get { withOpaque { gtk_switch_get_active($0) != 0 } }
        set { withOpaque { gtk_switch_set_active($0, newValue.gboolean) } }
    }
    @discardableResult public func onToggled(_ body: @escaping (Bool) -> Void) -> SignalConnection {
        connect("notify::active") { arguments in
            guard let emitter = arguments.emitter else { return }
            body(gtk_switch_get_active(OpaquePointer(emitter)) != 0)
        }
    }
}

/// A button that opens a menu or a popover.
public final class MenuButton: Widget {
    override class var nativeType: GType { gtk_menu_button_get_type() }

    public init(icon: String, label: String) {
        super.init(retaining: UnsafeMutableRawPointer(gtk_menu_button_new()))
        withOpaque { gtk_menu_button_set_icon_name($0, icon) }
        tooltip = label
        setAccessibleLabel(label)
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func setMenu(_ menu: Menu?) {
        withOpaque { button in
            if let menu {
                menu.with(GMenuModel.self) { gtk_menu_button_set_menu_model(button, $0) }
            } else {
                gtk_menu_button_set_menu_model(button, nil)
            }
        }
    }
    /// Asks for the menu each time that it is about to be shown: a menu is many widgets.
    public func setMenu(whenPressed make: @escaping () -> Menu?) {
        let supply = Unmanaged.passRetained(MenuSupply(make)).toOpaque()
        withOpaque { button in
            gtk_menu_button_set_create_popup_func(
                button,
                { button, supply in
                    guard let supply else { return }
                    let menu = Unmanaged<MenuSupply>.fromOpaque(supply).takeUnretainedValue().make()
                    menu?.with(GMenuModel.self) { gtk_menu_button_set_menu_model(button, $0) }
                }, supply, { if let supply = $0 { Unmanaged<MenuSupply>.fromOpaque(supply).release() } })
        }
    }
    public func setPopover(_ popover: Popover) {
        popover.widget { popover in withOpaque { gtk_menu_button_set_popover($0, popover) } }
    }
    public func popUp() { withOpaque { gtk_menu_button_popup($0) } }
}

private final class MenuSupply {
    let make: () -> Menu?
    init(_ make: @escaping () -> Menu?) { self.make = make }
}
