public import SessionWire

/// The form of a message in which user configs travel, as far as it fits a stored message.
/// - Source: configs.md §7.5
public enum ConfigWrap {
    /// - Returns: `nil` when the result would be too long to store; the blob is stored bare then.
    public static func wrap(
        _ blob: [UInt8], kind: SharedConfigMessage.Kind, sequence: Int64, keys: AccountKeys
    ) -> [UInt8]? {
        let config = SharedConfigMessage(kind: kind, sequence: sequence, data: blob)
        guard let wrapped = try? WrappedConfig.wrap(config, keys: keys) else { return nil }
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
        guard let config = WrappedConfig.unwrap(message, keys: keys), config.kind == kind else { return nil }
        return config.data
    }
}
