import SessionWire

/// Hashes of messages by the namespace they were found in.
typealias HashList = [Namespace: [MessageHash]]

extension HashList {
    /// All in one list.
    var all: [MessageHash] { values.flatMap { $0 } }

    /// How a member reports them: one sorted list, or one for each namespace when all were asked for.
    func json(for selection: NamespaceSelection) -> JSONValue {
        switch selection {
        case .one: all.json
        case .all: .object(Fields(uniqueKeysWithValues: map { (String($0.key.rawValue), $0.value.json) }))
        }
    }
}

extension [MessageHash] {
    /// Sorted.
    var json: JSONValue { .array(sorted().map { .string($0.rawValue) }) }
}

extension NamespaceSelection {
    func contains(_ namespace: Namespace) -> Bool {
        switch self {
        case .one(let one): one == namespace
        case .all: true
        }
    }
}
