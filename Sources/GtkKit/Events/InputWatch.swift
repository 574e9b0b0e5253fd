import CAdwaita
import CGtkKit

/// Sees every key, button and scroll step that reaches a window, before anything in it does, and takes none of them.
public final class InputWatch: EventController {
    override class var nativeType: GType { gtk_event_controller_legacy_get_type() }

    public init() {
        super.init(adopting: UnsafeMutableRawPointer(gtk_event_controller_legacy_new()))
        withOpaque { gtk_event_controller_set_propagation_phase($0, GTK_PHASE_CAPTURE) }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    /// Calls `body` with the time that the event had already waited when it was handed over: zero where the display server
    /// does not stamp events by this machine's clock.
    public func onInput(_ body: @escaping (Duration) -> Void) {
        connectDeciding("event") { arguments in
            guard let emitter = arguments.emitter,
                let event = gtk_event_controller_get_current_event(OpaquePointer(emitter))
            else { return false }
            switch gdk_event_get_event_type(event) {
            case GDK_KEY_PRESS, GDK_BUTTON_PRESS, GDK_BUTTON_RELEASE, GDK_SCROLL: body(Self.age(of: event))
            default: break
            }
            return false
        }
    }

    /// Longer than any event waits on a machine that still works.
    private static let longestAge: UInt32 = 60_000

    private static func age(of event: OpaquePointer) -> Duration {
        let now = UInt32(truncatingIfNeeded: g_get_monotonic_time() / 1_000)
        let age = now &- gdk_event_get_time(event)
        return .milliseconds(age < longestAge ? Int(age) : 0)
    }
}
