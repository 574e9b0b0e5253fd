import CAdwaita

/// A `GError` as a Swift error; `description` is GLib's own sentence.
public nonisolated struct GLibError: Error, CustomStringConvertible, Sendable {
    public let domain: String
    public let code: Int
    public let description: String

    /// Copies and frees the error that a C function filled in.
    init(taking error: UnsafeMutablePointer<GError>?) {
        domain = error.flatMap { g_quark_to_string($0.pointee.domain) }.map { String(cString: $0) } ?? ""
        code = error.map { Int($0.pointee.code) } ?? 0
        description = error.flatMap { $0.pointee.message }.map { String(cString: $0) } ?? "Unknown error"
        if let error { g_error_free(error) }
    }
}
