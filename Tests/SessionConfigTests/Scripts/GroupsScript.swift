import BaseKit
import SessionWire
import ShallotTestSupport
import SodiumKit

@testable import SessionConfig

extension UserGroupsConfig {
    mutating func change(_ action: String, _ arguments: VectorFields) throws {
        switch action {
        case "set": try set(arguments)
        case "erase": try erase(arguments)
        case "set_full_url":
            let room = try CommunityRoom(link: arguments.text("full_url"))
            try set(room) { _ in }
        case "mark_kicked": try set(Self.group(arguments)) { $0.markKicked() }
        case "mark_invited": try set(Self.group(arguments)) { $0.markInvited() }
        case "mark_destroyed": try set(Self.group(arguments)) { $0.markDestroyed() }
        default: throw VectorError("unknown step \(action)")
        }
    }

    private static func group(_ arguments: VectorFields) throws -> GroupID {
        guard let id = GroupID(try arguments.text("group_id")) else { throw ConfigError.badID }
        return id
    }

    private mutating func set(_ arguments: VectorFields) throws {
        switch try arguments.text("type") {
        case "group":
            let id = try Self.group(arguments)
            var wanted = group(id) ?? GroupEntry(id: id)
            if arguments.has("name") { wanted.name = try arguments.text("name") }
            if arguments.has("secret_key") { wanted.seed = Array(try arguments.bytes("secret_key").prefix(32)) }
            if arguments.has("auth_data") { wanted.auth = try arguments.bytes("auth_data") }
            try arguments.common(&wanted.common)
            try set(id) { $0 = wanted }
        case "community":
            let server = try CommunityServer(url: arguments.text("base_url"), publicKey: arguments.bytes("pubkey"))
            let room = try CommunityRoom(server: server, name: arguments.text("room"))
            var wanted =
                communities.first { $0.room.server.url == server.url && $0.room.key == room.key }?.common
                ?? GroupCommon()
            try arguments.common(&wanted)
            try set(room) { $0 = wanted }
        case "legacy_group":
            let id = try arguments.account("id")
            var wanted = legacyGroups.first { $0.id == id } ?? LegacyGroupEntry(id: id)
            if arguments.has("name") { wanted.name = try arguments.text("name") }
            if arguments.has("enc_pubkey") { wanted.publicKey = try arguments.bytes("enc_pubkey") }
            if arguments.has("enc_seckey") { wanted.secretKey = try arguments.bytes("enc_seckey") }
            if arguments.has("disappearing_timer") { wanted.expiry = try arguments.int64("disappearing_timer") }
            if arguments.has("members") {
                wanted.members = [:]
                for (member, isAdmin) in try arguments.object("members").values {
                    guard let member = AccountID(member) else { throw ConfigError.badID }
                    wanted.members[member] = isAdmin == .bool(true)
                }
            }
            try arguments.common(&wanted.common)
            try setLegacy(id) { $0 = wanted }
        case let type: throw VectorError("unknown type \(type)")
        }
    }

    private mutating func erase(_ arguments: VectorFields) throws {
        switch try arguments.text("type") {
        case "group": try erase(Self.group(arguments))
        case "community": try eraseCommunity(arguments.text("room"), at: arguments.text("base_url"))
        case "legacy_group": try eraseLegacy(arguments.account("id"))
        case let type: throw VectorError("unknown type \(type)")
        }
    }

    func scriptState() -> [String: VectorValue] {
        let all = groups.map(\.scriptFields) + communities.map(\.scriptFields) + legacyGroups.map(\.scriptFields)
        return all.isEmpty ? [:] : ["groups": .list(all.map(VectorValue.object))]
    }
}

extension GroupEntry {
    fileprivate var scriptFields: [String: VectorValue] {
        var fields = ScriptFields()
        fields.add("type", "group")
        fields.add("group_id", id.description)
        fields.add("name", name)
        fields.add(common)
        if !seed.isEmpty { fields.add("secret_key", seed + id.publicKey) }
        fields.add("auth_data", auth)
        fields.add("removed_status", removal?.rawValue ?? 0)
        fields.add("kicked", removal == .kicked)
        fields.add("destroyed", removal == .destroyed)
        return fields.values
    }
}

extension CommunityEntry {
    fileprivate var scriptFields: [String: VectorValue] {
        var fields = ScriptFields()
        fields.add("type", "community")
        fields.add("base_url", room.server.url)
        fields.add("room", room.name)
        fields.add("pubkey", room.server.publicKey)
        fields.add("full_url", room.link)
        fields.add(common)
        return fields.values
    }
}

extension LegacyGroupEntry {
    fileprivate var scriptFields: [String: VectorValue] {
        var fields = ScriptFields()
        fields.add("type", "legacy_group")
        fields.add("id", id.description)
        fields.add("name", name)
        fields.add(common)
        fields.add("enc_pubkey", publicKey)
        fields.add("enc_seckey", secretKey)
        fields.add("disappearing_timer", expiry)
        if !members.isEmpty {
            fields.values["members"] = .object(
                Dictionary(members.map { ($0.key.description, VectorValue.bool($0.value)) }) { $1 })
        }
        return fields.values
    }
}
