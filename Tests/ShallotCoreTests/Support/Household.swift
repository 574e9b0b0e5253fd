import BaseKit
import Foundation
import SessionConfig
import SessionWire
import ShallotStore
import SodiumKit

@testable import ShallotCore

/// Three devices of one account without a network between them: what each stores lies in a list, of which each reads now
/// this part and now that. It knows which edits every device has seen.
struct Household {
    /// A nickname that somebody gave, or took away.
    struct Edit {
        let device: Int
        let person: Int
        /// Empty for one that removed the person.
        let name: String
        /// The edits that the device had seen.
        let known: Set<Int>
    }

    enum Device {
        case ours(ConfigBook)
        /// One that edits within merge results and makes nothing again, as the reference does.
        case reference(SharedConfig)
    }

    private struct Stored {
        let message: StoredMessage
        let edits: Set<Int>
    }

    let people: [AccountID]
    private(set) var devices: [Device]
    private(set) var edits: [Edit] = []
    /// What each device has seen.
    private(set) var known: [Set<Int>]
    private(set) var redone = 0
    private var stored: [Stored] = []
    private let keys: AccountKeys
    let clock = Twin.Clock()

    /// All devices know all people, named "start".
    init(people count: Int, keys: AccountKeys, withReference: Bool) async throws {
        self.keys = keys
        people = (0..<count).compactMap { AccountID(publicKey: [UInt8](repeating: UInt8($0 + 1), count: 32)) }
        devices = []
        known = [[], [], []]
        for number in 0..<3 {
            if number == 2, withReference {
                devices.append(.reference(SharedConfig(.contacts, keys: ConfigKeys(account: keys))))
            } else {
                let store = try Store.inMemory()
                try await store.setPreference(.syncStage, to: .ready)
                devices.append(.ours(book(store)))
            }
        }
        for person in people.indices { try await rename(person, "start", on: 0) }
        edits = []
        known = [[], [], []]
        try await push(0)
        for device in devices.indices { try await poll(device) { _ in true } }
    }

    private func book(_ store: Store) -> ConfigBook {
        ConfigBook(store: store, keys: keys) { [clock] in clock.milliseconds }
    }

    // MARK: What devices do

    /// Only the database is left of what a device of ours knew.
    mutating func kill(_ device: Int) {
        guard case .ours(let book) = devices[device] else { return }
        devices[device] = .ours(self.book(book.store))
    }

    mutating func rename(_ person: Int, _ name: String, on device: Int) async throws {
        let id = people[person]
        switch devices[device] {
        case .ours(let book): try await book.edit { try $0.edit(.contact(.account(id), .nickname(name))) }
        case .reference(let config):
            var contacts = ContactsConfig(config)
            try contacts.set(id) { $0.nickname = name }
            devices[device] = .reference(contacts.config)
        }
        note(person, name, on: device)
    }

    mutating func remove(_ person: Int, on device: Int) async throws {
        let id = people[person]
        guard case .ours(let book) = devices[device] else { return }
        try await book.edit { try $0.edit(.removeContact(.account(id))) }
        note(person, "", on: device)
    }

    private mutating func note(_ person: Int, _ name: String, on device: Int) {
        edits.append(Edit(device: device, person: person, name: name, known: known[device]))
        known[device].insert(edits.count - 1)
    }

    /// - Parameters:
    ///   - arrives: whether the swarm gets it.
    ///   - isConfirmed: whether the device learns that.
    mutating func push(_ device: Int, arrives: Bool = true, isConfirmed: Bool = true) async throws {
        switch devices[device] {
        case .ours(let book):
            let pushes = try await book.pushes()
            let obsolete = try await book.obsolete(besides: pushes)
            for push in pushes where arrives {
                let hashes = push.blobs.map { store($0, by: device) }
                guard isConfirmed else { continue }
                stored.removeAll { obsolete.contains($0.message.hash) }
                try await book.forget(obsolete)
                try await book.confirm([ConfirmedPush(push: push, hashes: hashes, isSettled: true)])
            }
        case .reference(var config):
            guard config.needsPush else { return }
            let push = try config.push(now: clock.now)
            if arrives {
                let hashes = push.blobs.map { store($0, by: device).rawValue }
                if isConfirmed {
                    stored.removeAll { push.obsolete.contains($0.message.hash.rawValue) }
                    config.confirmPushed(push.sequence, hashes: hashes)
                }
            }
            devices[device] = .reference(config)
        }
    }

    private mutating func store(_ blob: [UInt8], by device: Int) -> MessageHash {
        let hash = MessageHash.compute(account: keys.accountID.bytes, namespace: .contacts, data: blob)
        let time = clock.milliseconds
        let message = StoredMessage(hash: hash, timestamp: time, expiration: time + 1_000_000, data: blob)
        stored.removeAll { $0.message.hash == hash }
        stored.append(Stored(message: message, edits: known[device]))
        return hash
    }

    /// - Parameter hears: whether a message reaches the device.
    /// - Returns: edits of this device that were made again.
    @discardableResult
    mutating func poll(_ device: Int, hears: (Int) -> Bool) async throws -> [Int] {
        let heard = stored.indices.filter(hears).map { stored[$0] }
        guard !heard.isEmpty else { return [] }
        heard.forEach { known[device].formUnion($0.edits) }
        switch devices[device] {
        case .ours(let book):
            let messages = heard.map(\.message)
            let before = try await attempts(book)
            try await book.edit { try $0.merge(messages, into: .contacts) }
            let after = try await attempts(book)
            let again = after.filter { $0.value > before[$0.key] ?? 0 }.keys
            redone += again.count
            return again.compactMap { field in
                edits.lastIndex { $0.device == device && field.hasPrefix("05" + people[$0.person].publicKey.hex) }
            }
        case .reference(var config):
            let messages = heard.map { StoredConfig(hash: $0.message.hash.rawValue, data: $0.message.data) }
            _ = config.merge(messages, now: clock.now)
            devices[device] = .reference(config)
            return []
        }
    }

    private func attempts(_ book: ConfigBook) async throws -> [String: Int] {
        try await book.edit { editor in
            let noted = try editor.store.configEdits(ConfigKind.contacts.rawValue)
            return Dictionary(noted.map { ($0.field, $0.attempts) }) { $1 }
        }
    }

    /// Everybody hears everything and says what is left to say, until nobody has anything to say.
    /// - Returns: how many rounds that took; `nil` if it did not end.
    mutating func settle() async throws -> Int? {
        for round in 0..<30 {
            for device in devices.indices { try await poll(device) { _ in true } }
            var isQuiet = true
            for device in devices.indices where try await config(device).needsPush {
                isQuiet = false
                try await push(device)
            }
            if isQuiet { return round }
        }
        return nil
    }

    // MARK: What devices show

    func config(_ device: Int) async throws -> SharedConfig {
        switch devices[device] {
        case .ours(let book): try await book.edit { try $0.config(.contacts) }
        case .reference(let config): config
        }
    }

    /// The nickname of a person; `nil` for somebody who was removed.
    func name(_ person: Int, on device: Int) async throws -> String? {
        ContactsConfig(try await config(device)).contact(people[person])?.nickname
    }
}
