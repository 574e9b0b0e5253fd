/// Why a server refuses a request: status and text as they go to the client.
/// - Source: network.md §4.1
public struct StorageRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let status: Int
    public let text: String

    public init(status: Int, text: String) { (self.status, self.text) = (status, text) }

    /// The request cannot be read.
    static func unreadable(_ text: String) -> StorageRefusal { .init(status: 400, text: text) }

    /// A parameter is missing or wrong.
    static func invalid(_ detail: String) -> StorageRefusal { unreadable("invalid request: " + detail) }

    public var description: String { "The storage request is refused with \(status): \(text)." }
}
