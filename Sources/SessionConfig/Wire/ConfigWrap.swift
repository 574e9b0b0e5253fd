public import SessionWire

/// The form of a message in which user configs travel, a remainder of older versions that all still write.
/// - Source: configs.md §7.5
public enum ConfigWrap {
    /// The time that every wrapped config names.
    private static let timestamp: UInt64 = 1

    /// - Returns: `nil` when the result would be too long to store; the blob is stored bare then.
    public static func wrap(
        _ blob: [UInt8], kind: SharedConfigMessage.Kind, sequence: Int64, keys: AccountKeys
    ) -> [UInt8]? {
        let config = SharedConfigMessage(kind: kind, sequence: sequence, data: blob)
        let content = MessageContent(kind: .sharedConfig(config), sentTimestamp: nil).encoded() + [0x80]
        guard let sealed = try? SessionEncryption.encryptDeterministic(content, from: keys, to: keys.accountID) else {
            return nil
        }
        let envelope = Envelope(kind: .direct, timestamp: timestamp, content: sealed, namesDevice: false)
        let wrapped = WebSocketMessage.wrap(envelope.encoded())
        return wrapped.count <= ConfigMultipart.maximumBlob ? wrapped : nil
    }

    /// The blob inside a wrapped config of this account. An old version wrapped twice.
    /// - Returns: `nil` when it is not one; it may be a bare blob then.
    public static func unwrap(_ message: [UInt8], kind: SharedConfigMessage.Kind, keys: AccountKeys) -> [UInt8]? {
        guard let once = unwrapOnce(message, kind, keys) else { return nil }
        return unwrapOnce(once, kind, keys) ?? once
    }

    private static func unwrapOnce(
        _ message: [UInt8], _ kind: SharedConfigMessage.Kind, _ keys: AccountKeys
    ) -> [UInt8]? {
        // None of the errors matters: whatever is no wrapped config is tried as a bare one.
        guard let envelope = try? Envelope.decode(WebSocketMessage.unwrap(message)),
            let opened = try? SessionEncryption.decrypt(envelope.content, keys: keys), opened.sender == keys.accountID,
            let content = try? MessageContent.decode(MessagePadding.unpad(opened.plaintext)),
            case .sharedConfig(let config) = content.kind, config.kind == kind
        else { return nil }
        return config.data
    }
}
