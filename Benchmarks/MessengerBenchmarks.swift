import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore
import SodiumKit

/// What the messenger adds to the network and to libsodium: keeping a full mailbox, and taking a message for sending.
enum MessengerBenchmarks {
    static var all: [Benchmark] {
        [
            Benchmark(name: "5,000 messages in 20 conversations, kept") { [try await keepMailbox()] },
            Benchmark(name: "send until stored, own time") { [try await sendUntilStored()] },
        ]
    }

    private static let now: UInt64 = 1_795_000_000_000
    private static let date: @Sendable () -> Date = { Date(timeIntervalSince1970: Double(now) / 1_000) }

    /// Receiving a poll into an encrypted database on disk, against the same messages decrypted bare, one by one.
    private static func keepMailbox() async throws -> Row {
        let mailbox = try Mailbox(now: now)
        let own = mailbox.own
        let items = mailbox.items.map { data in
            StoredMessage(
                hash: .compute(account: own.accountID.bytes, namespace: .messages, data: data), timestamp: now,
                expiration: now + 1_000_000_000, data: data)
        }
        var best: (ours: Duration, yardstick: Duration) = (.seconds(3_600), .seconds(3_600))
        for _ in 0..<3 {
            best.yardstick = min(best.yardstick, try mailbox.bareDecryption())
            best.ours = min(best.ours, try await keep(items, own: own, people: mailbox.people))
        }
        return .multiple(
            "5,000 messages in 20 conversations, kept", ours: best.ours, yardstick: best.yardstick, atMost: 1.5)
    }

    private static func keep(_ items: [StoredMessage], own: AccountKeys, people: [AccountKeys]) async throws -> Duration
    {
        try await withStore { store in
            for person in people { try await store.upsertContact(person.accountID) { $0.isApproved = true } }
            guard let address = IPv4Address("127.0.0.1"),
                let node = ServiceNode(
                    ed25519: own.ed25519PublicKey, x25519: own.x25519PublicKey, address: address, port: 1)
            else { throw BenchmarkError.wrongResult }
            let receiver = Receiver(store: store, keys: own, networkNow: { now }, now: date, report: { _ in })
            let result = PollResult(node: node, items: [.messages: items], positions: [:], more: false)
            let time = try await ContinuousClock().measure { try await receiver.receive(result) }
            guard try await store.allConversations().allSatisfy({ $0.conversation.unreadCount == 250 }) else {
                throw BenchmarkError.wrongResult
            }
            return time
        }
    }

    /// From the call to "stored" with a network that answers at once.
    private static func sendUntilStored() async throws -> Row {
        let own = AccountKeys.generate()
        let friend = AccountKeys.generate().accountID
        return try await withStore { store in
            let (events, continuation) = AsyncStream.makeStream(of: MessengerEvent.self)
            let outbox = Outbox(
                store: store, keys: own, schedule: RetrySchedule(),
                dependencies: OutboxDependencies(
                    deliver: { request throws(NetworkError) in
                        StoreReceipt(hash: request.expectedHash, confirmed: 6, members: 6)
                    }, measureTime: { () throws(NetworkError) in },
                    status: { NetworkStatus(phase: .ready, clockOffset: .zero) }, networkNow: { now }, now: date,
                    report: { continuation.yield($0) }, didStore: {}))
            let work = Task { await outbox.run() }
            defer { work.cancel() }
            var times: [Duration] = []
            var iterator = events.makeAsyncIterator()
            for _ in 0..<200 {
                // The copy for other devices is a message of its own.
                while try await !outbox.isEmpty() { try await Task.sleep(for: .milliseconds(1)) }
                let start = ContinuousClock.now
                let sent = try await outbox.queue { transaction, times in
                    try transaction.insertOutgoing(
                        NewOutgoing(
                            conversation: .account(friend), author: own.accountID,
                            sentAt: Date(timeIntervalSince1970: Double(times.next()) / 1_000), now: date(),
                            body: "hello",
                            recipient: friend))
                }
                while let event = await iterator.next() {
                    if case .messageSent(let id) = event, id == sent { break }
                }
                times.append(.now - start)
            }
            let median = times.sorted()[times.count / 2]
            return .time("send until stored, own time", median, atMost: .milliseconds(10))
        }
    }

    static func withStore<Value>(_ body: (Store) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "shallot-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }  // what is left over is temporary
        let lock = try DataDirectory.lock(folder)
        let store = try Store.open(directory: lock.url, key: .random(32))
        let value = try await body(store)
        try store.close()
        return value
    }
}
