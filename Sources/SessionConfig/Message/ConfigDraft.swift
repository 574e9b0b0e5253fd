import SodiumKit

/// A state that is being edited or came out of a merge and was not yet pushed.
/// - Source: configs.md §5.1, §5.3, §5.5
struct ConfigDraft: Hashable, Sendable {
    let sequence: Int64
    /// What the diff is made against. Empty after a merge: everything counts as new then, on every device alike.
    let base: ConfigDict
    var data: ConfigDict
    let lags: [LagKey: ConfigDiff]
    let unknown: [[UInt8]: [UInt8]]

    /// The next state after `message`.
    init(following message: ConfigMessage) {
        sequence = message.sequence + 1
        (base, data) = (message.data, message.data)
        var lags = message.lags.filter { $0.key.sequence > message.sequence - ConfigMessage.lag }
        lags[message.key] = message.diff
        self.lags = lags
        unknown = message.unknown
    }

    init(
        sequence: Int64, base: ConfigDict, data: ConfigDict, lags: [LagKey: ConfigDiff], unknown: [[UInt8]: [UInt8]]
    ) {
        (self.sequence, self.base, self.data) = (sequence, base, data)
        (self.lags, self.unknown) = (lags, unknown)
    }

    /// The message as it would be pushed now.
    func settled(signer: Ed25519.KeyPair?) -> ConfigMessage {
        let data = data.pruned
        return ConfigMessage(
            sequence: sequence, data: data, lags: lags, diff: ConfigDiff(from: base, to: data), unknown: unknown,
            signer: signer)
    }
}
