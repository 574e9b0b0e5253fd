public import SessionWire

/// The groups and communities of an account.
/// - Source: configs.md §10.4
public struct UserGroupsConfig: Sendable {
    public var config: SharedConfig

    public init(keys: ConfigKeys) { config = SharedConfig(.userGroups, keys: keys) }
    public init(_ config: SharedConfig) { self.config = config }

    private func records(_ name: String) -> [(key: ArraySlice<UInt8>, dict: ConfigDict)] {
        config.data.dict(name).compactMap { key, value in value.dict.map { (key, $0) } }
    }

    // MARK: Groups

    /// In the order of their ids.
    public var groups: [GroupEntry] {
        records("g").compactMap { key, dict in
            guard key.first == GroupID.prefix, let id = GroupID(publicKey: Array(key.dropFirst())) else { return nil }
            return GroupEntry(id: id, dict)
        }
    }

    public func group(_ id: GroupID) -> GroupEntry? {
        config.data.dict("g").dict(id.bytes).map { GroupEntry(id: id, $0) }
    }

    /// Changes a group, which comes into being if it is not there. A new name is cut at 100 bytes.
    public mutating func set(_ id: GroupID, _ body: (inout GroupEntry) -> Void) throws(ConfigError) {
        var entry = group(id) ?? GroupEntry(id: id)
        body(&entry)
        try write("g", id.bytes, entry.write)
    }

    public mutating func erase(_ id: GroupID) throws(ConfigError) { try erase("g", id.bytes) }

    // MARK: Communities

    /// In the order of their addresses.
    public var communities: [CommunityEntry] {
        records("o").flatMap { base, record -> [CommunityEntry] in
            guard let server = CommunityServer(base, record) else { return [] }
            return record.dict("R").compactMap { key, value in
                guard let dict = value.dict, let stored = String(validating: key, as: UTF8.self) else { return nil }
                // The key is the name in lower case; another one was not meant for this room.
                let written = dict.text("n").flatMap { $0.lowercased().utf8.elementsEqual(key) ? $0 : nil }
                return (try? CommunityRoom(server: server, name: written ?? stored)).map {
                    CommunityEntry(room: $0, dict)
                }
            }
        }
    }

    /// Changes a community, which comes into being if it is not there.
    public mutating func set(_ room: CommunityRoom, _ body: (inout GroupCommon) -> Void) throws(ConfigError) {
        let known = communities.first { $0.room.server.url == room.server.url && $0.room.key == room.key }
        var common = known?.common ?? GroupCommon()
        body(&common)
        try config.edit { data throws(ConfigError) in
            try data.change("o") { servers throws(ConfigError) in
                try room.server.change(in: &servers, room.key) { dict in
                    common.write(to: &dict)
                    dict.set("n", text: room.name)
                }
            }
        }
    }

    /// - Parameter room: its name in any spelling.
    public mutating func eraseCommunity(_ room: String, at url: String) throws(ConfigError) {
        try config.edit { data throws(ConfigError) in
            try data.change("o") { servers throws(ConfigError) in
                CommunityServer.erase(Array(room.lowercased().utf8), at: url, from: &servers)
            }
        }
    }

    // MARK: Legacy groups

    /// In the order of their ids.
    public var legacyGroups: [LegacyGroupEntry] {
        records("C").compactMap { key, dict in
            guard key.first == AccountID.prefix, let id = AccountID(publicKey: Array(key.dropFirst())) else {
                return nil
            }
            return LegacyGroupEntry(id: id, dict)
        }
    }

    public mutating func setLegacy(_ id: AccountID, _ body: (inout LegacyGroupEntry) -> Void) throws(ConfigError) {
        var entry =
            config.data.dict("C").dict(id.bytes).map { LegacyGroupEntry(id: id, $0) } ?? LegacyGroupEntry(id: id)
        body(&entry)
        try write("C", id.bytes, entry.write)
    }

    public mutating func eraseLegacy(_ id: AccountID) throws(ConfigError) { try erase("C", id.bytes) }

    // MARK: Records

    private mutating func write(
        _ container: String, _ key: [UInt8], _ body: (inout ConfigDict) -> Void
    ) throws(ConfigError) {
        try config.edit { data throws(ConfigError) in
            try data.change(container) { records throws(ConfigError) in
                try records.change(key) { dict throws(ConfigError) in body(&dict) }
            }
        }
    }

    private mutating func erase(_ container: String, _ key: [UInt8]) throws(ConfigError) {
        guard config.data.dict(container).dict(key) != nil else { return }
        try config.edit { data throws(ConfigError) in
            try data.change(container) { records throws(ConfigError) in records[key] = nil }
        }
    }
}
