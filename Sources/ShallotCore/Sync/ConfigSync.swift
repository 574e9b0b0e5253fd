import BaseKit
import Foundation
import Logging
import SessionConfig
import SessionNetwork
import SessionWire
import ShallotStore

/// Keeps the configs of this device and those in the swarm in step: brings in what others stored, stores what was changed
/// here, and keeps both alive.
/// - Source: configs.md §9
actor ConfigSync {
    /// In the order in which they are applied.
    static let namespaces: [Namespace] = ConfigBook.kinds.map(\.namespace)

    let configs: ConfigBook
    let signer: any StorageSigner
    let network: SessionNetwork
    /// Multiplies all pauses.
    let scale: Double
    let report: @Sendable (MessengerEvent) -> Void
    let log = Log.logger("config-sync")

    /// Something came from the swarm since the start: now a push knows what it adds to.
    private var hasPulled = false
    private var failures = 0
    private var deletions: DeletionCourse
    /// When it was last looked whether something has to be kept alive, network time.
    private var lastCheck = Date(timeIntervalSince1970: 0)
    /// Configs that are too long to be stored, of which it was told.
    private var outgrown: Set<ConfigKind> = []
    private var isPushing = false
    private var isCatchingUp = false
    private var waitingForConfigs: [CheckedContinuation<Void, Never>] = []
    /// Who waits for the push that is on its way.
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(
        configs: ConfigBook, signer: any StorageSigner, network: SessionNetwork, scale: Double,
        report: @escaping @Sendable (MessengerEvent) -> Void
    ) {
        (self.configs, self.signer, self.network) = (configs, signer, network)
        (self.scale, self.report) = (scale, report)
        deletions = DeletionCourse(scale: scale)
    }

    /// Changes are gathered for as long.
    private static let gathering = Duration.seconds(3)
    /// After a failure; doubled with each further one.
    private static let firstPause = Duration.seconds(5)
    private static let longestPause = Duration.seconds(120)
    /// Unreadable messages that are named in the log.
    private static let namedLimit = 8
    /// How often is looked whether something has to be kept alive.
    private static let checkInterval: TimeInterval = 3_600

    // MARK: Catching up

    /// - Returns: whether nobody else is at it.
    func beginCatchingUp() -> Bool {
        defer { isCatchingUp = true }
        return !isCatchingUp
    }

    func endCatchingUp() {
        isCatchingUp = false
        waitingForConfigs.forEach { $0.resume() }
        waitingForConfigs = []
    }

    func waitForCatchingUp() async { await withCheckedContinuation { waitingForConfigs.append($0) } }

    // MARK: Pulling

    /// Brings in what one poll found, before its messages.
    /// - Throws: when the database does not take it; the same items come again.
    func receive(_ result: PollResult) async throws {
        try await merge(result.items)
        if result.complete.isSuperset(of: Self.namespaces) { notePull() }
        // By the network's time: a machine that slept may be late.
        let time = configs.now
        guard abs(time.timeIntervalSince(lastCheck)) >= Self.checkInterval else { return }
        lastCheck = time
        configs.changes.set()
    }

    /// All configs of a member are known.
    func notePull() {
        guard !hasPulled else { return }
        hasPulled = true
        configs.changes.set()
    }

    func merge(_ items: [Namespace: [StoredMessage]]) async throws {
        guard Self.namespaces.contains(where: { items[$0]?.isEmpty == false }) else { return }
        let log = log
        try await configs.edit { editor in
            for kind in ConfigBook.kinds {
                guard let messages = items[kind.namespace], !messages.isEmpty else { continue }
                let read = try editor.merge(messages, into: kind)
                let unread = messages.filter { !read.contains($0.hash.rawValue) }
                guard !unread.isEmpty else { continue }
                // Of a later version, or of somebody who broke into the swarm: left alone either way.
                let names = unread.prefix(Self.namedLimit).map(\.hash.redacted).joined(separator: " ")
                log.notice("\(unread.count) messages of namespace \(kind.namespace.rawValue) cannot be read: \(names)")
            }
        }
    }

    /// The network is back, or somebody wants the swarm to know at once.
    func resume() {
        failures = 0
        configs.changes.set()
    }

    // MARK: Pushing

    /// Pushes what changes until the calling task is cancelled.
    func run() async {
        var pause: Duration?
        var noticed = WakeSignal.Mark()
        while !Task.isCancelled {
            await configs.changes.wait(&noticed, atMost: pause)
            guard !Task.isCancelled else { return }
            pause = nil
            guard hasPulled else { continue }
            do {
                if try await configs.stage() != .ready { await catchUp() }
                // A config that the swarm does not take must not let the others run out.
                var failure: (any Error)?
                do { try await pushChanges() } catch { failure = error }
                guard !Task.isCancelled else { return }
                try await keepAlive()
                if let failure { throw failure }
                pause = try await tidy()
                failures = 0
            } catch {
                guard !Task.isCancelled else { return }
                log.info("The configs wait: \(error)")
                pause = min(Self.firstPause * (1 << min(failures, 8)), Self.longestPause) * scale
                failures += 1
            }
        }
    }

    private func pushChanges() async throws {
        guard try await configs.needsPush() else { return note(tooLong: []) }
        // More changes usually follow.
        try await Task.sleep(for: Self.gathering * scale)
        try await push()
    }

    /// Stores what the swarm does not have, until there is nothing more.
    /// - Throws: when something remains that was not stored.
    func push() async throws {
        // One push at a time: the second begins where the first ended.
        while isPushing { await withCheckedContinuation { waiting.append($0) } }
        isPushing = true
        defer {
            isPushing = false
            waiting.forEach { $0.resume() }
            waiting = []
        }
        let (pushes, tooLong) = try await configs.outgoing()
        note(tooLong: tooLong)
        guard !pushes.isEmpty else { return }
        try await store(pushes)
        report(.configsPushed)
    }

    /// Tells of each config once that it is too long, and once that it is not any more.
    private func note(tooLong: [ConfigKind]) {
        for kind in tooLong where !outgrown.contains(kind) { report(.configTooLong(kind.rawValue)) }
        for kind in outgrown where !tooLong.contains(kind) { report(.configFits(kind.rawValue)) }
        outgrown = Set(tooLong)
    }

    private func store(_ pushes: [PendingPush]) async throws {
        var batch = SequencePlan(obsolete: try await configs.obsolete(besides: pushes))
        for push in pushes { batch.add(push) }
        var isComplete = true  // so far
        for sequence in batch.sequences {
            let requests = sequence.stores.map { store in
                StoreRequest(
                    account: signer.accountBytes, namespace: store.namespace, data: store.data,
                    ttl: store.namespace.maximumTTLMilliseconds, timestamp: network.now(), signer: signer)
            }
            // What is obsolete goes only after everything that replaces it is there.
            let obsolete = isComplete ? sequence.obsolete : []
            let receipt = try await network.store(requests, thenDelete: obsolete, signer: signer)
            batch.note(receipt, of: sequence)
            isComplete = isComplete && !receipt.stores.contains { $0 == nil }
            try await note(receipt.deletion, of: obsolete)
            try await configs.confirm(batch.takeConfirmed())
        }
        guard isComplete else { throw NetworkError.badReply("not all of a config was stored") }
    }

    /// Deletes what is obsolete while all that takes its place is in the swarm.
    /// - Returns: after how long a member that missed it should be asked again; `nil` when nothing is left.
    private func tidy() async throws -> Duration? {
        while true {
            let obsolete = try await configs.obsolete(besides: [])
            guard !obsolete.isEmpty else { return nil }
            if case .askLater(let pause) = deletions.step(for: obsolete, now: .now) { return pause }
            try await note(network.store([], thenDelete: obsolete, signer: signer).deletion, of: obsolete)
        }
    }

    private func note(_ deletion: SequenceReceipt.Deletion, of obsolete: [MessageHash]) async throws {
        guard !obsolete.isEmpty else { return }
        guard deletions.note(deletion, of: obsolete, now: .now) else { return }
        try await configs.forget(obsolete)
    }

    // MARK: Keeping alive

    /// Lengthens the life of what is in the swarm, and stores again what a member has lost.
    /// - Source: configs.md §9.3, §9.4
    private func keepAlive() async throws {
        let due = try await configs.dueForLife()
        guard !due.isEmpty else { return }
        let receipt = try await network.extend(
            due, by: Namespace.userProfile.maximumTTLMilliseconds, signer: signer)
        let lost = try await configs.noteLife(receipt)
        guard !lost.isEmpty else { return }
        log.notice("A member of the swarm has lost \(lost.count) configs; they are stored again")
        try await store(lost)
    }
}
