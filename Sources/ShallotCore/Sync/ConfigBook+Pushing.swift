import BaseKit
import Foundation
import Logging
import SessionConfig
import SessionNetwork
package import SessionWire
import ShallotStore

extension ConfigBook {
    /// Obsolete messages that one push asks to delete; the rest follows.
    private static let deletionLimit = 100
    /// Lives are lengthened when this is over…
    fileprivate static let lifeInterval: TimeInterval = 86_400
    /// For what less than half of a swarm has confirmed.
    fileprivate static let soon: TimeInterval = 600
    /// …or when less than this is left, and then not more often than each hour.
    private static let leastLife: TimeInterval = 15 * 86_400
    private static let hurriedInterval: TimeInterval = 3_600

    /// Whether the swarm lacks something, as far as we know.
    func needsPush() async throws -> Bool {
        try await edit { editor in
            guard try editor.stage == .ready else { return false }
            return try Self.kinds.contains { try editor.config($0).needsPush }
        }
    }

    /// Whether something was changed here that the swarm does not have, or not provably.
    func hasUnsent() async throws -> Bool {
        try await edit { editor in
            try Self.kinds.contains { kind in
                try editor.config(kind).needsPush || editor.store.lastConfigEdit(kind.rawValue) > 0
            }
        }
    }

    /// What has to be stored. It is on disk that it is on its way before anybody sees it.
    func pushes() async throws -> [PendingPush] { try await outgoing().pushes }

    /// The same, and which configs have outgrown what a swarm takes: these stay here.
    func outgoing() async throws -> (pushes: [PendingPush], tooLong: [ConfigKind]) {
        try await edit { editor in
            guard try editor.stage == .ready else { return ([], []) }
            let kinds = try Self.kinds.filter { try editor.config($0).needsPush }
            let pushes = try kinds.compactMap { try editor.push($0) }
            let stored = Set(pushes.map(\.kind))
            return (pushes, kinds.filter { !stored.contains($0) })
        }
    }

    /// What nobody needs any more, without what is current under the same name.
    func obsolete(besides pushes: [PendingPush]) async throws -> [MessageHash] {
        let stored = pushes.flatMap { push in
            push.blobs.map { MessageHash.compute(account: own.bytes, namespace: push.kind.namespace, data: $0) }
        }
        return try await edit { editor in
            var current = Set(stored)
            for kind in Self.kinds {
                current.formUnion(try editor.config(kind).activeHashes.compactMap(MessageHash.init))
            }
            return Array(try editor.store.obsoleteConfigs().filter { !current.contains($0) }.prefix(Self.deletionLimit))
        }
    }

    func forget(_ obsolete: [MessageHash]) async throws {
        try await store.transaction { try $0.removeObsoleteConfigs(obsolete) }
    }

    func confirm(_ confirmed: [ConfirmedPush]) async throws {
        guard !confirmed.isEmpty else { return }
        try await edit { editor in for push in confirmed { try editor.confirm(push) } }
    }

    /// Puts the rows of a profile that a program made into the configs, and takes them for stored.
    /// - Returns: what the swarm has then to be given.
    package func settle() async throws -> [(namespace: Namespace, data: [UInt8])] {
        try await becomeReady()
        let pushes = try await pushes()
        try await confirm(
            pushes.map { push in
                let hashes = push.blobs.map {
                    MessageHash.compute(account: own.bytes, namespace: push.kind.namespace, data: $0)
                }
                return ConfirmedPush(push: push, hashes: hashes, isSettled: true)
            })
        return pushes.flatMap { push in push.blobs.map { (push.kind.namespace, $0) } }
    }

    // MARK: Life

    /// Stored messages whose life has to be lengthened now.
    func dueForLife() async throws -> [MessageHash] {
        try await edit { editor in
            guard try editor.stage == .ready else { return [] }
            let entries = try Self.kinds.map { try editor.entry($0) }.filter { !$0.config.activeHashes.isEmpty }
            let isDue = entries.contains { entry in
                let age = editor.now.timeIntervalSince(entry.record.checkedAt)
                let left = entry.record.aliveUntil.timeIntervalSince(editor.now)
                return age >= Self.lifeInterval || age < 0 || (left < Self.leastLife && age >= Self.hurriedInterval)
            }
            guard isDue else { return [] }
            return entries.flatMap(\.config.activeHashes).compactMap(MessageHash.init)
        }
    }

    /// - Returns: what a member has lost, to be stored again as it is.
    func noteLife(_ receipt: ExtendReceipt) async throws -> [PendingPush] {
        try await edit { editor in
            var lost: [PendingPush] = []
            for kind in Self.kinds {
                var entry = try editor.entry(kind)
                let hashes = entry.config.storedHashes.compactMap(MessageHash.init)
                guard !hashes.isEmpty else { continue }
                entry.record.checkedAt = editor.now
                let ends = hashes.compactMap { receipt.alive[$0] }
                if let end = ends.min() { entry.record.aliveUntil = Date(milliseconds: end) }
                entry.isChanged = true
                editor.put(entry)
                guard hashes.contains(where: receipt.missing.contains), !entry.config.needsPush else { continue }
                if let push = try editor.push(kind) { lost.append(push) }
            }
            return lost
        }
    }
}

extension ConfigEditor {
    /// - Returns: `nil` if the config has outgrown what a swarm takes.
    fileprivate func push(_ kind: ConfigKind) throws -> PendingPush? {
        var entry = try entry(kind)
        if kind == .convoInfoVolatile, entry.config.isDirty {
            var positions = ConvoInfoVolatileConfig(entry.config)
            try positions.prune(now: now)
            entry.config = positions.config
        }
        let push: ConfigPush
        do { push = try entry.config.push(now: now) } catch {
            Log.logger("config-sync").error("\(kind.rawValue) cannot be stored: \(error)")
            return nil
        }
        entry.isChanged = true
        put(entry)
        try stampEdits(entry.config)
        try store.addObsoleteConfigs(push.obsolete.compactMap(MessageHash.init), now: now)
        return PendingPush(
            kind: kind, sequence: push.sequence, blobs: push.blobs, lastEdit: try store.lastConfigEdit(kind.rawValue))
    }

    fileprivate func confirm(_ confirmed: ConfirmedPush) throws {
        let push = confirmed.push
        var entry = try entry(push.kind)
        let hashes = confirmed.hashes.map(\.rawValue)
        if entry.config.needsPush {
            entry.config.confirmPushed(push.sequence, hashes: hashes)
        } else {
            entry.config.confirmRestored(push.sequence, hashes: hashes)
        }
        if !entry.config.needsPush {
            entry.record.aliveUntil = now.addingTimeInterval(Double(push.kind.namespace.maximumTTLMilliseconds) / 1_000)
            entry.record.appliedAt = max(entry.record.appliedAt, now)
            // What few members have is looked after again soon.
            entry.record.checkedAt =
                confirmed.isSettled ? now : now.addingTimeInterval(ConfigBook.soon - ConfigBook.lifeInterval)
        }
        entry.isChanged = true
        put(entry)
        try store.confirmConfigEdits(push.kind.rawValue, upTo: push.lastEdit)
    }
}
