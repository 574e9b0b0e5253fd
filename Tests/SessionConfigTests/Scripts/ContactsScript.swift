import BaseKit
import SessionWire
import ShallotTestSupport
import SodiumKit

@testable import SessionConfig

extension ContactsConfig {
    mutating func change(_ action: String, _ arguments: VectorFields) throws {
        switch action {
        case "set": try set(arguments)
        case "set_nickname_truncated":
            let nickname = ConfigName.truncated(try arguments.text("nickname"))
            try set(arguments.account()) { $0.nickname = nickname }
        case "erase": try erase(arguments.account())
        case "set_blinded": try setBlinded(arguments)
        case "erase_blinded":
            guard let id = BlindedID(try arguments.text("blinded_id")) else { throw ConfigError.badID }
            try erase(id, on: arguments.text("community_base_url"))
        case "set_many":
            for number in 0..<(try arguments.int("count")) {
                guard let key = Blake2b.hash(Array("multipart-\(number)".utf8)),
                    let name = Blake2b.hash(Array("multipart-name-\(number)".utf8)), let id = AccountID(publicKey: key)
                else { throw VectorError("no hash") }
                try set(id) { $0.name = String(name.hex.prefix(64)) }
            }
        default: throw VectorError("unknown step \(action)")
        }
    }

    private mutating func set(_ arguments: VectorFields) throws {
        let id = try arguments.account()
        var wanted = contact(id) ?? ContactEntry(id: id)
        if arguments.has("name") { wanted.name = try arguments.text("name") }
        if arguments.has("nickname") { wanted.nickname = try arguments.text("nickname") }
        if arguments.has("profile_pic") { wanted.picture = try arguments.picture() }
        if arguments.has("profile_updated") { wanted.profileUpdated = try arguments.int64("profile_updated") }
        if arguments.has("profile_bitset") { wanted.profileBits = try arguments.uint64("profile_bitset") }
        if arguments.has("approved") { wanted.isApproved = try arguments.bool("approved") }
        if arguments.has("approved_me") { wanted.didApproveUs = try arguments.bool("approved_me") }
        if arguments.has("blocked") { wanted.isBlocked = try arguments.bool("blocked") }
        if arguments.has("priority") { wanted.priority = try arguments.int64("priority") }
        if arguments.has("mute_until") { wanted.muteUntil = try arguments.int64("mute_until") }
        if arguments.has("created") { wanted.created = try arguments.int64("created") }
        if arguments.has("notifications") {
            wanted.notifications = ConfigNotifications(rawValue: try arguments.int64("notifications")) ?? .standard
        }
        if arguments.has("exp_mode") {
            let seconds = try arguments.int64("exp_timer")
            wanted.expiry =
                try arguments.text("exp_mode") == "after_read"
                ? .afterRead(seconds: seconds) : .afterSend(seconds: seconds)
        }
        try set(id) { $0 = wanted }
    }

    private mutating func setBlinded(_ arguments: VectorFields) throws {
        guard let id = BlindedID(try arguments.text("blinded_id")) else { throw ConfigError.badID }
        let server = try CommunityServer(
            url: arguments.text("community_base_url"), publicKey: arguments.bytes("community_pubkey"))
        let name = arguments.has("name") ? try arguments.text("name") : nil
        let created = arguments.has("created") ? try arguments.int64("created") : nil
        let priority = arguments.has("priority") ? try arguments.int64("priority") : nil
        let picture = try arguments.picture()
        try set(id, on: server) { entry in
            if let name { entry.name = name }
            if let created { entry.created = created }
            if let priority { entry.priority = priority }
            if let picture { entry.picture = picture }
        }
    }

    func scriptState() -> [String: VectorValue] {
        var state: [String: VectorValue] = [:]
        let contacts = contacts.map { VectorValue.object($0.scriptFields) }
        let blinded = blindedContacts.map { VectorValue.object($0.scriptFields) }
        if !contacts.isEmpty { state["contacts"] = .list(contacts) }
        if !blinded.isEmpty { state["blinded"] = .list(blinded) }
        return state
    }
}

extension ContactEntry {
    fileprivate var scriptFields: [String: VectorValue] {
        var fields = ScriptFields()
        fields.add("account_id", id.description)
        fields.add("name", name)
        fields.add("nickname", nickname)
        fields.add("profile_pic", picture)
        fields.add("profile_updated", profileUpdated)
        fields.add("profile_bitset", Int64(profileBits))
        fields.add("approved", isApproved)
        fields.add("approved_me", didApproveUs)
        fields.add("blocked", isBlocked)
        fields.add("priority", priority)
        fields.add("notifications", notifications.rawValue)
        fields.add("mute_until", muteUntil)
        switch expiry {
        case .afterSend(let seconds):
            fields.add("exp_mode", "after_send")
            fields.add("exp_timer", seconds)
        case .afterRead(let seconds):
            fields.add("exp_mode", "after_read")
            fields.add("exp_timer", seconds)
        case nil: break
        }
        fields.add("created", created)
        return fields.values
    }
}

extension BlindedContactEntry {
    fileprivate var scriptFields: [String: VectorValue] {
        var fields = ScriptFields()
        fields.add("blinded_id", id.description)
        fields.add("community_base_url", server.url)
        fields.add("community_pubkey", server.publicKey)
        fields.add("name", name)
        fields.add("profile_pic", picture)
        fields.add("profile_updated", profileUpdated)
        fields.add("profile_bitset", Int64(profileBits))
        fields.add("priority", priority)
        fields.add("created", created)
        fields.add("legacy_blinding", id.scheme == .legacy)
        return fields.values
    }
}
