public import Foundation
public import SessionWire

/// A conversation that read positions are kept of.
/// - Source: configs.md §10.3
public enum VolatileConversation: Hashable, Sendable {
    case account(AccountID)
    case group(GroupID)
    case community(CommunityRoom)
    /// Groups of old clients look like accounts.
    case legacyGroup(AccountID)
    case blinded(BlindedID)
}

/// What was read where.
/// - Source: configs.md §10.3
public struct ConvoInfoVolatileConfig: Sendable {
    public var config: SharedConfig

    public init(keys: ConfigKeys) { config = SharedConfig(.convoInfoVolatile, keys: keys) }
    public init(_ config: SharedConfig) { self.config = config }

    public func position(_ conversation: VolatileConversation) -> ReadPosition? {
        let place = Place(conversation)
        let top = config.data.dict(place.container)
        let record = place.server.map { top.dict(Array($0.url.utf8))?.dict("R") ?? [:] } ?? top
        return record.dict(place.key).map(ReadPosition.init)
    }

    /// Changes a record, which comes into being if it is not there.
    public mutating func set(
        _ conversation: VolatileConversation, now: Date, _ body: (inout ReadPosition) -> Void
    ) throws(ConfigError) {
        try set([conversation], now: now) { _, position in body(&position) }
    }

    /// Changes many records at once, as one edit.
    public mutating func set(
        _ conversations: [VolatileConversation], now: Date, _ body: (VolatileConversation, inout ReadPosition) -> Void
    ) throws(ConfigError) {
        let places = conversations.map { (conversation: $0, place: Place($0)) }
        try config.edit { data throws(ConfigError) in
            // In the order in which they stand.
            for (conversation, place) in places.sorted(by: { $0.place.key.lexicographicallyPrecedes($1.place.key) }) {
                try data.change(place.container) { records throws(ConfigError) in
                    func write(to dict: inout ConfigDict) {
                        var position = ReadPosition(dict)
                        body(conversation, &position)
                        position.write(to: &dict, now: now)
                        dict.set("y", flag: place.isLegacyBlinding)
                    }
                    if let server = place.server {
                        try server.change(in: &records, place.key) { write(to: &$0) }
                    } else {
                        try records.change(place.key) { dict throws(ConfigError) in write(to: &dict) }
                    }
                }
            }
        }
    }

    public mutating func erase(_ conversation: VolatileConversation) throws(ConfigError) {
        let place = Place(conversation)
        try config.edit { data throws(ConfigError) in
            try data.change(place.container) { records throws(ConfigError) in
                if let server = place.server {
                    CommunityServer.erase(place.key, at: server.url, from: &records)
                } else {
                    records[place.key] = nil
                }
            }
        }
    }

    /// All records: accounts, groups, communities, legacy groups, blinded people; each in the order of its keys.
    public var positions: [(conversation: VolatileConversation, position: ReadPosition)] {
        Self.positions(in: config.data)
    }

    /// The same for any state of such a config.
    public static func positions(in data: ConfigDict) -> [(conversation: VolatileConversation, position: ReadPosition)]
    {
        var all: [(conversation: VolatileConversation, position: ReadPosition)] = []
        for (container, name) in Self.flat {
            for (key, value) in data.dict(container) {
                guard let dict = value.dict, let conversation = name(key) else { continue }
                all.append((conversation, ReadPosition(dict)))
            }
            if container == "g" { all += communities(in: data) }
        }
        return all
    }

    private static func communities(
        in data: ConfigDict
    ) -> [(conversation: VolatileConversation, position: ReadPosition)] {
        data.dict("o").flatMap { base, value in
            guard let record = value.dict, let server = CommunityServer(base, record) else {
                return [] as [(conversation: VolatileConversation, position: ReadPosition)]
            }
            return record.dict("R").compactMap { key, value in
                guard let dict = value.dict, let name = String(validating: key, as: UTF8.self),
                    let room = try? CommunityRoom(server: server, name: name)
                else { return nil }
                return (.community(room), ReadPosition(dict))
            }
        }
    }

    /// Drops what is too old to matter, ahead of a push.
    public mutating func prune(now: Date) throws(ConfigError) {
        try config.edit { data throws(ConfigError) in
            for (container, _) in Self.flat {
                try data.change(container) { records throws(ConfigError) in
                    records = records.filter { !Self.isStale($0, now) }
                }
            }
            try data.change("o") { servers throws(ConfigError) in
                for (base, _) in servers {
                    try servers.change(Array(base)) { record throws(ConfigError) in
                        guard let rooms = record["R"]?.dict else { return }
                        let kept = rooms.filter { !Self.isStale($0, now) }
                        if kept.isEmpty { record = [:] } else { record["R"] = .dict(kept) }
                    }
                }
            }
        }
    }

    private static func isStale(_ value: ConfigValue, _ now: Date) -> Bool {
        value.dict.map { ReadPosition($0).isStale(now: now) } ?? false
    }

    private typealias Naming = @Sendable (ArraySlice<UInt8>) -> VolatileConversation?
    /// The containers with one record for each key, and what a key names.
    private static let flat: [(String, Naming)] = [
        ("1", { Self.account($0).map(VolatileConversation.account) }),
        (
            "g",
            { key in
                key.first == GroupID.prefix
                    ? GroupID(publicKey: Array(key.dropFirst())).map(VolatileConversation.group) : nil
            }
        ),
        ("C", { Self.account($0).map(VolatileConversation.legacyGroup) }),
        (
            "b",
            { key in
                guard let scheme = key.first.flatMap(BlindedID.Scheme.init) else { return nil }
                return BlindedID(scheme: scheme, publicKey: Array(key.dropFirst())).map(VolatileConversation.blinded)
            }
        ),
    ]

    private static func account(_ key: ArraySlice<UInt8>) -> AccountID? {
        key.first == AccountID.prefix ? AccountID(publicKey: Array(key.dropFirst())) : nil
    }

    /// Where the record of a conversation stands.
    private struct Place {
        let container: String
        let key: [UInt8]
        var server: CommunityServer?
        var isLegacyBlinding = false

        init(_ conversation: VolatileConversation) {
            switch conversation {
            case .account(let id): (container, key) = ("1", id.bytes)
            case .group(let id): (container, key) = ("g", id.bytes)
            case .legacyGroup(let id): (container, key) = ("C", id.bytes)
            case .community(let room): (container, key, server) = ("o", room.key, room.server)
            case .blinded(let id):
                (container, key, isLegacyBlinding) = ("b", id.bytes, id.scheme == .legacy)
            }
        }
    }
}
