import BaseKit

/// What an account lets somebody else do in its swarm: network byte, flags, two zeros, and that person's Ed25519 key.
/// - Source: network.md §4.3
public struct SubaccountToken: Hashable, Sendable {
    public static let size = 36

    public struct Access: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        public static let read = Access(rawValue: 1)
        public static let write = Access(rawValue: 2)
        public static let delete = Access(rawValue: 4)
        /// The network byte need not be the account's.
        public static let anyPrefix = Access(rawValue: 8)
    }

    public let bytes: [UInt8]

    /// - Parameter bytes: 36 bytes; `nil` for any other count.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.size else { return nil }
        self.bytes = bytes
    }

    /// - Parameter key: the 32-byte Ed25519 key of the one who gets access; `nil` for any other count.
    public init?(prefix: UInt8, access: Access, key: [UInt8]) {
        self.init([prefix, access.rawValue, 0, 0] + key)
    }

    /// Reads 48 characters of base64 or 72 of hexadecimal.
    public init?(_ text: String) {
        switch text.utf8.count {
        case 48: self.init([UInt8](base64: text) ?? [])
        case 72: self.init([UInt8](hex: text) ?? [])
        default: return nil
        }
    }

    public var prefix: UInt8 { bytes[0] }
    public var access: Access { Access(rawValue: bytes[1]) }
    public var key: [UInt8] { Array(bytes[4...]) }
}
