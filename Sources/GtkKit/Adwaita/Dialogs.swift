import CAdwaita
import CGtkKit

/// A decision. The default response is the safe one, Escape answers with `close`.
public final class MessageDialog: Window {
    override class var nativeType: GType { adw_message_dialog_get_type() }

    public enum Appearance: Sendable {
        case plain, suggested, destructive
        var native: AdwResponseAppearance {
            switch self {
            case .plain: ADW_RESPONSE_DEFAULT
            case .suggested: ADW_RESPONSE_SUGGESTED
            case .destructive: ADW_RESPONSE_DESTRUCTIVE
            }
        }
    }

    public init(parent: Window?, heading: String, body: String) {
        let make = { (parent: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer in
            guard let dialog = gtkkit_message_dialog_new(parent, heading, body) else {
                preconditionFailure("libadwaita makes dialogs")
            }
            return dialog
        }
        super.init(retaining: parent.map { $0.withRaw(make) } ?? make(nil))
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    private func dialog<Result>(_ body: (UnsafeMutablePointer<AdwMessageDialog>) -> Result) -> Result {
        with(AdwMessageDialog.self, body)
    }
    public func addResponse(_ id: String, _ label: String, _ appearance: Appearance = .plain) {
        dialog {
            // The C function's name is also a macro of none: responses are added one by one.
            adw_message_dialog_add_response($0, id, label)
            adw_message_dialog_set_response_appearance($0, id, appearance.native)
        }
    }
    public func setDefault(_ id: String) { dialog { adw_message_dialog_set_default_response($0, id) } }
    public func setClose(_ id: String) { dialog { adw_message_dialog_set_close_response($0, id) } }
    public func setEnabled(_ id: String, _ isEnabled: Bool) {
        dialog { adw_message_dialog_set_response_enabled($0, id, isEnabled.gboolean) }
    }
    public func setExtraChild(_ child: Widget) {
        child.widget { child in dialog { adw_message_dialog_set_extra_child($0, child) } }
    }
    /// Presents the dialog; `body` gets the response once and the dialog closes.
    public func present(_ body: @escaping (String) -> Void) {
        connect("response") { body($0.string(0)) }
        widget { gtkkit_name_buttons($0) }
        watchForLeaks()
        setModal(true)
        present()
    }
    /// Presents the dialog and waits for the answer.
    public func ask() async -> String {
        await withCheckedContinuation { answer in present { answer.resume(returning: $0) } }
    }
}

/// Who made it, what it is, what it stands on.
public final class AboutWindow: AdwaitaWindow {
    override class var nativeType: GType { adw_about_window_get_type() }

    public struct Facts: Sendable {
        public var name, version, icon, developer, comments, website, issues, copyright, debugInformation: String
        public nonisolated init(
            name: String, version: String, icon: String, developer: String, comments: String, website: String,
            issues: String,
            copyright: String, debugInformation: String
        ) {
            self.name = name
            self.version = version
            self.icon = icon
            self.developer = developer
            self.comments = comments
            self.website = website
            self.issues = issues
            self.copyright = copyright
            self.debugInformation = debugInformation
        }
    }

    public init(_ facts: Facts) {
        super.init(retaining: UnsafeMutableRawPointer(adw_about_window_new()))
        withOpaque {
            adw_about_window_set_application_name($0, facts.name)
            adw_about_window_set_version($0, facts.version)
            adw_about_window_set_application_icon($0, facts.icon)
            adw_about_window_set_developer_name($0, facts.developer)
            adw_about_window_set_comments($0, facts.comments)
            if !facts.website.isEmpty { adw_about_window_set_website($0, facts.website) }
            if !facts.issues.isEmpty { adw_about_window_set_issue_url($0, facts.issues) }
            adw_about_window_set_copyright($0, facts.copyright)
            adw_about_window_set_license_type($0, GTK_LICENSE_GPL_3_0)
            adw_about_window_set_debug_info($0, facts.debugInformation)
        }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }
}

/// The list of all keys.
public final class ShortcutsWindow: Window {
    override class var nativeType: GType { gtk_shortcuts_window_get_type() }
}
