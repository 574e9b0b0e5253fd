public import SessionWire

/// The people of an account: contacts, requests, and who is blocked.
/// - Source: configs.md §10.2
public struct ContactsConfig: Sendable {
    public var config: SharedConfig

    public init(keys: ConfigKeys) { config = SharedConfig(.contacts, keys: keys) }
    public init(_ config: SharedConfig) { self.config = config }

    /// All contacts, in the order of their ids.
    public var contacts: [ContactEntry] {
        config.data.dict("c").compactMap { key, value in
            guard let dict = value.dict, let id = Self.id(key) else { return nil }
            return ContactEntry(id: id, dict)
        }
    }

    public func contact(_ id: AccountID) -> ContactEntry? {
        config.data.dict("c").dict(id.bytes).map { ContactEntry(id: id, $0) }
    }

    /// Changes a contact, which comes into being if it is not there. New names are cut at 100 bytes.
    public mutating func set(_ id: AccountID, _ body: (inout ContactEntry) -> Void) throws(ConfigError) {
        try set([id]) { entry, _ in body(&entry) }
    }

    /// Changes many at once, as one edit.
    /// - Parameter body: is told whether the contact comes into being.
    public mutating func set(
        _ ids: [AccountID], _ body: (inout ContactEntry, Bool) -> Void
    ) throws(ConfigError) {
        try config.edit { data throws(ConfigError) in
            try data.change("c") { contacts throws(ConfigError) in
                // In the order in which they stand.
                for id in ids.sorted(by: { $0.publicKey.lexicographicallyPrecedes($1.publicKey) }) {
                    try contacts.change(id.bytes) { dict throws(ConfigError) in
                        var entry = ContactEntry(id: id, dict)
                        body(&entry, dict.isEmpty)
                        entry.write(to: &dict)
                    }
                }
            }
        }
    }

    public mutating func erase(_ id: AccountID) throws(ConfigError) {
        guard contact(id) != nil else { return }
        try config.edit { data throws(ConfigError) in
            try data.change("c") { contacts throws(ConfigError) in contacts[id.bytes] = nil }
        }
    }

    private static func id(_ key: ArraySlice<UInt8>) -> AccountID? {
        key.first == AccountID.prefix ? AccountID(publicKey: Array(key.dropFirst())) : nil
    }
}
