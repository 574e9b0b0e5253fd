import CAdwaita
import CGtkKit

/// The program as the desktop knows it: one instance for each id, actions, keys, notifications. libadwaita loads
/// `style.css`, `style-dark.css` and `style-hc.css` from the resource folder by itself.
public final class Application: Object {
    override class var nativeType: GType { adw_application_get_type() }

    /// - Parameters:
    ///   - id: the name on the session bus; a second start with the same id activates the first.
    ///   - resources: the folder inside the GResource that holds the styles.
    public init(id: String, resources: String) {
        guard let application = adw_application_new(id, G_APPLICATION_HANDLES_OPEN) else {
            preconditionFailure("“\(id)” is no application id")
        }
        super.init(adopting: UnsafeMutableRawPointer(application))
        native { g_application_set_resource_base_path($0, resources) }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    private func native<Result>(_ body: (UnsafeMutablePointer<GApplication>) -> Result) -> Result {
        with(GApplication.self, body)
    }

    /// Hands the thread to GLib until the program ends. Call on thread 0, from a synchronous `main`.
    /// - Returns: the exit status.
    public func run(_ arguments: [String]) -> Int32 {
        MainLoop.installMainQueue()
        var copies = arguments.map { strdup($0) } + [nil]
        defer { copies.forEach { free($0) } }
        return native { g_application_run($0, gint(arguments.count), &copies) }
    }

    /// Finds out whether this is the first instance. Runs the start-up handlers if it is.
    /// - Returns: false when another process has the name; its actions can be started from here.
    public func registerAsFirst() throws(GLibError) -> Bool {
        var error: UnsafeMutablePointer<GError>?
        guard native({ g_application_register($0, nil, &error) }) != 0 else { throw GLibError(taking: error) }
        return native { g_application_get_is_remote($0) } == 0
    }

    /// Starts an action here or, without being the first instance, in the process that is.
    public func activate(action name: String) {
        withOpaque { g_action_group_activate_action($0, name, nil) }
        // A process that ends right after this would take the message along with it.
        guard let connection = native({ g_application_get_dbus_connection($0) }) else { return }
        g_dbus_connection_flush_sync(connection, nil, nil)
    }

    public func onStartup(_ body: @escaping () -> Void) { connect("startup") { _ in body() } }
    public func onActivate(_ body: @escaping () -> Void) { connect("activate") { _ in body() } }
    public func onShutdown(_ body: @escaping () -> Void) { connect("shutdown") { _ in body() } }
    /// URIs came on the command line, from a second start or over D-Bus.
    public func onOpen(_ body: @escaping ([String]) -> Void) {
        connect("open") { arguments in
            guard let files = arguments.pointer(0)?.assumingMemoryBound(to: OpaquePointer?.self) else { return }
            body((0..<arguments.int(1)).map { takenString(g_file_get_uri(files[$0])) })
        }
    }

    /// Keeps the program alive without a window.
    public func hold() { native { g_application_hold($0) } }
    public func release() { native { g_application_release($0) } }
    public func quit() { native { g_application_quit($0) } }

    /// Adds an action that is reachable as `app.name`, and over D-Bus.
    public func add(_ action: Action) {
        action.withOpaque { action in withOpaque { g_action_map_add_action($0, action) } }
    }
    /// Keys such as `<Control>n` for an action such as `app.new-conversation`.
    public func setKeys(_ keys: [String], for action: String) {
        let copies = keys.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        var pointers = copies.map { UnsafePointer<CChar>($0) } + [nil]
        with(GtkApplication.self) { gtk_application_set_accels_for_action($0, action, &pointers) }
    }
    /// Keeps the machine from falling asleep, until the returned number is given to ``allowSleep(_:)``.
    /// - Parameter reason: what the desktop shows to somebody who asks why.
    /// - Returns: `nil` where the desktop does not take part.
    public func preventSleep(over window: Window?, reason: String) -> UInt32? {
        let kinds = GtkApplicationInhibitFlags(
            rawValue: GTK_APPLICATION_INHIBIT_SUSPEND.rawValue | GTK_APPLICATION_INHIBIT_IDLE.rawValue)
        let ask = { (native: UnsafeMutablePointer<GtkWindow>?) in
            self.with(GtkApplication.self) { gtk_application_inhibit($0, native, kinds, reason) }
        }
        let cookie = if let window { window.native(ask) } else { ask(nil) }
        return cookie == 0 ? nil : cookie
    }
    public func allowSleep(_ cookie: UInt32) { with(GtkApplication.self) { gtk_application_uninhibit($0, cookie) } }

    public var activeWindow: Window? {
        with(GtkApplication.self) { gtk_application_get_active_window($0) }.map {
            Window(retaining: UnsafeMutableRawPointer($0))
        }
    }

    /// Shows or replaces the notification with this id.
    public func show(_ notification: Notification, id: String) {
        notification.withOpaque { notification in native { g_application_send_notification($0, id, notification) } }
    }
    public func withdrawNotification(id: String) { native { g_application_withdraw_notification($0, id) } }
}

/// Sets what the toolkit and the desktop call this program. Before the first window.
public enum Program {
    public static func setNames(program: String, application: String, icon: String) {
        g_set_prgname(program)
        g_set_application_name(application)
        gtk_window_set_default_icon_name(icon)
    }
    /// The versions of GTK and libadwaita in use, for reports.
    public static var toolkitVersions: String {
        "GTK \(gtk_get_major_version()).\(gtk_get_minor_version()).\(gtk_get_micro_version()), "
            + "libadwaita \(adw_get_major_version()).\(adw_get_minor_version()).\(adw_get_micro_version())"
    }
    /// Ends on SIGTERM and SIGINT as on Quit: `body` runs on the main loop.
    public static func onTerminationSignal(_ body: @escaping () -> Void) {
        for signal in [SIGINT, SIGTERM] {
            let box = Unmanaged.passRetained(Callback(body)).toOpaque()
            g_unix_signal_add(
                signal,
                { box in
                    if let box { Unmanaged<Callback>.fromOpaque(box).takeUnretainedValue().run() }
                    return 1
                }, box)
        }
    }
}

/// A closure for C functions that take a data pointer.
final class Callback {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
}
