import BaseKit
import SodiumKit

/// The name a swarm gives a stored message: BLAKE2b of owner, namespace and data in unpadded base64. Time and lifetime
/// are no part of it, so that storing the same again is the same message.
/// - Source: network.md §4.5
public struct MessageHash: Hashable, Sendable {
    /// Characters of the text.
    public static let length = 43

    public let rawValue: String

    /// Reads the text form; `nil` for anything but 43 characters of base64.
    public init?(_ text: String) {
        guard text.utf8.count == Self.length, [UInt8](base64: text)?.count == 32 else { return nil }
        rawValue = text
    }

    private init(trusted text: String) { rawValue = text }

    /// The hash that every server computes for `data`.
    /// - Parameter account: type byte and key, 33 bytes.
    public static func compute(account: [UInt8], namespace: Namespace, data: [UInt8]) -> MessageHash {
        guard let hash = Blake2b.hash(parts: [account, Array(namespace.signedText.utf8), data], size: 32) else {
            preconditionFailure("32 bytes are a size of BLAKE2b")
        }
        return MessageHash(trusted: hash.base64Unpadded)
    }

    /// The first four characters, for logs.
    public var redacted: String { "\(rawValue.prefix(4))…" }
}

extension MessageHash: CustomStringConvertible, Comparable {
    public var description: String { rawValue }
    /// By ASCII, as the lists in signed answers are sorted.
    public static func < (first: MessageHash, second: MessageHash) -> Bool {
        first.rawValue.utf8.lexicographicallyPrecedes(second.rawValue.utf8)
    }
}

extension MessageHash: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let hash = MessageHash(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a message hash")
        }
        self = hash
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
