import CAdwaita
import CGtkKit

/// A toplevel window.
public class Window: Widget {
    override class var nativeType: GType { gtk_window_get_type() }

    final func native<Result>(_ body: (UnsafeMutablePointer<GtkWindow>) -> Result) -> Result {
        with(GtkWindow.self, body)
    }

    public final var title: String {
        get { native { string(gtk_window_get_title($0)) } }
        set { native { gtk_window_set_title($0, newValue) } }
    }
    public final func present() { native { gtk_window_present($0) } }
    /// Lets the next `present` come to the front, with what the desktop gave for that.
    public final func setActivation(_ token: String) { native { gtk_window_set_startup_id($0, token) } }
    /// Asks the window to close; `onCloseRequest` may refuse.
    public final func close() { native { gtk_window_close($0) } }
    /// Takes the window away for good.
    public final func destroy() { native { gtk_window_destroy($0) } }
    public final func setDefaultSize(width: Int, height: Int) {
        native { gtk_window_set_default_size($0, gint(width), gint(height)) }
    }
    /// The size to restore next time: without the maximised state.
    public final var defaultSize: (width: Int, height: Int) {
        native {
            var width: gint = 0
            var height: gint = 0
            gtk_window_get_default_size($0, &width, &height)
            return (Int(width), Int(height))
        }
    }
    public final var isMaximized: Bool { native { gtk_window_is_maximized($0) != 0 } }
    public final func maximize() { native { gtk_window_maximize($0) } }
    public final var isFullscreen: Bool {
        get { native { gtk_window_is_fullscreen($0) != 0 } }
        set { native { newValue ? gtk_window_fullscreen($0) : gtk_window_unfullscreen($0) } }
    }
    /// Whether the keyboard is in this window.
    public final var isActive: Bool { native { gtk_window_is_active($0) != 0 } }
    public final func onActiveChanged(_ body: @escaping (Bool) -> Void) {
        connect("notify::is-active") { arguments in
            guard let emitter = arguments.emitter else { return }
            body(gtk_window_is_active(emitter.assumingMemoryBound(to: GtkWindow.self)) != 0)
        }
    }
    /// The desktop put the window away (true) or brought it back. Wayland does not tell.
    public final func onMinimizedChanged(_ body: @escaping (Bool) -> Void) {
        connect("realize") { arguments in
            guard let emitter = arguments.emitter, let surface = gtk_native_get_surface(OpaquePointer(emitter)) else {
                return
            }
            var was = false
            Object(retaining: UnsafeMutableRawPointer(surface)).onNotify("state") {
                let isMinimized = gdk_toplevel_get_state(surface).rawValue & GDK_TOPLEVEL_STATE_MINIMIZED.rawValue != 0
                guard isMinimized != was else { return }
                was = isMinimized
                body(isMinimized)
            }
        }
    }
    public final func setTransient(for parent: Window?) {
        native { window in
            if let parent {
                parent.native { gtk_window_set_transient_for(window, $0) }
            } else {
                gtk_window_set_transient_for(window, nil)
            }
        }
    }
    public final func setModal(_ isModal: Bool) { native { gtk_window_set_modal($0, isModal.gboolean) } }
    public final func setApplication(_ application: Application) {
        application.with(GtkApplication.self) { application in native { gtk_window_set_application($0, application) } }
    }
    public final func setDefaultButton(_ button: Button) {
        button.widget { button in native { gtk_window_set_default_widget($0, button) } }
    }
    public final func setFocus(_ widget: Widget?) {
        native { window in
            if let widget {
                widget.widget { gtk_window_set_focus(window, $0) }
            } else {
                gtk_window_set_focus(window, nil)
            }
        }
    }
    /// The widget that has the keyboard.
    public final var focused: Widget? {
        native { gtk_window_get_focus($0) }.map { Widget(retaining: UnsafeMutableRawPointer($0)) }
    }
    /// Somebody wants to close the window; true keeps it open.
    @discardableResult public final func onCloseRequest(_ body: @escaping () -> Bool) -> SignalConnection {
        connectDeciding("close-request") { _ in body() }
    }
    /// The window has gone for good. Runs once and in a turn of its own, in which `body` may let go of the last reference.
    /// GTK's own “destroy” comes only with that one, and so never to somebody who holds the window until he hears it.
    public final func onDestroy(_ body: @escaping () -> Void) {
        var isOver = false
        connect("unrealize") { _ in
            guard !isOver else { return }
            isOver = true
            Task { body() }
        }
    }
    /// Reports widgets that outlive this window (debug builds only).
    public final func watchForLeaks() { WindowCensus.watch(self) }
    /// Closes when Escape is pressed and nothing inside wants the key.
    public final func closesOnEscape() {
        let controller = KeyController(phase: .bubble)
        // The window comes from the event: nobody may hold this wrapper any more.
        controller.onPressed { key, window in
            guard key.symbol == .escape else { return false }
            gtk_window_close(UnsafeMutableRawPointer(window).assumingMemoryBound(to: GtkWindow.self))
            return true
        }
        add(controller)
    }
}

/// A dialog without a title bar of its own; its content brings one.
public class AdwaitaWindow: Window {
    override class var nativeType: GType { adw_window_get_type() }

    public init() { super.init(retaining: gtkkit_dialog_window_new()) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public final func setContent(_ content: Widget) {
        content.widget { content in with(AdwWindow.self) { adw_window_set_content($0, content) } }
    }
}

/// The main window: it has the `win.` actions.
public final class ApplicationWindow: Window {
    override class var nativeType: GType { adw_application_window_get_type() }

    public func setContent(_ content: Widget) {
        content.widget { content in with(AdwApplicationWindow.self) { adw_application_window_set_content($0, content) }
        }
    }
    /// Adds an action that is reachable as `win.name`.
    public func add(_ action: Action) {
        action.withOpaque { action in withOpaque { g_action_map_add_action($0, action) } }
    }
    public func removeAction(_ name: String) { withOpaque { g_action_map_remove_action($0, name) } }
}
