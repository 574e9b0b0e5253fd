import BaseKit
import Foundation
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@testable import SessionConfig

/// Plays a `config_script`: several devices of one account that edit, push and merge.
struct ConfigScript {
    let vector: VectorCase
    let keys: ConfigKeys
    let kind: ConfigKind
    private let account: AccountKeys
    private var devices: [String: SharedConfig] = [:]
    private var dumps: [String: [UInt8]] = [:]
    /// What our own pushes stored, where that may differ from the recording: compressed messages.
    private var blobs: [String: [[UInt8]]] = [:]

    init(_ vector: VectorCase) throws {
        self.vector = vector
        account = try AccountKeys(seed: SecretBytes(Array(vector.bytes("account_seed").prefix(16))))
        #expect(try account.accountID.description == vector.text("account_id"))
        keys = ConfigKeys(account: account)
        kind = try #require(ConfigKind(rawValue: vector.text("type")))
        #expect(try kind.domain == vector.text("domain"))
        #expect(try kind.namespace.rawValue == vector.int("namespace"))
    }

    mutating func run() throws {
        for (index, step) in try vector.objects("steps").enumerated() {
            try run(step, "step \(index + 1)")
        }
    }

    private mutating func run(_ step: VectorFields, _ place: String) throws {
        let name = try step.text("device")
        let now = Date(timeIntervalSince1970: Double(try step.uint64("now_ms")) / 1_000)
        let action = try step.text("do")
        let arguments = step.has("args") ? try step.object("args") : VectorFields(path: place, values: [:])
        let expected = step.has("expect") ? try step.object("expect") : VectorFields(path: place, values: [:])
        var device = devices[name] ?? SharedConfig(kind, keys: keys)
        let comment = Comment(rawValue: "\(vector.name), \(place): \(name) \(action)")
        switch action {
        case "push": try push(&device, expected, now, comment)
        case "confirm_pushed":
            device.confirmPushed(Int64(try arguments.int("seqno")), hashes: try arguments.texts("hashes"))
        case "merge": try merge(&device, arguments, expected, now, comment)
        case "dump":
            let dump = device.dump(withFormer: false)
            #expect(try dump.hex == expected.text("dump"), comment)
            if expected.has("id") { dumps[try expected.text("id")] = dump }
        case "load":
            device = try SharedConfig(kind, keys: keys, dump: #require(dumps[arguments.text("dump")], comment))
        case "old_hashes": #expect(try device.obsolete == expected.texts("hashes").sorted(), comment)
        case "count": #expect(try device.entryCount == expected.int("count"), comment)
        case "state":
            #expect(
                try VectorValue.object(device.scriptState()).json == VectorValue.object(expected.values).json, comment)
        default:
            let mustFail = step.values["expect_error"] == .bool(true)
            do {
                try device.change(action, arguments, now: now)
                #expect(!mustFail, comment)
            } catch let error as VectorError {
                throw error
            } catch {
                #expect(mustFail, comment)
            }
        }
        try check(device, expected, comment)
        devices[name] = device
    }

    private func check(_ device: SharedConfig, _ expected: VectorFields, _ comment: Comment) throws {
        if expected.has("needs_push") { #expect(try device.needsPush == expected.bool("needs_push"), comment) }
        if expected.has("needs_dump") { #expect(try device.needsDump == expected.bool("needs_dump"), comment) }
        if expected.has("is_dirty") { #expect(try device.isDirty == expected.bool("is_dirty"), comment) }
        if expected.has("curr_hashes") {
            #expect(try device.storedHashes == expected.texts("curr_hashes").sorted(), comment)
        }
    }

    private mutating func push(
        _ device: inout SharedConfig, _ expected: VectorFields, _ now: Date, _ comment: Comment
    ) throws {
        if kind == .convoInfoVolatile {
            var view = ConvoInfoVolatileConfig(device)
            try view.prune(now: now)
            device = view.config
        }
        let push = try device.push(now: now)
        #expect(try push.sequence == Int64(expected.int("seqno")), comment)
        #expect(try push.obsolete == expected.texts("obsolete").sorted(), comment)
        let name = try expected.text("message")
        blobs[name] = push.blobs
        let message = try vector.object("messages").object(name)
        let parts = try message.objects("parts")
        #expect(push.blobs.count == parts.count, comment)
        for (blob, part) in zip(push.blobs, parts) {
            let wire = try Self.wire(part)
            let plaintext = try part.has("plaintext") ? part.bytes("plaintext") : device.message.bytes
            #expect(plaintext == device.message.bytes, comment)
            // Another version of the compressor may write other bytes; they are opened below like all others.
            if try part.has("compressed") && part.bool("compressed") { continue }
            #expect(blob == wire, comment)
        }
    }

    private static func wire(_ part: VectorFields) throws -> [UInt8] {
        try part.text("wire_encoding") == "base64" ? part.base64("wire") : part.bytes("wire")
    }

    private mutating func merge(
        _ device: inout SharedConfig, _ arguments: VectorFields, _ expected: VectorFields, _ now: Date,
        _ comment: Comment
    ) throws {
        let messages = try vector.object("messages")
        let stored = try arguments.objects("messages").map { item in
            if item.has("data") { return StoredConfig(hash: try item.text("hash"), data: try item.bytes("data")) }
            let parts = try messages.object(item.text("message")).objects("parts")
            return StoredConfig(hash: try item.text("hash"), data: try Self.wire(parts[item.int("part")]))
        }
        let accepted = device.merge(stored, now: now)
        #expect(try accepted.sorted() == expected.texts("accepted").sorted(), comment)
    }
}

extension SharedConfig {
    /// Performs a setter of the script's vocabulary.
    mutating func change(_ action: String, _ arguments: VectorFields, now: Date) throws {
        switch kind {
        case .userProfile:
            var view = UserProfileConfig(self)
            try view.change(action, arguments, now: now)
            self = view.config
        case .contacts:
            var view = ContactsConfig(self)
            try view.change(action, arguments)
            self = view.config
        case .convoInfoVolatile:
            var view = ConvoInfoVolatileConfig(self)
            try view.change(action, arguments, now: now)
            self = view.config
        case .userGroups:
            var view = UserGroupsConfig(self)
            try view.change(action, arguments)
            self = view.config
        case .groupInfo, .groupMembers: throw VectorError("\(kind) has no script")
        }
    }

    func scriptState() throws -> [String: VectorValue] {
        switch kind {
        case .userProfile: UserProfileConfig(self).scriptState()
        case .contacts: ContactsConfig(self).scriptState()
        case .convoInfoVolatile: ConvoInfoVolatileConfig(self).scriptState()
        case .userGroups: UserGroupsConfig(self).scriptState()
        case .groupInfo, .groupMembers: throw VectorError("\(kind) has no script")
        }
    }

    var entryCount: Int {
        switch kind {
        case .contacts: ContactsConfig(self).contacts.count
        case .convoInfoVolatile: ConvoInfoVolatileConfig(self).positions.count
        case .userGroups:
            UserGroupsConfig(self).groups.count + UserGroupsConfig(self).communities.count
                + UserGroupsConfig(self).legacyGroups.count
        default: data.count
        }
    }
}

/// Fields of a state: what has its default value is left out.
struct ScriptFields {
    var values: [String: VectorValue] = [:]

    mutating func add(_ name: String, _ text: String) { if !text.isEmpty { values[name] = .text(text) } }
    mutating func add(_ name: String, _ number: Int64) { if number != 0 { values[name] = .integer(number) } }
    mutating func add(_ name: String, _ flag: Bool) { if flag { values[name] = .bool(true) } }
    mutating func add(_ name: String, _ bytes: [UInt8]) { add(name, bytes.hex) }
    mutating func add(_ name: String, _ picture: ConfigPicture?) {
        guard let picture else { return }
        values[name] = .object(["url": .text(picture.url), "key": .text(picture.key.hex)])
    }
    mutating func add(_ common: GroupCommon) {
        add("priority", common.priority)
        add("joined_at", common.joined)
        add("notifications", common.notifications.rawValue)
        add("mute_until", common.muteUntil)
        add("invited", common.isInvited)
    }
}

extension VectorFields {
    /// The picture in `profile_pic`, if there is one.
    func picture() throws -> ConfigPicture? {
        guard has("profile_pic") else { return nil }
        let picture = try object("profile_pic")
        return try ConfigPicture(url: picture.text("url"), key: picture.bytes("key"))
    }

    /// The id in `field`.
    /// - Throws: the same error as the config for what is no id.
    func account(_ field: String = "account_id") throws -> AccountID {
        guard let id = AccountID(try text(field)) else { throw ConfigError.badID }
        return id
    }

    func int64(_ field: String) throws -> Int64 {
        guard case .integer(let value) = try value(field) else { throw VectorError("\(path).\(field) is no number") }
        return value
    }

    func common(_ common: inout GroupCommon) throws {
        if has("priority") { common.priority = try int64("priority") }
        if has("joined_at") { common.joined = try int64("joined_at") }
        if has("mute_until") { common.muteUntil = try int64("mute_until") }
        if has("invited") { common.isInvited = try bool("invited") }
        if has("notifications") {
            common.notifications = ConfigNotifications(rawValue: try int64("notifications")) ?? .standard
        }
    }
}
