import CAdwaita
import CGtkKit

/// A menu of action names; sections are divided by lines.
public final class Menu: Object {
    override class var nativeType: GType { g_menu_get_type() }

    public init() { super.init(adopting: UnsafeMutableRawPointer(g_menu_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    /// Appends an item for an action such as `row.pin`, with a text target when it has one.
    @discardableResult public func append(_ label: String, action: String, target: String? = nil) -> Menu {
        let item = g_menu_item_new(label, nil)
        g_menu_item_set_action_and_target_value(item, action, target.flatMap { g_variant_new_string($0) })
        withOpaque { g_menu_append_item($0, item) }
        if let item { g_object_unref(UnsafeMutableRawPointer(item)) }
        return self
    }
    @discardableResult public func appendSection(_ section: Menu) -> Menu {
        section.with(GMenuModel.self) { section in withOpaque { g_menu_append_section($0, nil, section) } }
        return self
    }
    @discardableResult public func appendSubmenu(_ label: String, _ menu: Menu) -> Menu {
        menu.with(GMenuModel.self) { menu in withOpaque { g_menu_append_submenu($0, label, menu) } }
        return self
    }
}
