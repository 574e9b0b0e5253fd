/// Why a server refuses a request before it looks at signatures: status and text as they go to the client.
/// - Source: network.md §4.1
public struct StorageCallError: Error, Hashable, Sendable, CustomStringConvertible {
    public let status: Int
    public let text: String

    public init(status: Int = 400, text: String) { (self.status, self.text) = (status, text) }

    init(_ text: String) { self.init(text: text) }

    static func invalid(_ detail: String) -> StorageCallError { .init("invalid request: " + detail) }

    public var description: String { "The storage request is refused with \(status): \(text)." }
}
