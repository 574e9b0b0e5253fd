import CAdwaita
import CGtkKit

/// A key that went down.
public struct Key {
    public enum Symbol: Equatable, Sendable {
        case enter, escape, tab, up, down, left, right, pageUp, pageDown, home, end, delete, backspace, menu, space, f6,
            f10
        /// A key that writes a letter or digit, in lower case.
        case character(Character)
        case other
    }

    public let symbol: Symbol
    public let isShift, isControl, isAlt: Bool
    /// The text view's input method may want the key first.
    let event: OpaquePointer?

    /// No Shift, Control or Alt.
    public var isPlain: Bool { !isShift && !isControl && !isAlt }

    /// The keys that open the menu of what has the focus: Menu, Shift+F10, and Enter on something that only has a menu.
    public var asksForMenu: Bool { symbol == .menu || (symbol == .f10 && isShift) || (symbol == .enter && isPlain) }

    init(value: UInt32, modifiers: UInt32, event: OpaquePointer?) {
        self.event = event
        isShift = modifiers & GDK_SHIFT_MASK.rawValue != 0
        isControl = modifiers & GDK_CONTROL_MASK.rawValue != 0
        isAlt = modifiers & GDK_ALT_MASK.rawValue != 0
        symbol =
            switch Int32(bitPattern: value) {
            case GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter: .enter
            case GDK_KEY_Escape: .escape
            case GDK_KEY_Tab, GDK_KEY_ISO_Left_Tab: .tab
            case GDK_KEY_Up, GDK_KEY_KP_Up: .up
            case GDK_KEY_Down, GDK_KEY_KP_Down: .down
            case GDK_KEY_Left, GDK_KEY_KP_Left: .left
            case GDK_KEY_Right, GDK_KEY_KP_Right: .right
            case GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up: .pageUp
            case GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down: .pageDown
            case GDK_KEY_Home, GDK_KEY_KP_Home: .home
            case GDK_KEY_End, GDK_KEY_KP_End: .end
            case GDK_KEY_Delete, GDK_KEY_KP_Delete: .delete
            case GDK_KEY_BackSpace: .backspace
            case GDK_KEY_Menu: .menu
            case GDK_KEY_space: .space
            case GDK_KEY_F6: .f6
            case GDK_KEY_F10: .f10
            default:
                Unicode.Scalar(gdk_keyval_to_unicode(gdk_keyval_to_lower(value))).flatMap {
                    $0.value == 0 ? nil : .character(Character($0))
                } ?? .other
            }
    }
}

/// When a controller sees an event: on its way down to the focus, or on its way back up.
public enum EventPhase: Sendable {
    case capture, bubble
    var native: GtkPropagationPhase { self == .capture ? GTK_PHASE_CAPTURE : GTK_PHASE_BUBBLE }
}

/// Something that follows events of a widget; the widget owns it.
public class EventController: Object {
    override class var nativeType: GType { gtk_event_controller_get_type() }
}

extension Widget {
    /// Gives the controller to the widget.
    public final func add(_ controller: EventController) {
        controller.withRaw { controller in
            // The widget takes over one reference.
            _ = g_object_ref(controller)
            widget { gtk_widget_add_controller($0, OpaquePointer(controller)) }
        }
    }
}

/// Keys, before or after the widget itself.
public final class KeyController: EventController {
    override class var nativeType: GType { gtk_event_controller_key_get_type() }

    public init(phase: EventPhase = .bubble) {
        super.init(adopting: UnsafeMutableRawPointer(gtk_event_controller_key_new()))
        withOpaque { gtk_event_controller_set_propagation_phase($0, phase.native) }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    /// A key went down; true ends the event here.
    public func onPressed(_ body: @escaping (Key) -> Bool) { onPressed { key, _ in body(key) } }

    /// A key came up again.
    public func onReleased(_ body: @escaping (Key) -> Void) {
        connect("key-released") { body(Key(value: $0.uint(0), modifiers: $0.flags(2), event: nil)) }
    }

    /// As above, with the widget that the controller belongs to.
    func onPressed(_ body: @escaping (Key, UnsafeMutablePointer<GtkWidget>) -> Bool) {
        connectDeciding("key-pressed") { arguments in
            guard let controller = arguments.emitter.map({ OpaquePointer($0) }),
                let widget = gtk_event_controller_get_widget(controller)
            else { return false }
            let event = gtk_event_controller_get_current_event(controller)
            return body(Key(value: arguments.uint(0), modifiers: arguments.flags(2), event: event), widget)
        }
    }
}

extension TextView {
    /// Sees keys before the text does, but after the input method: Enter that ends a composition does not send.
    public func onKey(_ body: @escaping (Key) -> Bool) {
        let controller = KeyController(phase: .capture)
        controller.connectDeciding("key-pressed") { arguments in
            guard let emitter = arguments.emitter else { return false }
            let event = gtk_event_controller_get_current_event(OpaquePointer(emitter))
            let key = Key(value: arguments.uint(0), modifiers: arguments.flags(2), event: event)
            if key.symbol == .enter, let event, let view = gtk_event_controller_get_widget(OpaquePointer(emitter)) {
                let taken = gtk_text_view_im_context_filter_keypress(
                    UnsafeMutableRawPointer(view).assumingMemoryBound(to: GtkTextView.self), event)
                if taken != 0 { return true }
            }
            return body(key)
        }
        add(controller)
    }
}
