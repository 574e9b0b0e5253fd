/// Names one state of a config, to find out later whether another state contains it.
public struct ConfigStateName: Hashable, Codable, Sendable {
    let key: LagKey

    /// Whether a config of this sequence has come so far that hardly a message can contradict this state any more. One
    /// that still takes part in a merge may itself be some generations after this state without having known it.
    /// - Source: configs.md §5.2
    public func isPast(_ sequence: Int64) -> Bool { sequence >= key.sequence + 2 * ConfigMessage.lag }
}

extension SharedConfig {
    /// The present state.
    public var stateName: ConfigStateName { ConfigStateName(key: message.key) }

    /// Whether the present state is, or came from, that one. States of more than a few generations ago are not known any
    /// more.
    /// - Source: configs.md §4.4, §6.3
    public func contains(_ name: ConfigStateName) -> Bool {
        guard name.key != message.key else { return true }
        return switch content {
        case .settled(let message): message.lags[name.key] != nil
        case .draft(let draft): draft.lags[name.key] != nil
        }
    }

    /// Makes what a merge came to a state of its own, as if it had been pushed: what is changed now follows it and names
    /// nothing but itself. In the same state it would name every leaf, and would outdo whatever others do meanwhile.
    /// - Source: configs.md §5.5, quirk 1; §6.1
    public mutating func settleMerge() {
        guard case .draft(let draft) = content, draft.isMerge else { return }
        content = .settled(message)
        setState(.waiting)
    }

    /// A lost message of the present state was stored again, perhaps under other hashes: compression may have changed.
    /// - Source: configs.md §9.4
    public mutating func confirmRestored(_ sequence: Int64, hashes: [String]) {
        guard state == .clean, sequence == self.sequence, hashes.sorted() != currentHashes else { return }
        obsoleteHashes.formUnion(Set(currentHashes).subtracting(hashes))
        currentHashes = hashes.sorted()
        needsDump = true
    }
}
