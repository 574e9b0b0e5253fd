import BaseKit
import Foundation
import Logging
import SessionConfig
import SessionWire
package import ShallotStore

/// The configs within one transaction: reads them when they are needed, changes them together with the rows that show
/// them, and writes down what changed. It must not leave the closure it was given to.
///
/// While it is not yet known what the swarm has, the configs stay as they were pulled and edits are only noted: an edit
/// of an empty config would look like a config that has nothing else in it.
package final class ConfigEditor {
    /// One config in this transaction.
    struct Entry {
        var record: ConfigRecord
        /// With everything that was changed here.
        var config: SharedConfig
        /// As the swarm has it, while edits are only noted.
        var pulled: SharedConfig?
        var isChanged = false
    }

    package let store: StoreTransaction
    let book: ConfigBook
    /// Network time.
    let now: Date
    private var entries: [ConfigKind: Entry] = [:]
    private var knownStage: SyncStage?

    init(_ store: StoreTransaction, _ book: ConfigBook) {
        (self.store, self.book, now) = (store, book, book.now)
    }

    var own: AccountID { book.own }

    package var stage: SyncStage {
        get throws {
            if let knownStage { return knownStage }
            let stage = try store.preference(.syncStage)
            knownStage = stage
            return stage
        }
    }

    // MARK: Reading

    /// The config with everything that was changed here.
    func config(_ kind: ConfigKind) throws -> SharedConfig { try entry(kind).config }

    func entry(_ kind: ConfigKind) throws -> Entry {
        if let entry = entries[kind] { return entry }
        var entry = try read(kind)
        if try stage != .ready { entry = try working(on: entry) }
        entries[kind] = entry
        return entry
    }

    private func read(_ kind: ConfigKind) throws -> Entry {
        let name = kind.rawValue
        guard let version = try store.configVersion(name), let record = try store.config(name) else {
            return Entry(record: ConfigRecord(kind: name), config: SharedConfig(kind, keys: book.keys))
        }
        if let config = book.recall(kind, version: version) { return Entry(record: record, config: config) }
        do {
            let config = try SharedConfig(kind, keys: book.keys, dump: record.dump)
            book.remember(kind, ConfigBook.Remembered(version: version, config: config))
            return Entry(record: record, config: config)
        } catch {
            // It is fetched again, and nothing is pushed before.
            Log.logger("config-sync").error("\(name) cannot be read: \(error)")
            if try stage == .ready {
                knownStage = .restoring
                try store.setPreference(.syncStage, to: .restoring)
            }
            return Entry(record: record, config: SharedConfig(kind, keys: book.keys), isChanged: true)
        }
    }

    /// What the pulled config and the edits that were noted come to.
    func working(on entry: Entry) throws -> Entry {
        var entry = entry
        let pulled = entry.pulled ?? entry.config
        (entry.pulled, entry.config) = (pulled, pulled)
        if try stage == .seeding { try ConfigSeed(self).sow(in: &entry.config) }
        try reapplyEdits(to: &entry.config)
        return entry
    }

    // MARK: Changing

    /// Makes a change, notes it, and shows it in the rows. What is so already changes nothing.
    func edit(_ edit: ConfigEdit) throws {
        var entry = try entry(edit.kind)
        let before = entry.config.data
        guard try make(edit, in: &entry.config, at: now) else { return }
        entry.isChanged = true
        put(entry)
        try note(edit, from: before, in: entry.config, at: now)
        try ConfigProjection(self).show(edit)
    }

    func put(_ entry: Entry) { entries[entry.config.kind] = entry }

    /// From now on configs are pushed: what was noted becomes part of them.
    func becomeReady() throws {
        guard try stage != .ready else { return }
        if try stage == .restoring {
            let isEmpty = try ConfigBook.kinds.allSatisfy { try (entry($0).pulled?.sequence ?? 0) == 0 }
            try store.setPreference(.foundNothing, to: isEmpty)
        }
        for kind in ConfigBook.kinds {
            var entry = try entry(kind)
            entry.pulled = nil
            entry.isChanged = true
            put(entry)
        }
        let isSeeded = try stage == .seeding
        knownStage = .ready
        try store.setPreference(.syncStage, to: .ready)
        guard isSeeded else { return }
        for kind in ConfigBook.kinds {
            try ConfigProjection(self).show(kind, from: [:], to: config(kind).data, at: now)
        }
    }

    // MARK: Keeping

    /// Writes down what changed.
    func save() throws {
        guard entries.values.contains(where: \.isChanged) else { return }
        for (kind, var entry) in entries where entry.isChanged {
            var config = entry.pulled ?? entry.config
            entry.record.dump = config.dump()
            entry.record.version += 1
            try store.saveConfig(entry.record)
            let new = ConfigBook.Remembered(version: entry.record.version, config: config)
            store.afterCommit { [book] in book.remember(kind, new) }
            if entry.pulled == nil { entry.config = config } else { entry.pulled = config }
            entry.isChanged = false
            entries[kind] = entry
        }
        store.afterCommit { [book] in book.changes.set() }
    }
}

extension ConfigBook {
    /// In the order in which they are applied and pushed.
    /// - Source: configs.md §9.1, §11
    static let kinds: [ConfigKind] = [.userProfile, .contacts, .userGroups, .convoInfoVolatile]
}
