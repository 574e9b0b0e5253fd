import BaseKit
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore
import SodiumKit
import Synchronization
import Testing

private let day: TimeInterval = 24 * 60 * 60

/// The outbox alone: a real store, and a network that does what a test says.
@Suite("The outbox at work", .timeLimit(.minutes(5))) struct OutboxTests {
    /// A swarm that takes everything unless told otherwise, and remembers what it was given.
    private final class Swarm: Sendable {
        private struct State {
            var stored: [AccountID] = []
            var data: [[UInt8]] = []
            var onTheWay = 0
            var most = 0
            var refuses: Set<AccountID> = []
            var isHolding = false
        }
        private let state = Mutex(State())
        private let held = Broadcast<Void>()

        var stored: [AccountID] { state.withLock { $0.stored } }
        /// What was stored, in the same order.
        var data: [[UInt8]] { state.withLock { $0.data } }
        var onTheWay: Int { state.withLock { $0.onTheWay } }
        var most: Int { state.withLock { $0.most } }

        func refuse(_ account: AccountID, _ isRefused: Bool = true) {
            state.withLock { state in
                if isRefused { state.refuses.insert(account) } else { state.refuses.remove(account) }
            }
        }
        func hold() { state.withLock { $0.isHolding = true } }
        func letGo() {
            state.withLock { $0.isHolding = false }
            held.finish()
        }

        func store(_ request: StoreRequest, account: AccountID) async throws(NetworkError) -> StoreReceipt {
            let waiting = held.subscribe()
            let (isHolding, isRefused) = state.withLock { state in
                state.onTheWay += 1
                state.most = max(state.most, state.onTheWay)
                return (state.isHolding, state.refuses.contains(account))
            }
            if isHolding { for await _ in waiting {} }
            defer { state.withLock { $0.onTheWay -= 1 } }
            if isRefused { throw .timedOut }
            state.withLock { state in
                state.stored.append(account)
                state.data.append(request.data)
            }
            return StoreReceipt(hash: request.expectedHash, confirmed: 6, members: 6)
        }
    }

    private let own = AccountKeys.generate()
    private let swarm = Swarm()

    /// Runs `body` beside a working outbox over a fresh store.
    /// - Parameter scale: how long the pauses between attempts are.
    private func run(scale: Double = 0, _ body: (Store, Outbox) async throws -> Void) async throws {
        let store = try Store.inMemory()
        try await store.saveAccount(
            AccountRecord(
                accountID: own.accountID, seed: own.seed, displayName: "Me", profileUpdatedAt: nil,
                isPhraseSaved: true, createdAt: Date()))
        let outbox = Outbox(
            store: store, keys: own, schedule: RetrySchedule(scale: scale),
            dependencies: OutboxDependencies(
                deliver: { [swarm] request throws(NetworkError) in
                    guard let account = AccountID(request.account.hex) else { throw .tooLarge }
                    return try await swarm.store(request, account: account)
                },
                measureTime: { () throws(NetworkError) in },
                status: { NetworkStatus(phase: .ready, readyPaths: 2, clockOffset: .zero) },
                networkNow: { UInt64(Date().timeIntervalSince1970 * 1_000) }, now: { Date() }, report: { _ in },
                didStore: {}))
        let work = Task { await outbox.run() }
        do {
            try await body(store, outbox)
        } catch {
            work.cancel()
            throw error
        }
        work.cancel()
        await work.value
    }

    private func write(_ text: String, to person: AccountID, through outbox: Outbox) async throws -> MessageID {
        let own = own.accountID
        return try await outbox.queue { transaction, times in
            try transaction.insertOutgoing(
                NewOutgoing(
                    conversation: .account(person), author: own,
                    sentAt: Date(timeIntervalSince1970: Double(times.next()) / 1_000), now: Date(), body: text,
                    recipient: person))
        }
    }

    private func person() -> AccountID { AccountKeys.generate().accountID }

    @Test func `each of many messages is stored once, and so is its copy`() async throws {
        try await run { store, outbox in
            let people = (0..<5).map { _ in person() }
            for number in 0..<100 { _ = try await write("\(number)", to: people[number % 5], through: outbox) }
            try await eventually("everything is out") { try await outbox.isEmpty() && swarm.onTheWay == 0 }
            for person in people { #expect(swarm.stored.count { $0 == person } == 20) }
            #expect(swarm.stored.count { $0 == own.accountID } == 100)
        }
    }

    @Test func `after a day without network no more than eight conversations are served together`() async throws {
        swarm.hold()
        try await run { _, outbox in
            for _ in 0..<40 { _ = try await write("hello", to: person(), through: outbox) }
            try await eventually("some are on their way") { swarm.onTheWay == 8 }
            swarm.letGo()
            try await eventually("everything is out") { try await outbox.isEmpty() && swarm.onTheWay == 0 }
            #expect(swarm.most == 8)
            #expect(swarm.stored.count == 80)
        }
    }

    @Test func `a message that waits for its next attempt holds nobody back once it is deleted`() async throws {
        let ben = person()
        swarm.refuse(ben)
        try await run(scale: 100_000) { store, outbox in
            let first = try await write("first", to: ben, through: outbox)
            try await eventually("it was tried") {
                try await store.outboxItems(of: first).first?.attempts == 1 && swarm.onTheWay == 0
            }
            try await store.delete([first])
            swarm.refuse(ben, false)
            let second = try await write("second", to: ben, through: outbox)
            try await eventually("the second is out") { try await store.message(second)?.delivery == .sent }
        }
    }

    @Test func `a copy that was given up is tried again, and the message stays sent`() async throws {
        let ben = person()
        swarm.refuse(own.accountID)
        try await run { store, outbox in
            let message = try await write("hello", to: ben, through: outbox)
            try await eventually("the copy is given up") { try await store.message(message)?.syncState == .failed }
            #expect(try await store.message(message)?.delivery == .sent)
            swarm.refuse(own.accountID, false)
            await outbox.retryUnseen()
            try await eventually("the copy is out") { try await store.message(message)?.syncState == .synced }
            #expect(swarm.stored == [ben, own.accountID])
        }
    }

    @Test func `the word that a request was accepted is tried again after it was given up`() async throws {
        let ben = person()
        swarm.refuse(ben)
        try await run { store, outbox in
            let item = try await outbox.queue { transaction, times in
                try transaction.enqueue(
                    NewOutboxItem(
                        conversation: .account(ben), recipient: ben, kind: .requestResponse, timestamp: times.next()),
                    now: Date())
            }
            try await eventually("it is given up") { try await store.outboxItem(item)?.state == .failed }
            #expect(try await outbox.isEmpty())
            swarm.refuse(ben, false)
            await outbox.retryUnseen()
            try await eventually("it is out") { try await store.outboxItem(item) == nil }
            #expect(swarm.stored == [ben])
        }
    }

    @Test func `what is encoded does not go to somebody who was blocked meanwhile`() async throws {
        let ben = person()
        try await run { store, outbox in
            let message = try await insert("hello", to: ben, age: 60, payload: [1, 2, 3], store, outbox) {
                try $0.upsertContact(ben, now: Date()) { $0.isBlocked = true }
            }
            try await eventually("it fails") {
                try await store.message(message)?.delivery == .failed(FailureReason.blocked.rawValue)
            }
            #expect(swarm.stored.isEmpty)
        }
    }

    @Test(arguments: [(20 * 60.0, false), (2 * day, true), (40 * day, true)])
    func `what was never encoded is dated anew after a day`(age: TimeInterval, isDatedAnew: Bool) async throws {
        let ben = AccountKeys.generate()
        try await run { store, outbox in
            let message = try await insert("hello", to: ben.accountID, age: age, store, outbox)
            try await eventually("it is out") { try await store.message(message)?.delivery == .sent }
            let sentAt = try #require(try await store.message(message)).sentAt
            #expect((abs(sentAt.timeIntervalSinceNow) < 15 * 60) == isDatedAnew)
            let arrived = try DirectMessage.decode(try #require(swarm.data.first), keys: ben)
            #expect(arrived.timestamp == UInt64((sentAt.timeIntervalSince1970 * 1_000).rounded()))
        }
    }

    @Test(arguments: [(13 * day, false), (15 * day, true)])
    func `bytes that no swarm can have any more are made anew`(age: TimeInterval, isMadeAnew: Bool) async throws {
        let ben = AccountKeys.generate()
        let then = UInt64((Date().timeIntervalSince1970 - age) * 1_000)
        let payload = try DirectMessage.encode(
            MessageContent(kind: .data(DataMessage(body: "hello")), sentTimestamp: then), from: own,
            to: ben.accountID, random: SystemRandom())
        try await run { store, outbox in
            let message = try await insert("hello", to: ben.accountID, age: age, payload: payload, store, outbox)
            try await eventually("it is out") { try await store.message(message)?.delivery == .sent }
            let stored = try #require(swarm.data.first)
            #expect((stored != payload) == isMadeAnew)
            let arrived = try DirectMessage.decode(stored, keys: ben)
            let sentAt = try #require(try await store.message(message)).sentAt
            if isMadeAnew { #expect(arrived.timestamp == UInt64((sentAt.timeIntervalSince1970 * 1_000).rounded())) }
            #expect((abs(sentAt.timeIntervalSinceNow) < day) == isMadeAnew)
        }
    }

    /// Puts a message into the outbox as if it had been written a while ago.
    private func insert(
        _ text: String, to person: AccountID, age: TimeInterval, payload: [UInt8]? = nil, _ store: Store,
        _ outbox: Outbox, also change: @escaping @Sendable (StoreTransaction) throws -> Void = { _ in }
    ) async throws -> MessageID {
        let (own, then) = (own.accountID, Date().addingTimeInterval(-age))
        return try await outbox.queue { transaction, _ in
            try change(transaction)
            return try transaction.insertOutgoing(
                NewOutgoing(
                    conversation: .account(person), author: own, sentAt: then, now: then, body: text,
                    recipient: person, payload: payload))
        }
    }
}
