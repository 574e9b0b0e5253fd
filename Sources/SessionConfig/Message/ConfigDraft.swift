import SodiumKit

/// A state that is being edited or came out of a merge and was not yet pushed.
/// - Source: configs.md §5.1, §5.3, §5.5
struct ConfigDraft: Equatable, Sendable {
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

    /// The result of a merge.
    init(sequence: Int64, data: ConfigDict, lags: [LagKey: ConfigDiff]) {
        (self.sequence, self.data, self.lags) = (sequence, data, lags)
        (base, unknown) = ([:], [:])
    }

    /// A draft that was kept.
    init(_ state: ConfigState, base: ConfigDict) {
        (sequence, data, lags, unknown) = (state.sequence, state.data, state.lags, state.unknown)
        self.base = base
    }

    /// Whether it came out of a merge.
    var isMerge: Bool { base.isEmpty && sequence > 1 }

    /// What it would say if it were pushed now.
    var state: ConfigState {
        var state = ConfigState(sequence: sequence, data: data, unknown: unknown)
        state.lags = lags.filter { state.isCarried($0.key.sequence) }
        state.diff = ConfigDiff(from: base, to: state.data)
        return state
    }

    /// The message as it would be pushed now.
    func settled(signer: Ed25519.KeyPair?) -> ConfigMessage { ConfigMessage(state, signer: signer) }
}
