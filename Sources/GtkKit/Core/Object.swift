import CAdwaita
import CGtkKit

/// Owns one strong reference to a GObject and gives it back on the main actor. Several wrappers of one object may exist;
/// `isSame(as:)` tells whether they mean the same one.
@MainActor  // Spelt out: optimised builds of other modules do not find this module's default at the `deinit`.
public class Object {
    private let pointer: UnsafeMutableRawPointer
    isolated deinit { g_object_unref(pointer) }

    /// Takes over the caller's reference, sinking it when it floats.
    init(adopting pointer: UnsafeMutableRawPointer) {
        self.pointer = pointer
        if g_object_is_floating(pointer) != 0 { g_object_ref_sink(pointer) }
    }

    /// Adds a reference to an object that somebody else owns.
    package required init(retaining pointer: UnsafeMutableRawPointer) {
        self.pointer = g_object_ref_sink(pointer)
    }

    /// The GType that a wrapper of this class may hold.
    class var nativeType: GType { g_object_get_type() }

    /// Whether both wrappers hold the same native object.
    public final func isSame(as other: Object) -> Bool { pointer == other.pointer }

    /// Lends the pointer while `self` is certainly alive. There is no other way to reach it.
    final func with<Native, Result>(_: Native.Type, _ body: (UnsafeMutablePointer<Native>) -> Result) -> Result {
        withExtendedLifetime(self) { body(pointer.assumingMemoryBound(to: Native.self)) }
    }

    /// As `with(_:_:)`, for types whose C structure is private.
    final func withOpaque<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        withExtendedLifetime(self) { body(OpaquePointer(pointer)) }
    }

    /// As `with(_:_:)`, for functions that take any object.
    final func withRaw<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result {
        withExtendedLifetime(self) { body(pointer) }
    }

    /// The same object seen as another class, when it is one.
    public final func cast<Wrapped: Object>(to _: Wrapped.Type) -> Wrapped? {
        gtkkit_is_a(pointer, Wrapped.nativeType) != 0 ? Wrapped(retaining: pointer) : nil
    }
}

/// A string that C lends; `nil` and broken UTF-8 become readable text.
func string(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }

/// A string that C gives away.
func takenString(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
    defer { g_free(pointer) }
    return string(UnsafePointer(pointer))
}

extension Bool {
    /// GLib's way of saying it.
    var gboolean: gboolean { self ? 1 : 0 }
}
