/// What several messages of one config come to. The same on every device, whatever the order in which they arrive: there
/// is no clock and no chance in it.
/// - Source: configs.md §5
enum ConfigMerge {
    /// One of the messages contains all others.
    case chosen(Int)
    /// They contradict each other; this is what all devices make of it.
    case merged(ConfigDraft)

    /// - Parameters:
    ///   - messages: at least one.
    ///   - canMerge: false for a group whose signing key is missing: the greatest message is taken as it is.
    init(_ messages: [ConfigMessage], canMerge: Bool = true) throws(ConfigError) {
        let remaining = Self.withoutRedundant(messages)
        guard let greatest = remaining.max(by: { messages[$0].key < messages[$1].key }) else { throw .malformed }
        if remaining.count == 1 || !canMerge {
            self = .chosen(greatest)
        } else {
            self = .merged(try Self.merge(remaining.map { messages[$0] }))
        }
    }

    /// Indexes of the messages that no other one contains.
    private static func withoutRedundant(_ messages: [ConfigMessage]) -> [Int] {
        let highest = messages.map(\.sequence).max() ?? 0
        var contained: Set<LagKey> = []
        for message in messages { contained.formUnion(message.lags.keys) }
        var seen: Set<LagKey> = []
        return messages.indices.filter { index in
            let message = messages[index]
            return seen.insert(message.key).inserted && !contained.contains(message.key)
                && message.sequence > highest - ConfigMessage.lag
        }
    }

    private static func merge(_ messages: [ConfigMessage]) throws(ConfigError) -> ConfigDraft {
        let descending = messages.sorted { $0.key > $1.key }
        guard let first = descending.first else { throw .malformed }
        var replay: [LagKey: (source: ConfigDict, diff: ConfigDiff)] = [:]
        for message in descending {
            // Of shared ancestors the greater message tells the values.
            if replay[message.key] == nil { replay[message.key] = (message.data, message.diff) }
            for (key, diff) in message.lags where replay[key] == nil { replay[key] = (message.data, diff) }
        }
        var data = first.data
        var lags: [LagKey: ConfigDiff] = [:]
        for (key, entry) in replay.sorted(by: { $0.key < $1.key }) {
            try entry.diff.apply(to: &data, from: entry.source)
            lags[key] = entry.diff
        }
        return ConfigDraft(sequence: first.sequence + 1, data: data, lags: lags)
    }
}
