import BaseKit

/// A message as a node keeps it.
public struct StoredMessage: Hashable, Sendable {
    public let hash: MessageHash
    /// Unix milliseconds, as the sender said.
    public let timestamp: UInt64
    /// Unix milliseconds.
    public let expiration: UInt64
    public let data: [UInt8]

    public init(hash: MessageHash, timestamp: UInt64, expiration: UInt64, data: [UInt8]) {
        (self.hash, self.timestamp, self.expiration, self.data) = (hash, timestamp, expiration, data)
    }

    /// Whether the hash is that of the data in this place. A node that moved the message from another namespace, or
    /// invents it, fails.
    public func isGenuine(account: [UInt8], namespace: Namespace) -> Bool {
        hash == .compute(account: account, namespace: namespace, data: data)
    }

    /// The form inside the answer to `retrieve`.
    public var json: JSONValue {
        [
            "hash": .string(hash.rawValue), "timestamp": .number(timestamp), "expiration": .number(expiration),
            "data": .string(data.base64),
        ]
    }
}

/// `retrieve`: messages in the order of this very node.
/// - Source: network.md §4.6
public struct RetrieveReply: Hashable, Sendable {
    public let messages: [StoredMessage]
    /// Whether there are more than fit; to be asked for at once.
    public let more: Bool

    public init(messages: [StoredMessage], more: Bool) { (self.messages, self.more) = (messages, more) }

    public init(_ body: JSONValue) throws(StorageReplyError) {
        guard let list = body["messages"]?.arrayValue else { throw .malformed("messages") }
        guard list.count <= StorageReply.maximumMessages else { throw .tooMany("messages") }
        var messages: [StoredMessage] = []
        messages.reserveCapacity(list.count)
        for item in list {
            guard let hash = item["hash"]?.stringValue.flatMap(MessageHash.init),
                let timestamp = item["timestamp"]?.uint64Value, let expiration = item["expiration"]?.uint64Value,
                let data = item["data"]?.stringValue.flatMap({ [UInt8](base64: $0) }),
                data.count <= StoreRequest.maximumData
            else { throw .malformed("message") }
            messages.append(StoredMessage(hash: hash, timestamp: timestamp, expiration: expiration, data: data))
        }
        self.messages = messages
        more = body["more"]?.boolValue ?? false
    }
}
