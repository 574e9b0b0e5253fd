import BaseKit

/// Fetches what is newer than a message from one node.
/// - Source: network.md §4.6
public struct RetrieveRequest: Sendable {
    public let signer: any StorageSigner
    public let namespace: Namespace
    /// The last message this very node gave us; its order is not that of the others.
    public let lastHash: MessageHash?
    /// Bytes; a negative value −k asks for a k-th of what fits one answer; `nil` for a fifth.
    public let maximumSize: Int?
    public let maximumCount: Int?
    /// Unix milliseconds of network time.
    public let timestamp: UInt64

    public init(
        signer: any StorageSigner, namespace: Namespace, lastHash: MessageHash?, maximumSize: Int? = nil,
        maximumCount: Int? = nil, timestamp: UInt64
    ) {
        self.signer = signer
        self.namespace = namespace
        self.lastHash = lastHash
        self.maximumSize = maximumSize
        self.maximumCount = maximumCount
        self.timestamp = timestamp
    }

    var parameters: [String: JSONValue] {
        StorageParameters.signed(
            by: signer, over: SignedText.retrieve(namespace, timestamp: timestamp),
            [
                "namespace": StorageParameters.namespace(namespace), "timestamp": .number(timestamp),
                "last_hash": .string(lastHash?.rawValue ?? ""),
                "max_size": maximumSize.map { .int(Int64($0)) }, "max_count": maximumCount.map { .int(Int64($0)) },
            ])
    }

    /// How to share one answer among the namespaces of a poll: `max_size` for each, the first group twice as large.
    /// - Parameter isImportant: namespaces that messages arrive in.
    /// - Source: network.md §4.6
    public static func shares(of namespaces: [Namespace], isImportant: (Namespace) -> Bool = { $0 == .messages })
        -> [Namespace: Int]
    {
        let important = namespaces.filter(isImportant)
        let rest = namespaces.filter { !isImportant($0) }
        var split = 1
        var shares: [Namespace: Int] = [:]
        for (group, isLast) in [(important, rest.isEmpty), (rest, true)] where !group.isEmpty {
            split *= group.count + (isLast ? 0 : 1)
            for namespace in group { shares[namespace] = -split }
        }
        return shares
    }
}
