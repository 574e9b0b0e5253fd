import BaseKit

/// Changes when messages go away.
/// - Source: network.md §4.9
public struct ExpireRequest: Sendable {
    public let signer: any StorageSigner
    public let messages: [MessageHash]
    /// Unix milliseconds: one for all messages, or one for each.
    public let expiries: [UInt64]
    public let change: ExpiryChange

    public init(signer: any StorageSigner, messages: [MessageHash], expiries: [UInt64], change: ExpiryChange) {
        (self.signer, self.messages, self.expiries, self.change) = (signer, messages, expiries, change)
    }

    public init(signer: any StorageSigner, messages: [MessageHash], expiry: UInt64, change: ExpiryChange) {
        self.init(signer: signer, messages: messages, expiries: [expiry], change: change)
    }

    var parameters: [String: JSONValue] {
        let expiry: JSONValue =
            if expiries.count == 1, let expiry = expiries.first { .number(expiry) } else {
                .array(expiries.map(JSONValue.number))
            }
        return StorageParameters.signed(
            by: signer, over: SignedText.expire(change, expiries: expiries, messages: messages),
            [
                "messages": StorageParameters.list(messages), "expiry": expiry,
                "shorten": change == .shorten ? true : nil, "extend": change == .extend ? true : nil,
            ])
    }
}

/// Shortens the life of all messages of a namespace, or of the account.
/// - Source: network.md §4.9
public struct ExpireAllRequest: Sendable {
    public let signer: any StorageSigner
    public let namespaces: NamespaceSelection
    /// Unix milliseconds.
    public let expiry: UInt64

    public init(signer: any StorageSigner, namespaces: NamespaceSelection, expiry: UInt64) {
        (self.signer, self.namespaces, self.expiry) = (signer, namespaces, expiry)
    }

    var parameters: [String: JSONValue] {
        StorageParameters.signed(
            by: signer, over: SignedText.expireAll(namespaces, expiry: expiry),
            ["namespace": namespaces.parameter, "expiry": .number(expiry)])
    }
}

/// Asks one node when messages go away.
/// - Source: network.md §4.9
public struct GetExpiriesRequest: Sendable {
    public let signer: any StorageSigner
    public let messages: [MessageHash]
    /// Unix milliseconds of network time.
    public let timestamp: UInt64

    public init(signer: any StorageSigner, messages: [MessageHash], timestamp: UInt64) {
        (self.signer, self.messages, self.timestamp) = (signer, messages, timestamp)
    }

    var parameters: [String: JSONValue] {
        StorageParameters.signed(
            by: signer, over: SignedText.getExpiries(messages, timestamp: timestamp),
            ["messages": StorageParameters.list(messages), "timestamp": .number(timestamp)])
    }
}
