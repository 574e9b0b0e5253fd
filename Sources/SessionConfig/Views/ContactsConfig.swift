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
        }.sorted { $0.id.publicKey.lexicographicallyPrecedes($1.id.publicKey) }
    }

    public func contact(_ id: AccountID) -> ContactEntry? {
        config.data.dict("c").dict(id.bytes).map { ContactEntry(id: id, $0) }
    }

    /// Changes a contact, which comes into being if it is not there. Names are cut at 100 bytes.
    public mutating func set(_ id: AccountID, _ body: (inout ContactEntry) -> Void) throws(ConfigError) {
        var entry = contact(id) ?? ContactEntry(id: id)
        body(&entry)
        entry.name = ConfigName.truncated(entry.name)
        entry.nickname = ConfigName.truncated(entry.nickname)
        try config.edit { data throws(ConfigError) in
            try data.change("c") { contacts throws(ConfigError) in
                try contacts.change(id.bytes) { dict throws(ConfigError) in entry.write(to: &dict) }
            }
        }
    }

    public mutating func erase(_ id: AccountID) throws(ConfigError) {
        guard contact(id) != nil else { return }
        try config.edit { data throws(ConfigError) in
            try data.change("c") { contacts throws(ConfigError) in contacts[id.bytes] = nil }
        }
    }

    private static func id(_ key: [UInt8]) -> AccountID? {
        key.first == AccountID.prefix ? AccountID(publicKey: Array(key.dropFirst())) : nil
    }
}
