import CAdwaita
import CGtkKit
public import Foundation

/// Takes files and pictures that somebody drops on a widget.
public final class PictureDrop: EventController {
    override class var nativeType: GType { gtk_drop_target_get_type() }

    public enum Content {
        case file(URL)
        case texture(Texture)
    }

    public init() {
        super.init(adopting: UnsafeMutableRawPointer(gtk_drop_target_new(GType(1 << 2), GDK_ACTION_COPY)))
        var types = [g_file_get_type(), gdk_texture_get_type()]
        withOpaque { gtk_drop_target_set_gtypes($0, &types, gsize(types.count)) }
        // Before the fields below, which would take the address of a file as text.
        withOpaque { gtk_event_controller_set_propagation_phase($0, GTK_PHASE_CAPTURE) }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func onDropped(_ body: @escaping (Content) -> Void) {
        connectDeciding("drop") { arguments in
            guard let content = arguments.boxed(0).flatMap(Self.content) else { return false }
            body(content)
            return true
        }
    }

    private static func content(of box: UnsafeMutableRawPointer) -> Content? {
        guard let object = g_value_get_object(box.assumingMemoryBound(to: GValue.self)) else { return nil }
        if gtkkit_is_a(object, gdk_texture_get_type()) != 0 { return .texture(Texture(retaining: object)) }
        let path = takenString(g_file_get_path(OpaquePointer(object)))
        return path.isEmpty ? nil : .file(URL(filePath: path))
    }
}
