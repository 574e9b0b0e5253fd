import CAdwaita
import CGtkKit

/// What the desktop shows on our behalf. Targets of its actions are tokens that mean nothing outside this run.
public final class Notification: Object {
    override class var nativeType: GType { g_notification_get_type() }

    public init(title: String, body: String = "") {
        guard let notification = g_notification_new(title) else { preconditionFailure("GIO makes notifications") }
        super.init(adopting: UnsafeMutableRawPointer(notification))
        if !body.isEmpty { withOpaque { g_notification_set_body($0, body) } }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    /// What a click does: an `app.` action with a text target.
    public func setDefaultAction(_ action: String, target: String) {
        withOpaque { g_notification_set_default_action_and_target_value($0, action, g_variant_new_string(target)) }
    }
    public func addButton(_ label: String, action: String, target: String) {
        withOpaque { g_notification_add_button_with_target_value($0, label, action, g_variant_new_string(target)) }
    }
    public func setUrgent() { withOpaque { g_notification_set_priority($0, G_NOTIFICATION_PRIORITY_URGENT) } }
    /// The category of the desktop specification, such as `im.received`.
    public func setCategory(_ category: String) { withOpaque { g_notification_set_category($0, category) } }
}
