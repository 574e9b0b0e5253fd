import BaseKit
import Foundation
import SessionWire
import ShallotTestSupport

@testable import SessionConfig

extension ConvoInfoVolatileConfig {
    mutating func change(_ action: String, _ arguments: VectorFields, now: Date) throws {
        let conversation = try Self.conversation(arguments)
        switch action {
        case "set":
            let lastRead = arguments.has("last_read") ? try arguments.int64("last_read") : nil
            let isUnread = arguments.has("unread") ? try arguments.bool("unread") : nil
            let tag = arguments.has("pro_gen_index_hash") ? try arguments.bytes("pro_gen_index_hash") : nil
            let expiry = arguments.has("pro_expiry_ms") ? try arguments.int64("pro_expiry_ms") : nil
            try set(conversation, now: now) { position in
                if let lastRead { position.lastRead = lastRead }
                if let isUnread { position.isUnread = isUnread }
                if let tag { position.proTag = tag }
                if let expiry { position.proExpiry = expiry }
            }
        case "erase": try erase(conversation)
        default: throw VectorError("unknown step \(action)")
        }
    }

    private static func conversation(_ arguments: VectorFields) throws -> VolatileConversation {
        switch try arguments.text("type") {
        case "1to1": return .account(try arguments.account())
        case "legacy_group": return .legacyGroup(try arguments.account("id"))
        case "group":
            guard let id = GroupID(try arguments.text("group_id")) else { throw ConfigError.badID }
            return .group(id)
        case "blinded_1to1":
            guard let id = BlindedID(try arguments.text("blinded_id")) else { throw ConfigError.badID }
            return .blinded(id)
        case "community":
            // Erasing needs no key; any will do.
            let key = arguments.has("pubkey") ? try arguments.bytes("pubkey") : [UInt8](repeating: 0, count: 32)
            let server = try CommunityServer(url: arguments.text("base_url"), publicKey: key)
            return .community(try CommunityRoom(server: server, name: arguments.text("room")))
        case let type: throw VectorError("unknown type \(type)")
        }
    }

    func scriptState() -> [String: VectorValue] {
        let convos = positions.map { conversation, position in
            var fields = ScriptFields()
            switch conversation {
            case .account(let id):
                fields.add("type", "1to1")
                fields.add("account_id", id.description)
            case .group(let id):
                fields.add("type", "group")
                fields.add("group_id", id.description)
            case .community(let room):
                fields.add("type", "community")
                fields.add("base_url", room.server.url)
                fields.add("room", room.name)
                fields.add("pubkey", room.server.publicKey)
            case .legacyGroup(let id):
                fields.add("type", "legacy_group")
                fields.add("id", id.description)
            case .blinded(let id):
                fields.add("type", "blinded_1to1")
                fields.add("blinded_id", id.description)
                fields.add("legacy_blinding", id.scheme == .legacy)
            }
            fields.add("last_read", position.lastRead)
            fields.add("unread", position.isUnread)
            fields.add("pro_gen_index_hash", position.proTag)
            fields.add("pro_expiry_ms", position.proExpiry)
            return VectorValue.object(fields.values)
        }
        return convos.isEmpty ? [:] : ["convos": .list(convos)]
    }
}
