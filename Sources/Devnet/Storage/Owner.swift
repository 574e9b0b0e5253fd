import BaseKit

/// The account that messages belong to: a type byte and 32 key bytes.
/// - Source: network.md §4.1
struct Owner: Hashable, Sendable {
    let bytes: [UInt8]

    /// - Parameter bytes: 33 bytes, as requests and account IDs hold them.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads 66 hexadecimal digits.
    init?(hex text: String) {
        guard let bytes = [UInt8](hex: text), bytes.count == 33 else { return nil }
        self.bytes = bytes
    }

    var hex: String { bytes.hex }
}
