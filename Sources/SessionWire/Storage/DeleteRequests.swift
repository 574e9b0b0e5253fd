import BaseKit

/// Deletes messages from all members of the swarm.
/// - Source: network.md §4.7
public struct DeleteRequest: Sendable {
    public let signer: any StorageSigner
    public let messages: [MessageHash]
    /// Makes it a failure (404) when no member had any of them.
    public let isRequired: Bool

    public init(signer: any StorageSigner, messages: [MessageHash], isRequired: Bool = false) {
        (self.signer, self.messages, self.isRequired) = (signer, messages, isRequired)
    }

    var parameters: [String: JSONValue] {
        StorageParameters.signed(
            by: signer, over: SignedText.delete(messages),
            ["messages": StorageParameters.list(messages), "required": isRequired ? true : nil])
    }
}

/// Deletes all messages of a namespace, or of the account.
/// - Source: network.md §4.8
public struct DeleteAllRequest: Sendable {
    public let signer: any StorageSigner
    public let namespaces: NamespaceSelection
    /// Unix milliseconds of network time.
    public let timestamp: UInt64

    public init(signer: any StorageSigner, namespaces: NamespaceSelection, timestamp: UInt64) {
        (self.signer, self.namespaces, self.timestamp) = (signer, namespaces, timestamp)
    }

    var parameters: [String: JSONValue] {
        StorageParameters.signed(
            by: signer, over: SignedText.deleteAll(namespaces, timestamp: timestamp),
            ["namespace": namespaces.parameter, "timestamp": .number(timestamp)])
    }
}

/// Deletes what was sent up to a time.
/// - Source: network.md §4.8
public struct DeleteBeforeRequest: Sendable {
    public let signer: any StorageSigner
    public let namespaces: NamespaceSelection
    /// Unix milliseconds.
    public let before: UInt64

    public init(signer: any StorageSigner, namespaces: NamespaceSelection, before: UInt64) {
        (self.signer, self.namespaces, self.before) = (signer, namespaces, before)
    }

    var parameters: [String: JSONValue] {
        StorageParameters.signed(
            by: signer, over: SignedText.deleteBefore(namespaces, before: before),
            ["namespace": namespaces.parameter, "before": .number(before)])
    }
}
