import BaseKit

/// Takes tokens away, or gives them back. Only the owner may.
/// - Source: network.md §4.10
public struct RevokeRequest: Sendable {
    /// Tokens in one request, and revocations a server keeps.
    public static let maximumTokens = 50

    public let signer: any StorageSigner
    public let tokens: [SubaccountToken]
    /// Unix milliseconds of network time.
    public let timestamp: UInt64

    public init(signer: any StorageSigner, tokens: [SubaccountToken], timestamp: UInt64) {
        (self.signer, self.tokens, self.timestamp) = (signer, tokens, timestamp)
    }

    func parameters(unrevoke: Bool) -> [String: JSONValue] {
        let text =
            unrevoke
            ? SignedText.unrevoke(tokens, timestamp: timestamp) : SignedText.revoke(tokens, timestamp: timestamp)
        return StorageParameters.signed(
            by: signer, over: text,
            [
                unrevoke ? "unrevoke" : "revoke": .array(tokens.map { .string($0.bytes.hex) }),
                "timestamp": .number(timestamp),
            ])
    }
}

/// Lists the tokens taken away. Newer servers only.
/// - Source: network.md §4.10
public struct RevokedSubaccountsRequest: Sendable {
    public let signer: any StorageSigner
    /// Unix milliseconds of network time.
    public let timestamp: UInt64

    public init(signer: any StorageSigner, timestamp: UInt64) { (self.signer, self.timestamp) = (signer, timestamp) }

    var parameters: [String: JSONValue] {
        StorageParameters.signed(
            by: signer, over: SignedText.revokedSubaccounts(timestamp: timestamp), ["timestamp": .number(timestamp)])
    }
}
