import CAdwaita
import CGtkKit

/// Clicks of one mouse button.
public final class ClickGesture: EventController {
    override class var nativeType: GType { gtk_gesture_click_get_type() }

    public enum MouseButton: UInt32, Sendable { case primary = 1, middle = 2, secondary = 3 }

    public init(_ button: MouseButton = .primary) {
        super.init(adopting: UnsafeMutableRawPointer(gtk_gesture_click_new()))
        withOpaque { gtk_gesture_single_set_button($0, button.rawValue) }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    /// Pressed, with the count of a multiple click and the place in the widget. The event ends here.
    public func onPressed(_ body: @escaping (_ count: Int, _ x: Double, _ y: Double) -> Void) {
        connect("pressed") { arguments in
            if let emitter = arguments.emitter {
                _ = gtk_gesture_set_state(OpaquePointer(emitter), GTK_EVENT_SEQUENCE_CLAIMED)
            }
            body(arguments.int(0), arguments.double(1), arguments.double(2))
        }
    }
    /// Released, without keeping the click from anybody else.
    public func onReleased(_ body: @escaping () -> Void) { connect("released") { _ in body() } }
}

/// A finger or button held down.
public final class LongPressGesture: EventController {
    override class var nativeType: GType { gtk_gesture_long_press_get_type() }

    public init() {
        super.init(adopting: UnsafeMutableRawPointer(gtk_gesture_long_press_new()))
        withOpaque { gtk_gesture_single_set_touch_only($0, 1) }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func onPressed(_ body: @escaping (_ x: Double, _ y: Double) -> Void) {
        connect("pressed") { body($0.double(0), $0.double(1)) }
    }
}

/// Something is pulled with the pointer or a finger.
public final class DragGesture: EventController {
    override class var nativeType: GType { gtk_gesture_drag_get_type() }

    public init() { super.init(adopting: UnsafeMutableRawPointer(gtk_gesture_drag_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    /// Sees the pointer before the widget itself does, as a button that can be pulled needs it.
    public func inCapture() { withOpaque { gtk_event_controller_set_propagation_phase($0, GTK_PHASE_CAPTURE) } }
    /// How far it is from where it was taken, in pixels.
    public func onMoved(_ body: @escaping (_ x: Double, _ y: Double) -> Void) {
        connect("drag-update") { body($0.double(0), $0.double(1)) }
    }
    /// It was let go.
    public func onEnded(_ body: @escaping (_ x: Double, _ y: Double) -> Void) {
        connect("drag-end") { body($0.double(0), $0.double(1)) }
    }
}

/// The keyboard comes and goes.
public final class FocusController: EventController {
    override class var nativeType: GType { gtk_event_controller_focus_get_type() }

    public init() { super.init(adopting: UnsafeMutableRawPointer(gtk_event_controller_focus_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func onEnter(_ body: @escaping () -> Void) { connect("enter") { _ in body() } }
    public func onLeave(_ body: @escaping () -> Void) { connect("leave") { _ in body() } }
}

/// The pointer comes and goes.
public final class HoverController: EventController {
    override class var nativeType: GType { gtk_event_controller_motion_get_type() }

    public init() { super.init(adopting: UnsafeMutableRawPointer(gtk_event_controller_motion_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func onEnter(_ body: @escaping () -> Void) { connect("enter") { _ in body() } }
    public func onLeave(_ body: @escaping () -> Void) { connect("leave") { _ in body() } }
    /// The pointer moved, to this place in the widget.
    public func onMoved(_ body: @escaping (_ x: Double, _ y: Double) -> Void) {
        connect("motion") { body($0.double(0), $0.double(1)) }
    }
}
