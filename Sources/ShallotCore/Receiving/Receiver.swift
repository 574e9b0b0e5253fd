import BaseKit
package import Foundation
import Logging
package import SessionNetwork
package import SessionWire
package import ShallotStore

/// Turns what polls bring into rows.
///
/// Everything of one poll is written in one transaction: after a crash it was either all there or comes again.
/// - Source: identity-and-messages.md §3.8
package actor Receiver {
    private let store: Store
    private let keys: AccountKeys
    private let opener: MessageOpener
    private let configs: ConfigBook
    private let networkNow: @Sendable () -> UInt64
    private let now: @Sendable () -> Date
    private let report: @Sendable (MessengerEvent) -> Void
    private let takeCall: @Sendable (IncomingCallMessage) async -> Void
    private let log = Log.logger("receiver")
    private var lastCleaning: Date?

    package init(
        store: Store, keys: AccountKeys, networkNow: @escaping @Sendable () -> UInt64,
        now: @escaping @Sendable () -> Date, configs: ConfigBook? = nil,
        report: @escaping @Sendable (MessengerEvent) -> Void,
        takeCall: @escaping @Sendable (IncomingCallMessage) async -> Void = { _ in }
    ) {
        self.configs = configs ?? ConfigBook(store: store, keys: keys, networkNow: networkNow)
        self.store = store
        self.keys = keys
        opener = MessageOpener(keys: keys)
        self.networkNow = networkNow
        self.now = now
        self.report = report
        self.takeCall = takeCall
    }

    /// - Throws: when the database does not take the result. Nothing of it is then kept, and the same items come again.
    package func receive(_ result: PollResult) async throws {
        let items = try await unseen(result.items[.messages] ?? [])
        guard !items.isEmpty else { return try await end(of: result) }
        log.debug("Keeping \(items.count) items")
        let opened = await opener.open(items)
        let (own, time, networkTime) = (keys.accountID, now(), Date(milliseconds: networkNow()))
        let routed = opened.map { ($0, route($0, own: own, now: networkTime)) }
        let isCatchingUp = try await store.preference(.isCatchingUp)
        let (events, calls) = try await configs.edit { editor in
            var batch = IncomingBatch(own: own, now: time, isCatchingUp: isCatchingUp, configs: editor)
            for (item, route) in routed { try batch.apply(route, hash: item.hash, in: editor.store) }
            for item in opened { try editor.store.markSeen(item.seen(now: time)) }
            return (batch.events, batch.calls)
        }
        events.forEach(report)
        for call in calls { await takeCall(call) }
        if opened.contains(where: { $0.outcome.isNewerFormat }) { report(.newerFormatSeen) }
        try await end(of: result)
    }

    private func end(of result: PollResult) async throws {
        guard !result.more else { return }
        log.debug("Polled")
        if try await store.preference(.isCatchingUp) { try await store.setPreference(.isCatchingUp, to: false) }
        report(.polled(now()))
        await forgetOldHashes()
    }

    /// Once a day hashes whose items no swarm keeps any more are forgotten.
    private func forgetOldHashes() async {
        let time = now()
        guard lastCleaning.map({ abs(time.timeIntervalSince($0)) > 24 * 60 * 60 }) ?? true else { return }
        lastCleaning = time
        let oldest = time.addingTimeInterval(-IncomingRoute.staleLimit)
        do {
            try await store.forgetExpiredHashes(now: time)
            try await store.transaction { transaction in
                try transaction.forgetRemovals(before: oldest)
                try transaction.forgetObsoleteConfigs(before: oldest)
            }
        } catch {
            log.error("Old hashes were not removed: \(error)")
        }
    }

    /// The items that were not processed before, each once, in the order of the reply.
    private func unseen(_ items: [StoredMessage]) async throws -> [StoredMessage] {
        guard !items.isEmpty else { return [] }
        let hashes = items.map(\.hash)
        var seen = try await store.seenHashes(of: hashes)
        return items.filter { seen.insert($0.hash).inserted }
    }

    private func route(_ item: OpenedItem, own: AccountID, now: Date) -> IncomingRoute {
        let route: IncomingRoute =
            switch item.outcome {
            case .message(let message): IncomingRoute(message, own: own, now: now)
            case .newerFormat: .skip("a newer message format")
            case .unreadable(let error): .skip(error.description)
            }
        if case .skip(let reason) = route { log.info("An item was skipped: \(reason)") }
        return route
    }
}

extension Preference<Bool> {
    /// A restored account has not yet fetched everything that waited for it.
    static let isCatchingUp = Preference("account.catching-up", default: false)
}

extension OpenedItem {
    /// The longest that any swarm keeps a message. A node may name any end; beyond this it only fills our disk.
    private static let longestLife: TimeInterval = 30 * 24 * 60 * 60

    fileprivate func seen(now: Date) -> SeenHash {
        SeenHash(hash, expiration: min(expiresAt, now.addingTimeInterval(Self.longestLife)), now: now)
    }
}

extension OpenedItem.Outcome {
    fileprivate var isNewerFormat: Bool {
        if case .newerFormat = self { true } else { false }
    }
}
