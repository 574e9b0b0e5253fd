import BaseKit
import Foundation
import Logging
import SessionNetwork
package import SessionWire
package import ShallotStore
import SodiumKit

/// Takes texts, writes them down before anything else happens, and works until each of them is stored or given up.
///
/// In every conversation one item is on its way at a time, in the order in which they were written; copies for the
/// account's other devices go beside them. The bytes of an item are encoded once and kept until its fate is known:
/// stored twice they are still one message.
/// - Source: identity-and-messages.md §3.9, §6
package actor Outbox {
    /// Items that follow each other.
    private struct Queue: Hashable {
        let conversation: ConversationID
        let isSync: Bool

        init(_ item: OutboxItem) { (conversation, isSync) = (item.conversation, item.kind == .sync) }
    }

    private struct Pause {
        /// Only this item waits: the one that takes its place when somebody deletes it does not.
        let item: OutboxID
        let until: ContinuousClock.Instant
        /// Only the lack of a network holds it back.
        let isOffline: Bool
    }

    /// Conversations that are served at the same time; after a day without network there may be hundreds.
    private static let maximumOnTheWay = 8

    private let store: Store
    private let keys: AccountKeys
    private let dependencies: OutboxDependencies
    private let schedule: RetrySchedule
    private let wake = WakeSignal()
    private let log = Log.logger("outbox")

    /// Queues with an item on its way.
    private var busy: Set<Queue> = []
    private var pauses: [Queue: Pause] = [:]
    /// The latest of the tasks that write new items: they follow each other in the order of the calls.
    private var lastWriting: Task<Void, Never>?

    package init(store: Store, keys: AccountKeys, schedule: RetrySchedule, dependencies: OutboxDependencies) {
        self.store = store
        self.keys = keys
        self.schedule = schedule
        self.dependencies = dependencies
    }

    // MARK: Taking items

    /// Runs `body` in one transaction, with sent times for what it queues, after all earlier calls have ended.
    package func queue<Value: Sendable>(
        _ body: @escaping @Sendable (StoreTransaction, inout SentTimes) throws -> Value
    ) async throws -> Value {
        let earlier = lastWriting
        let isMeasured = dependencies.status().clockOffset != nil
        let writing = Task { [store, dependencies] in
            await earlier?.value
            return try await store.transaction { transaction in
                var times = SentTimes(
                    last: try transaction.lastSentTime(), networkNow: dependencies.networkNow(), isMeasured: isMeasured)
                let value = try body(transaction, &times)
                try transaction.setLastSentTime(times.last)
                return value
            }
        }
        lastWriting = Task { _ = await writing.result }
        let value = try await writing.value
        wake.set()
        return value
    }

    /// Something changed outside: look again.
    func resume(networkIsBack: Bool = false) {
        if networkIsBack { pauses = pauses.filter { !$0.value.isOffline } }
        wake.set()
    }

    /// Copies for the account's other devices and acceptances that were given up get another chance: nobody sees them
    /// fail, so nobody would ask for it.
    package func retryUnseen() async {
        do {
            guard try await store.retryUnseenItems(copiesSince: dependencies.now() - Self.copyLife) else { return }
            wake.set()
        } catch {
            if !Task.isCancelled { log.error("What was given up without being seen stays where it is: \(error)") }
        }
    }

    /// As long as a swarm would keep a copy.
    private static let copyLife = TimeInterval(OutgoingContent.lifetime / 1_000)

    /// A person asks for another attempt: nothing holds this conversation back any longer.
    func resume(_ conversation: ConversationID) {
        pauses = pauses.filter { $0.key.conversation != conversation }
        wake.set()
    }

    /// Whether nothing waits.
    package func isEmpty() async throws -> Bool { try await store.nextOutboxItems().isEmpty }

    // MARK: Working

    /// Works until the calling task is cancelled. What is then on its way stays queued.
    package func run() async {
        var noticed = WakeSignal.Mark()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                var next: ContinuousClock.Instant?
                // What was on its way when the database was read may be done by now, although it is among the heads.
                let wereBusy = busy
                for item in await heads() {
                    let queue = Queue(item)
                    guard !busy.contains(queue), !wereBusy.contains(queue) else { continue }
                    if let pause = pauses[queue], pause.item == item.id, pause.until > .now {
                        next = min(next ?? pause.until, pause.until)
                        continue
                    }
                    // Whoever is done wakes this loop.
                    guard busy.count < Self.maximumOnTheWay else { break }
                    pauses[queue] = nil
                    busy.insert(queue)
                    group.addTask { await self.work(on: item) }
                }
                await wake.wait(&noticed, atMost: next.map { ContinuousClock.now.duration(to: $0) })
            }
        }
    }

    /// The first item of each queue; none while there is no connection.
    private func heads() async -> [OutboxItem] {
        guard dependencies.status().phase != .offline else { return [] }
        do {
            return try await store.nextOutboxItems()
        } catch {
            guard !Task.isCancelled else { return [] }
            log.error("The outbox cannot be read: \(error)")
            do { try await Task.sleep(for: .seconds(5) * schedule.scale) } catch { return [] }
            wake.set()
            return []
        }
    }

    private func work(on item: OutboxItem) async {
        do {
            try await deliver(item)
        } catch {
            // The database would not take what happened. The bytes are the same at the next attempt.
            if !Task.isCancelled {
                log.error("An item of the outbox could not be finished: \(error)")
                dependencies.report(.storageFailed("\(error)"))
            }
            pause(item, for: .seconds(5) * schedule.scale, isOffline: false)
        }
        busy.remove(Queue(item))
        wake.set()
    }

    private func deliver(_ queued: OutboxItem) async throws {
        if queued.payload == nil || isOutdated(queued) {
            // The bytes name a time for ever: it has to be the network's.
            do { try await dependencies.measureTime() } catch { return try await failed(queued, error) }
        }
        guard let item = try await encoded(queued), let payload = item.payload else {
            return dependencies.report(.outboxChanged)
        }
        let request = StoreRequest(
            account: item.recipient, data: payload, ttl: OutgoingContent.lifetime,
            timestamp: dependencies.networkNow())
        let receipt: StoreReceipt
        do { receipt = try await dependencies.deliver(request) } catch { return try await failed(item, error) }
        try await finished(item, receipt.hash)
        await dependencies.didStore()
    }

    /// The item with its bytes, which are in the database before the network sees them; `nil` if there is nothing left
    /// to send.
    private func encoded(_ queued: OutboxItem) async throws -> OutboxItem? {
        if try await store.contact(queued.recipient)?.isBlocked == true {
            try await giveUp(queued, .blocked)
            return nil
        }
        var item = queued
        if isOutdated(item) || item.payload == nil && isStampedByWrongClock(item) {
            item =
                try await queue { [now = dependencies.now()] transaction, times in
                    try transaction.restampOutboxItem(queued, timestamp: times.next(), createdAt: now)
                } ?? queued
        }
        guard item.payload == nil else { return item }
        guard let content = try await content(of: item) else {
            try await store.removeOutboxItem(item.id)
            return nil
        }
        let payload: [UInt8]
        do {
            payload = try DirectMessage.encode(content, from: keys, to: item.recipient, random: SystemRandom())
        } catch {
            try await giveUp(item, .notEncryptable)
            return nil
        }
        item.payload = payload
        return try await keep(payload, of: item) ? item : nil
    }

    /// - Returns: `false` if the item was removed meanwhile.
    private func keep(_ payload: [UInt8], of item: OutboxItem) async throws -> Bool {
        var seen: SeenHash?
        if item.recipient == keys.accountID {
            // Our own copy must not come back as something new, not even when it is polled before the receipt arrives.
            let hash = MessageHash.compute(account: item.recipient.bytes, namespace: .messages, data: payload)
            seen = SeenHash(hash, expiration: nil, now: dependencies.now())
        }
        return try await store.transaction { [seen] transaction in
            guard try transaction.outboxItem(item.id) != nil else { return false }
            try transaction.setOutboxPayload(payload, of: item.id)
            if let seen { try transaction.markSeen(seen) }
            return true
        }
    }

    /// Whether the machine's clock has been found to differ from the network's since the item was queued. Nobody has
    /// seen the item's time yet: it may still change.
    private func isStampedByWrongClock(_ item: OutboxItem) -> Bool {
        guard item.kind != .sync, dependencies.status().clockOffset != nil else { return false }
        let then = Int64(clamping: item.timestamp) - Int64(clamping: item.createdAt.milliseconds)
        let now = Int64(clamping: dependencies.networkNow()) - Int64(clamping: dependencies.now().milliseconds)
        return abs(now - then) > 10_000
    }

    /// What a swarm cannot have any more may get another time; what it never had, sooner. Recipients take messages that
    /// are older than ``IncomingRoute/staleLimit`` for played back ones. A copy has the time of its message.
    private func isOutdated(_ item: OutboxItem) -> Bool {
        guard item.kind != .sync else { return false }
        let limit = item.payload == nil ? Self.freshness : OutgoingContent.lifetime
        let now = dependencies.networkNow()
        return now > item.timestamp && now - item.timestamp > limit
    }

    /// In milliseconds. Whoever reads should learn roughly when it was sent.
    private static let freshness: UInt64 = 24 * 60 * 60 * 1_000

    private func content(of item: OutboxItem) async throws -> MessageContent? {
        let profile = try await store.account().map { account in
            Profile(
                displayName: account.displayName,
                updatedSeconds: (account.profileUpdatedAt?.milliseconds ?? 0) / 1_000)
        }
        let content = OutgoingContent(own: keys.accountID, profile: profile)
        switch item.kind {
        case .requestResponse: return content.requestResponse(timestamp: item.timestamp)
        case .message, .sync:
            guard let id = item.messageID, let message = try await store.message(id), message.kind == .text else {
                return nil
            }
            return content.text(
                message.body, in: message.conversation, isCopy: item.kind == .sync, timestamp: item.timestamp)
        }
    }

    // MARK: Outcomes

    private func finished(_ item: OutboxItem, _ hash: MessageHash) async throws {
        var copy: NewOutboxItem?
        if item.kind == .message, item.recipient != keys.accountID {
            copy = NewOutboxItem(
                messageID: item.messageID, conversation: item.conversation, recipient: keys.accountID, kind: .sync,
                timestamp: item.timestamp)
        }
        try await store.finishOutboxItem(item.id, hash: hash, followedBy: copy, now: dependencies.now())
        if item.kind == .message, let message = item.messageID { dependencies.report(.messageSent(message)) }
        dependencies.report(.outboxChanged)
    }

    private func failed(_ item: OutboxItem, _ error: NetworkError) async throws {
        // The machine changed its network, or the program ends.
        guard error != .cancelled else { return pause(item, for: .seconds(1) * schedule.scale, isOffline: true) }
        let age = dependencies.now().timeIntervalSince(item.createdAt)
        switch schedule.step(after: error, attempts: item.attempts, age: age) {
        case .retry(let pause, let attempts):
            log.info("An item of the outbox waits: \(error)")
            let isOffline = attempts == item.attempts
            if !isOffline { try await store.setOutboxAttempts(attempts, of: item.id) }
            self.pause(item, for: pause, isOffline: isOffline)
        case .giveUp(let reason):
            log.notice("An item of the outbox is given up: \(error)")
            try await giveUp(item, reason)
        }
    }

    private func pause(_ item: OutboxItem, for duration: Duration, isOffline: Bool) {
        pauses[Queue(item)] = Pause(item: item.id, until: .now + duration, isOffline: isOffline)
    }

    /// A failed item stays with its bytes: "Try Again" sends the same message, not a second one. What is no message waits
    /// for `retryUnseen`.
    private func giveUp(_ item: OutboxItem, _ reason: FailureReason) async throws {
        try await store.failOutboxItem(item.id, reason: reason.rawValue)
        if item.kind == .message, let message = item.messageID {
            dependencies.report(.messageFailed(message, reason: reason))
        }
        dependencies.report(.outboxChanged)
    }
}
