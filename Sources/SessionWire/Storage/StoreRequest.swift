import BaseKit

/// Stores data in the swarm of an account.
/// - Source: network.md §4.5
public struct StoreRequest: Sendable {
    /// Bytes of `data` that servers take.
    /// - Source: network.md §4.2
    public static let maximumData = 76_800

    /// Type byte and key of the owner, 33 bytes.
    public let account: [UInt8]
    public let namespace: Namespace
    public let data: [UInt8]
    /// Lifetime in milliseconds, counted from `timestamp`.
    public let ttl: UInt64
    /// Unix milliseconds of network time.
    public let timestamp: UInt64
    /// Unix milliseconds that the signature covers; `nil` for `timestamp`.
    public let signatureTimestamp: UInt64?
    /// Not needed in public inboxes.
    public let signer: (any StorageSigner)?

    public init(
        account: [UInt8], namespace: Namespace, data: [UInt8], ttl: UInt64, timestamp: UInt64,
        signatureTimestamp: UInt64? = nil, signer: (any StorageSigner)? = nil
    ) {
        self.account = account
        self.namespace = namespace
        self.data = data
        self.ttl = ttl
        self.timestamp = timestamp
        self.signatureTimestamp = signatureTimestamp
        self.signer = signer
    }

    public init(
        account: AccountID, namespace: Namespace = .messages, data: [UInt8], ttl: UInt64, timestamp: UInt64,
        signer: (any StorageSigner)? = nil
    ) {
        self.init(
            account: account.bytes, namespace: namespace, data: data, ttl: ttl, timestamp: timestamp, signer: signer)
    }

    /// A lifetime that servers accept for this namespace.
    public static func clamped(ttl: UInt64, in namespace: Namespace) -> UInt64 {
        min(max(ttl, Namespace.minimumTTLMilliseconds), namespace.maximumTTLMilliseconds)
    }

    /// The hash that the answer has to name.
    public var expectedHash: MessageHash { .compute(account: account, namespace: namespace, data: data) }

    var parameters: [String: JSONValue] {
        let fields: [String: JSONValue?] = [
            "namespace": StorageParameters.namespace(namespace), "timestamp": .number(timestamp), "ttl": .number(ttl),
            "data": .string(data.base64), "sig_timestamp": signatureTimestamp.map(JSONValue.number),
        ]
        guard let signer else { return StorageParameters.plain(account: account, fields) }
        let text = SignedText.store(namespace, timestamp: signatureTimestamp ?? timestamp)
        var parameters = StorageParameters.signed(by: signer, over: text, fields)
        parameters["pubkey"] = .string(account.hex)
        return parameters
    }
}
