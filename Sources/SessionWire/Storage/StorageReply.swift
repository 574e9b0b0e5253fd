import BaseKit

/// Why an answer of the storage RPC cannot be used; always the peer's fault.
public enum StorageReplyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Not in the form it has to have; says which part.
    case malformed(String)
    /// More of something than any honest node sends.
    case tooMany(String)

    public var description: String {
        switch self {
        case .malformed(let part): "The answer of a service node is malformed: \(part)."
        case .tooMany(let part): "The answer of a service node holds too many \(part)."
        }
    }
}

/// Version of the network's rules.
public struct HardFork: Hashable, Comparable, Sendable {
    public let major: Int
    public let revision: Int

    public init(major: Int, revision: Int) { (self.major, self.revision) = (major, revision) }

    public static func < (first: HardFork, second: HardFork) -> Bool {
        (first.major, first.revision) < (second.major, second.revision)
    }
}

/// What may come back from a storage request.
public enum StorageReply {
    /// Members of a swarm that we take note of. Real swarms have up to ten.
    public static let maximumMembers = 100
    /// Messages of one answer; 7.8 MB hold no more of the smallest ones.
    public static let maximumMessages = 55_000

    /// Reads the text of a body.
    /// - Throws: `.malformed` when it is no JSON, which the texts of errors are not.
    public static func parse(_ body: [UInt8]) throws(StorageReplyError) -> JSONValue {
        guard let value = try? JSONValue.parse(body) else { throw .malformed("not JSON") }
        return value
    }
}

extension JSONValue {
    /// The node's clock in Unix milliseconds, which almost every answer carries.
    /// - Source: network.md §1.6
    public var networkTime: UInt64? {
        // Older than the network itself: not a time in milliseconds.
        guard let time = self["t"]?.uint64Value, time > 1_609_419_600_000, time < 1 << 53 else { return nil }
        return time
    }

    /// The rules the node works by.
    public var hardFork: HardFork? {
        guard let parts = self["hf"]?.arrayValue, parts.count >= 2, let major = parts[0].intValue,
            let revision = parts[1].intValue
        else { return nil }
        return HardFork(major: major, revision: revision)
    }
}

/// `info`: version and clock of a node.
/// - Source: network.md §4.11
public struct InfoReply: Hashable, Sendable {
    public let version: [Int]
    /// Unix milliseconds.
    public let timestamp: UInt64

    public init(_ body: JSONValue) throws(StorageReplyError) {
        guard let timestamp = body["timestamp"]?.uint64Value, timestamp < 1 << 53 else { throw .malformed("timestamp") }
        self.timestamp = timestamp
        version = (body["version"]?.arrayValue ?? []).prefix(8).compactMap(\.intValue)
    }
}

/// `get_expiries`: when messages go away, in Unix milliseconds. Messages the node does not have are left out.
/// - Source: network.md §4.9
public struct ExpiriesReply: Hashable, Sendable {
    public let expiries: [MessageHash: UInt64]

    public init(_ body: JSONValue) throws(StorageReplyError) {
        guard let members = body["expiries"]?.objectValue else { throw .malformed("expiries") }
        guard members.count <= StorageReply.maximumMessages else { throw .tooMany("expiries") }
        var expiries: [MessageHash: UInt64] = [:]
        for (hash, expiry) in members {
            guard let hash = MessageHash(hash), let expiry = expiry.uint64Value else { throw .malformed("expiries") }
            expiries[hash] = expiry
        }
        self.expiries = expiries
    }
}

/// `batch` and `sequence`: one result per request, in their order; after a failure a sequence ends early.
/// - Source: network.md §4.13
public struct BatchReply: Hashable, Sendable {
    public struct SubReply: Hashable, Sendable {
        public let status: Int
        /// A text for errors, base64 for binary answers, otherwise an object.
        public let body: JSONValue

        public var isSuccess: Bool { (200..<300).contains(status) }
    }

    public let results: [SubReply]

    /// - Parameter requests: how many were sent; more results than that are refused.
    public init(_ body: JSONValue, requests: Int = StorageRequest.maximumBatch) throws(StorageReplyError) {
        guard let list = body["results"]?.arrayValue else { throw .malformed("results") }
        guard list.count <= requests else { throw .tooMany("results") }
        var results: [SubReply] = []
        for item in list {
            guard let status = item["code"]?.intValue, let body = item["body"] else { throw .malformed("results") }
            results.append(SubReply(status: status, body: body))
        }
        self.results = results
    }

    /// The status all results share, which then counts as that of the whole; `nil` if they differ.
    public var uniformStatus: Int? {
        guard let first = results.first?.status, results.allSatisfy({ $0.status == first }) else { return nil }
        return first
    }
}

/// `ons_resolve`: the encrypted account behind a name.
/// - Source: network.md §6
public struct OnsReply: Hashable, Sendable {
    /// `nil` when nobody registered the name.
    public let encryptedValue: [UInt8]?
    /// 24 bytes; absent in an old form.
    public let nonce: [UInt8]?

    public init(_ body: JSONValue) throws(StorageReplyError) {
        guard let result = body["result"], result.objectValue != nil else { throw .malformed("result") }
        encryptedValue = try Self.bytes(result["encrypted_value"], size: 16...256)
        nonce = try Self.bytes(result["nonce"], size: 24...24)
    }

    private static func bytes(_ field: JSONValue?, size: ClosedRange<Int>) throws(StorageReplyError) -> [UInt8]? {
        guard let field, !field.isNull else { return nil }
        guard let text = field.stringValue, let bytes = [UInt8](hex: text), size.contains(bytes.count) else {
            throw .malformed("result")
        }
        return bytes
    }
}
