import BaseKit
import Foundation
import SessionConfig
import SessionWire
import ShallotStore

extension ConfigEditor {
    /// Brings in what a swarm gave for one kind of config, and shows it.
    /// - Returns: the messages that could be read.
    /// - Source: configs.md §6.3, §11
    @discardableResult
    func merge(_ messages: [StoredMessage], into kind: ConfigKind) throws -> Set<String> {
        var entry = try entry(kind)
        let before = entry.config.data
        var config = entry.pulled ?? entry.config
        let standing = config
        let stored = messages.map { StoredConfig(hash: $0.hash.rawValue, data: $0.data) }
        var accepted: Set<String>
        var heard = HeardConfigs()
        if let fresh = try withoutProvisionalName(config, stored) {
            (config, accepted) = fresh
        } else {
            accepted = Set(config.merge(stored, now: now, hearing: &heard))
        }
        guard !accepted.isEmpty else { return [] }
        if try store.preference(.foundNothing), config.sequence > standing.sequence || config.data != standing.data {
            try store.setPreference(.foundNothing, to: false)  // they were only late
        }
        let arrived = messages.filter { accepted.contains($0.hash.rawValue) }
        let isNews = note(arrived, of: config, in: &entry.record)
        entry.isChanged = entry.isChanged || config.needsDump || isNews
        if entry.pulled != nil {
            entry.pulled = config
            entry = try working(on: entry)
        } else {
            try noteLate(arrived, in: config, since: standing)
            try lookAfterEdits(of: &config, since: standing, hearing: heard)
            try keepName(in: &config, since: standing)
            entry.config = config
        }
        put(entry)
        guard try stage != .seeding else { return accepted }
        let date = min(arrived.map { Date(milliseconds: $0.timestamp) }.max() ?? now, now)
        let projection = ConfigProjection(self)
        if try kind == .userProfile && mayHide(entry.config, since: standing) { try projection.hideNotes(at: date) }
        try projection.show(kind, from: before, to: self.config(kind).data, at: date)
        return accepted
    }

    /// Whoever stored the present state did not know of a message that comes after it: such a one goes without waiting for
    /// the next push, which may be far away.
    private func noteLate(
        _ arrived: [StoredMessage], in config: SharedConfig, since before: SharedConfig
    ) throws {
        guard !config.needsPush, config.stateName == before.stateName else { return }
        // One that was asked for before may have reached another member after it was deleted.
        let again = Set(config.obsolete).intersection(arrived.map(\.hash.rawValue))
        let late = Set(config.obsolete).subtracting(before.obsolete).union(again)
        guard !late.isEmpty else { return }
        try store.addObsoleteConfigs(late.compactMap(MessageHash.init), now: now)
        store.afterCommit { [book] in book.changes.set() }
    }

    /// - Returns: whether there was anything new to note.
    private func note(_ arrived: [StoredMessage], of config: SharedConfig, in record: inout ConfigRecord) -> Bool {
        let before = record
        // A node may name any time; the future is not one of them.
        let latest = arrived.map { min(Date(milliseconds: $0.timestamp), now) }.max() ?? record.appliedAt
        record.appliedAt = max(record.appliedAt, latest)
        let current = Set(config.storedHashes)
        let ends = arrived.filter { current.contains($0.hash.rawValue) }.map { Date(milliseconds: $0.expiration) }
        if let end = ends.min(), current.count == ends.count { record.aliveUntil = end }
        return record != before
    }

    /// Whether the profile tells of notes to be taken away: of those that are shown here, or of others that were written
    /// and hidden elsewhere while this device slept.
    private func mayHide(_ profile: SharedConfig, since before: SharedConfig) throws -> Bool {
        if try store.priority(of: .account(own)) ?? -1 >= 0 { return true }
        return try stage == .ready && profile.wasTouched("+", since: before)
    }

    // MARK: The provisional name

    /// A name that somebody gave while restoring another device may win by the numbers of the messages, although it is as
    /// old as one can be. Whoever sees that says the real one again.
    /// - Source: identity-and-messages.md §7
    private func keepName(in config: inout SharedConfig, since before: SharedConfig) throws {
        guard config.kind == .userProfile, let name = UserProfileConfig(before).name else { return }
        let isReal = Self.profileTime(before) != Self.provisionalTime
        guard isReal, Self.profileTime(config) == Self.provisionalTime else { return }
        let data = config.data
        let edit = ConfigEdit.profileName(name)
        guard try make(edit, in: &config, at: now) else { return }
        try note(edit, from: data, in: config, at: now)
    }

    private static let provisionalTime: Int64 = 1

    /// When the name was given, whatever became of the picture later.
    private static func profileTime(_ config: SharedConfig) -> Int64? { config.data[Array("t".utf8)]?.int }

    /// A name that was given only because none had arrived gives way to a profile that comes later after all, whatever
    /// the numbers of their messages say.
    /// - Returns: the profile as the others have it, and what was read; `nil` if there is no such case.
    private func withoutProvisionalName(
        _ config: SharedConfig, _ stored: [StoredConfig]
    ) throws -> (SharedConfig, Set<String>)? {
        guard config.kind == .userProfile, config.sequence > 0 else { return nil }
        let provisional = try store.preference(.provisionalName)
        let mine = UserProfileConfig(config)
        guard !provisional.isEmpty, mine.name == provisional, mine.profileUpdated == 1 else { return nil }
        var fresh = SharedConfig(.userProfile, keys: book.keys)
        let own = Set(config.storedHashes)
        let accepted = fresh.merge(stored.filter { !own.contains($0.hash) }, now: now)
        let theirs = UserProfileConfig(fresh)
        guard !accepted.isEmpty, let name = theirs.name, name != provisional else { return nil }
        try store.addObsoleteConfigs(own.compactMap(MessageHash.init), now: now)
        return (fresh, Set(accepted))
    }

    /// Whether the account's name is none that a person or a device has set: it has none, or one that was given only
    /// because none had arrived, and the swarm has not told everything.
    var isNameOpen: Bool {
        get throws {
            guard let name = try store.account()?.displayName else { return false }
            return try name.isEmpty || (stage != .ready && name == store.preference(.provisionalName))
        }
    }

    func propose(_ name: String) throws {
        try store.setPreference(.provisionalName, to: name)
        try store.updateProfile(displayName: name, updatedAt: Date(timeIntervalSince1970: 1))
        if try stage == .ready { try takeProvisionalName() }
    }

    /// Writes the name that somebody gave while restoring, unless one is there. It is as old as a profile can be, so that
    /// any other counts as newer.
    /// - Source: identity-and-messages.md §7
    func takeProvisionalName() throws {
        let name = try store.preference(.provisionalName)
        var entry = try entry(.userProfile)
        var profile = UserProfileConfig(entry.config)
        guard !name.isEmpty, profile.name == nil else { return }
        try profile.setName(name, now: Date(timeIntervalSince1970: 1))
        entry.config = profile.config
        entry.isChanged = true
        put(entry)
    }
}
