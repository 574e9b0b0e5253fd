/// Names one state of a config, to find out later whether another state contains it.
public struct ConfigStateName: Hashable, Sendable {
    let key: LagKey
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

    /// A lost message of the present state was stored again, perhaps under other hashes: compression may have changed.
    /// - Source: configs.md §9.4
    public mutating func confirmRestored(_ sequence: Int64, hashes: [String]) {
        guard state == .clean, sequence == self.sequence, hashes.sorted() != currentHashes else { return }
        obsoleteHashes.formUnion(Set(currentHashes).subtracting(hashes))
        currentHashes = hashes.sorted()
        needsDump = true
    }
}
