import SessionWire

/// How lists of hashes appear in replies.
enum HashList {
    /// All hashes in one order.
    static func sorted(_ hashes: [Int: [String]]) -> [String] { hashes.values.flatMap { $0 }.sorted() }

    /// One sorted list, or one for each namespace.
    static func value(_ hashes: [Int: [String]], byNamespace: Bool) -> JSONValue {
        guard byNamespace else { return .array(sorted(hashes).map(JSONValue.string)) }
        var fields: Fields = [:]
        for (namespace, list) in hashes { fields[String(namespace)] = .array(list.sorted().map(JSONValue.string)) }
        return .object(fields)
    }
}

extension NamespaceSelection {
    /// The one namespace; `nil` for all.
    var number: Int? { if case .one(let namespace) = self { namespace.rawValue } else { nil } }
}
