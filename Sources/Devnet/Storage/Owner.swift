import BaseKit

/// The account that messages belong to: a type byte and 32 key bytes.
/// - Source: network.md §4.1
struct Owner: Hashable, Sendable {
    let bytes: [UInt8]

    init?(bytes: [UInt8]) {
        guard bytes.count == 33 else { return nil }
        self.bytes = bytes
    }

    /// 66 hexadecimal digits of any case, or the 33 bytes themselves as a string.
    init?(_ text: String) {
        switch text.utf8.count {
        case 66: if let bytes = [UInt8](hex: text) { self.bytes = bytes } else { return nil }
        case 33: bytes = Array(text.utf8)
        default: return nil
        }
    }

    var type: UInt8 { bytes[0] }
    var key: [UInt8] { Array(bytes[1...]) }
    var hex: String { bytes.hex }
}
