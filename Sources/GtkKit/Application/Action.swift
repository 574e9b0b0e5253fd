import CAdwaita
import CGtkKit

/// Something that menus, keys and buttons can start by name.
public final class Action: Object {
    override class var nativeType: GType { g_simple_action_get_type() }

    public init(_ name: String, _ body: @escaping () -> Void) {
        super.init(adopting: UnsafeMutableRawPointer(g_simple_action_new(name, nil)))
        connect("activate") { _ in body() }
    }

    /// An action with a text as its target, such as a token of a notification.
    public init(_ name: String, text body: @escaping (String) -> Void) {
        let type = g_variant_type_new("s")
        super.init(adopting: UnsafeMutableRawPointer(g_simple_action_new(name, type)))
        g_variant_type_free(type)
        connect("activate") { arguments in
            guard let target = arguments.variant(0) else { return }
            body(string(g_variant_get_string(target, nil)))
        }
    }

    /// An action that is on or off; `body` gets the wanted state and the action takes it.
    public init(_ name: String, isOn: Bool, _ body: @escaping (Bool) -> Void) {
        super.init(
            adopting: UnsafeMutableRawPointer(
                g_simple_action_new_stateful(name, nil, g_variant_new_boolean(isOn.gboolean))))
        connect("change-state") { arguments in
            guard let wanted = arguments.variant(0), let emitter = arguments.emitter else { return }
            g_simple_action_set_state(OpaquePointer(emitter), wanted)
            body(g_variant_get_boolean(wanted) != 0)
        }
    }

    /// An action with one of several words as its state, for radio items of a menu.
    public init(_ name: String, choice: String, _ body: @escaping (String) -> Void) {
        let type = g_variant_type_new("s")
        super.init(
            adopting: UnsafeMutableRawPointer(g_simple_action_new_stateful(name, type, g_variant_new_string(choice))))
        g_variant_type_free(type)
        connect("change-state") { arguments in
            guard let wanted = arguments.variant(0), let emitter = arguments.emitter else { return }
            g_simple_action_set_state(OpaquePointer(emitter), wanted)
            body(string(g_variant_get_string(wanted, nil)))
        }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public var isEnabled: Bool {
        get { withOpaque { g_action_get_enabled($0) != 0 } }
        set { withOpaque { g_simple_action_set_enabled($0, newValue.gboolean) } }
    }
    /// Shows a state that came from elsewhere, without running the handler.
    public func show(isOn: Bool) { withOpaque { g_simple_action_set_state($0, g_variant_new_boolean(isOn.gboolean)) } }
}

/// Actions under one prefix: `Widget.insertActions(_:prefix:)` makes them reachable.
public final class ActionGroup: Object {
    override class var nativeType: GType { g_simple_action_group_get_type() }

    public init(_ actions: [Action] = []) {
        super.init(adopting: UnsafeMutableRawPointer(g_simple_action_group_new()))
        actions.forEach(add)
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func add(_ action: Action) {
        action.withOpaque { action in withOpaque { g_action_map_add_action($0, action) } }
    }
    public func setEnabled(_ name: String, _ isEnabled: Bool) {
        withOpaque { group in
            guard let action = g_action_map_lookup_action(group, name) else { return }
            g_simple_action_set_enabled(action, isEnabled.gboolean)
        }
    }
}
