public import SessionWire

/// A person whom the account knows only by a community's blinded id.
/// - Source: configs.md §10.2
public struct BlindedContactEntry: Hashable, Sendable {
    public let id: BlindedID
    public let server: CommunityServer
    public var name = ""
    public var picture: ConfigPicture?
    public var profileUpdated: Int64 = 0
    public var profileBits: UInt64 = 0
    public var priority: Int64 = 0
    public var created: Int64 = 0

    public init(id: BlindedID, server: CommunityServer) { (self.id, self.server) = (id, server) }

    init(id: BlindedID, server: CommunityServer, _ dict: ConfigDict) {
        (self.id, self.server) = (id, server)
        name = dict.text("n") ?? ""
        picture = ConfigPicture(dict)
        profileUpdated = dict.seconds("t") ?? 0
        profileBits = ProfileBits.read(dict)
        priority = dict.int("+") ?? 0
        created = dict.seconds("j") ?? 0
    }

    /// Touches only what was changed: a value that this version cannot read stays as it is.
    func write(to dict: inout ConfigDict) {
        let old = BlindedContactEntry(id: id, server: server, dict)
        if name != old.name || dict["n"] == nil { dict.set("n", text: ConfigName.truncated(name)) }
        if picture != old.picture { ConfigPicture.write(picture, to: &dict) }
        if profileUpdated != old.profileUpdated { dict.set("t", positive: ConfigDict.seconds(profileUpdated)) }
        if profileBits != old.profileBits { ProfileBits.write(profileBits, to: &dict) }
        if priority != old.priority { dict.set("+", nonzero: priority) }
        if created != old.created { dict.set("j", positive: ConfigDict.seconds(created)) }
        dict.set("y", flag: id.scheme == .legacy)
    }
}

extension ContactsConfig {
    /// In the order of the reference: old scheme first, then by id.
    public var blindedContacts: [BlindedContactEntry] {
        config.data.dict("b").flatMap { base, record -> [BlindedContactEntry] in
            guard let record = record.dict, let server = CommunityServer(base, record) else { return [] }
            return record.dict("R").compactMap { key, value in
                guard let dict = value.dict, let text = String(validating: key, as: UTF8.self),
                    let id = BlindedID((dict.flag("y") ? "15" : "25") + text)
                else { return nil }
                return BlindedContactEntry(id: id, server: server, dict)
            }
        }.sorted { ($0.server.url, $0.id.description) < ($1.server.url, $1.id.description) }
    }

    /// Changes a blinded contact, which comes into being if it is not there. A new name is cut at 100 bytes.
    public mutating func set(
        _ id: BlindedID, on server: CommunityServer, _ body: (inout BlindedContactEntry) -> Void
    ) throws(ConfigError) {
        var entry =
            blindedContacts.first { $0.id == id && $0.server.url == server.url }
            ?? BlindedContactEntry(id: id, server: server)
        body(&entry)
        try config.edit { data throws(ConfigError) in
            try data.change("b") { servers throws(ConfigError) in
                try server.change(in: &servers, Self.key(id)) { dict in entry.write(to: &dict) }
            }
        }
    }

    public mutating func erase(_ id: BlindedID, on url: String) throws(ConfigError) {
        try config.edit { data throws(ConfigError) in
            try data.change("b") { servers throws(ConfigError) in
                CommunityServer.erase(Self.key(id), at: url, from: &servers)
            }
        }
    }

    private static func key(_ id: BlindedID) -> [UInt8] { Array(id.description.dropFirst(2).utf8) }
}
