import BaseKit

/// The identity of a service node: its Ed25519 key.
public struct ServiceNodeID: Hashable, Sendable {
    public static let size = 32

    public let bytes: [UInt8]

    /// - Parameter bytes: 32 bytes; `nil` for any other count.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.size else { return nil }
        self.bytes = bytes
    }

    /// Reads 64 hexadecimal characters of either case.
    public init?(hex text: some StringProtocol) {
        guard text.utf8.count == 2 * Self.size, let bytes = [UInt8](hex: text) else { return nil }
        self.bytes = bytes
    }

    /// Enough to tell nodes apart in a log: the first four characters.
    public var redacted: String { "\(bytes.prefix(2).map { [$0].hex }.joined())…" }
}

extension ServiceNodeID: CustomStringConvertible {
    /// Lower-case hexadecimal text.
    public var description: String { bytes.hex }
}

extension ServiceNodeID: Comparable {
    public static func < (first: ServiceNodeID, second: ServiceNodeID) -> Bool {
        first.bytes.lexicographicallyPrecedes(second.bytes)
    }
}

extension ServiceNodeID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = ServiceNodeID(hex: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a service node's key")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
