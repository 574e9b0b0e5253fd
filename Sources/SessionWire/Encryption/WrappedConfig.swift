/// How config messages of an account stand in its namespaces 2 to 5: inside a message to oneself, the same bytes each time.
/// - Source: identity-and-messages.md §3.11
public enum WrappedConfig {
    /// Every wrapped config claims this time.
    private static let timestamp: UInt64 = 1
    private static let marker: UInt8 = 0x80

    public static func wrap(_ config: SharedConfigMessage, keys: AccountKeys) throws(EncryptionError) -> [UInt8] {
        let content = MessageContent(kind: .sharedConfig(config), sentTimestamp: nil).encoded()
        let sealed = try SessionEncryption.encryptDeterministic(content + [marker], from: keys, to: keys.accountID)
        let envelope = Envelope(kind: .direct, timestamp: timestamp, content: sealed, namesDevice: false)
        return WebSocketMessage.wrap(envelope.encoded())
    }

    /// The config inside, if `stored` is wrapped and from ourselves; `nil` for anything else, which may be a bare config.
    public static func unwrap(_ stored: [UInt8], keys: AccountKeys) -> SharedConfigMessage? {
        guard
            let opened = try? DirectMessage.open(stored, keys: keys), opened.sender == keys.accountID,
            case .sharedConfig(let config) = (try? MessageContent.decode(opened.content))?.kind
        else { return nil }
        return config
    }
}
