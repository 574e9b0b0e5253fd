/// What several messages of one config come to. The same on every device, whatever the order in which they arrive: there
/// is no clock and no chance in it.
/// - Source: configs.md §5
enum ConfigMerge {
    /// One of the messages contains all others.
    case chosen(Int)
    /// They contradict each other; this is what all devices make of it.
    case merged(ConfigDraft)

    /// A message speaks of changes that cannot be made.
    struct Unappliable: Error, Equatable {
        let index: Int
    }

    /// - Parameters:
    ///   - messages: at least one.
    ///   - canMerge: false for a group whose signing key is missing: the greatest message is taken as it is.
    init(_ messages: [ConfigMessage], canMerge: Bool = true) throws(Unappliable) {
        let descending = Self.withoutRedundant(messages).sorted { messages[$0].key > messages[$1].key }
        let greatest = descending.first ?? 0
        if descending.count == 1 || !canMerge {
            self = .chosen(greatest)
        } else {
            self = .merged(try Self.merge(messages, descending, after: messages[greatest]))
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

    private static func merge(
        _ messages: [ConfigMessage], _ descending: [Int], after greatest: ConfigMessage
    ) throws(Unappliable) -> ConfigDraft {
        var replay: [LagKey: (source: Int, diff: ConfigDiff)] = [:]
        for index in descending {
            let message = messages[index]
            // Of shared ancestors the greater message tells the values.
            if replay[message.key] == nil { replay[message.key] = (index, message.diff) }
            for (key, diff) in message.lags where replay[key] == nil { replay[key] = (index, diff) }
        }
        var data = greatest.data
        var lags: [LagKey: ConfigDiff] = [:]
        for (key, entry) in replay.sorted(by: { $0.key < $1.key }) {
            do { try entry.diff.apply(to: &data, from: messages[entry.source].data) } catch {
                throw Unappliable(index: entry.source)
            }
            lags[key] = entry.diff
        }
        return ConfigDraft(sequence: greatest.sequence + 1, data: data, lags: lags)
    }
}
