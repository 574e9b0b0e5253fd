import CAdwaita
import CGtkKit

/// An interface file from the program's resources. Widgets taken out of it stay alive in their tree; the template itself is
/// only needed while a controller picks its outlets. A missing id, or one of another class, traps at once: it is a mistake
/// in the program, not in its input.
public final class Template: Object {
    override class var nativeType: GType { gtk_builder_get_type() }
    private let resource: String

    /// Parses the file at a resource path such as `/im/shallot/Shallot/ui/Main/main.ui`.
    public init(resource: String) {
        self.resource = resource
        gtkkit_ensure_types()
        guard let builder = gtk_builder_new() else { preconditionFailure("GtkBuilder is not available") }
        super.init(adopting: UnsafeMutableRawPointer(builder))
        withOpaque {
            gtk_builder_set_translation_domain($0, Gettext.domain)
            var error: UnsafeMutablePointer<GError>?
            guard gtk_builder_add_from_resource($0, resource, &error) != 0 else {
                preconditionFailure("\(resource): \(GLibError(taking: error))")
            }
            gtkkit_wrap_buttons($0)
        }
    }

    package required init(retaining pointer: UnsafeMutableRawPointer) {
        resource = ""
        super.init(retaining: pointer)
    }

    /// The object with this id, as the class that the caller expects.
    public func callAsFunction<Wrapped: Object>(_ id: String, as _: Wrapped.Type = Wrapped.self) -> Wrapped {
        withOpaque { builder in
            guard let object = gtk_builder_get_object(builder, id) else {
                preconditionFailure("\(resource) has no object “\(id)”")
            }
            guard gtkkit_is_a(object, Wrapped.nativeType) != 0 else {
                preconditionFailure(
                    "\(resource): “\(id)” is a \(string(gtkkit_type_name(object))), not a \(Wrapped.self)")
            }
            return Wrapped(retaining: UnsafeMutableRawPointer(object))
        }
    }
}
