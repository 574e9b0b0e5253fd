import Devnet
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore
import SodiumKit

/// What a messenger adds to the network when it fetches and sends over real sockets, three hops and real TLS, on the
/// embedded local network.
enum NetworkBenchmarks {
    static var all: [Benchmark] {
        [
            Benchmark(name: "5,000 waiting messages, fetched and listed", run: fetchMailbox),
            Benchmark(name: "send until stored, local network", run: send),
        ]
    }

    /// From the poll until the list of conversations knows all of them, less the bare poll of the same messages.
    private static func fetchMailbox() async throws -> [Row] {
        try await withDevnet { devnet, definition in
            var transfer = Duration.seconds(3_600)
            var bare = transfer
            var whole = transfer
            for _ in 0..<3 {
                let mailbox = try Mailbox(now: UInt64(Date().timeIntervalSince1970 * 1_000) - 1_000)
                bare = min(bare, try mailbox.bareDecryption())
                whole = min(whole, try await fetch(mailbox, devnet, definition))
                transfer = min(transfer, try await poll(mailbox, definition))
            }
            return [
                Row(name: "5,000 waiting messages, transfer alone", value: transfer.millisecondsText),
                .multiple(
                    "5,000 waiting messages, fetched and listed", ours: whole, counted: whole - transfer,
                    yardstick: bare, atMost: 1.5),
            ]
        }
    }

    /// Fetches without keeping anything.
    private static func poll(_ mailbox: Mailbox, _ definition: NetworkDefinition) async throws -> Duration {
        let network = SessionNetwork(definition: definition, storage: .init(load: { _ in nil }, save: { _, _ in }))
        await network.start()
        // The first finds swarm and paths.
        _ = try await network.poll(keys: mailbox.own, namespaces: [.messages]) { _, _ in nil }
        var count = 0
        let time = try await ContinuousClock().measure {
            let result = try await network.poll(keys: mailbox.own, namespaces: [.messages]) { _, _ in nil }
            count = result.items[.messages]?.count ?? 0
        }
        await network.stop()
        guard count == Mailbox.size else { throw BenchmarkError.wrongResult }
        return time
    }

    private static func fetch(
        _ mailbox: Mailbox, _ devnet: Devnet, _ definition: NetworkDefinition
    ) async throws -> Duration {
        try await withMessenger(mailbox, definition) { messenger in
            try await polled(messenger)
            for item in mailbox.items { await devnet.inject(item, for: mailbox.own.accountID) }
            let start = ContinuousClock.now
            await messenger.pollNow()
            for try await list in messenger.store.conversationSummaries() {
                if list.reduce(0, { $0 + $1.conversation.unreadCount }) == Mailbox.size { break }
            }
            return .now - start
        }
    }

    /// From the call to "stored", less what the network takes to store a message of that size.
    private static func send() async throws -> [Row] {
        try await withDevnet { _, definition in
            let mailbox = try Mailbox(now: UInt64(Date().timeIntervalSince1970 * 1_000) - 1_000)
            return try await withMessenger(mailbox, definition) { messenger in
                try await polled(messenger)
                var ours: [Duration] = []
                var network: [Duration] = []
                let events = messenger.events()
                var iterator = events.makeAsyncIterator()
                let friend = mailbox.people[0].accountID
                for index in 0..<60 {
                    let start = ContinuousClock.now
                    let sent = try await messenger.send("see you at eight", to: .account(friend))
                    while let event = await iterator.next() {
                        if case .messageSent(let id) = event, id == sent { break }
                    }
                    ours.append(.now - start)
                    // The copy for other devices and the poll that follows are not part of it.
                    while try await !messenger.isOutboxEmpty() { try await Task.sleep(for: .milliseconds(2)) }
                    try await Task.sleep(for: .milliseconds(20))
                    let bare = ContinuousClock.now
                    _ = try await messenger.network.store(
                        StoreRequest(
                            account: friend, data: mailbox.items[index], ttl: 1_000_000_000,
                            timestamp: UInt64(Date().timeIntervalSince1970 * 1_000)))
                    network.append(.now - bare)
                }
                return [
                    .time(
                        "send until stored, above the network", ours.median, above: network.median,
                        atMost: .milliseconds(10))
                ]
            }
        }
    }

    // MARK: Surroundings

    private static func polled(_ messenger: Messenger) async throws {
        for await event in messenger.events() { if case .polled = event { return } }
        throw BenchmarkError.wrongResult
    }

    /// A started messenger of the mailbox's owner, who has accepted everybody.
    private static func withMessenger<Value>(
        _ mailbox: Mailbox, _ definition: NetworkDefinition, _ body: (Messenger) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "shallot-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }  // what is left over is temporary
        try await writeProfile(mailbox, in: folder)
        let messenger = try await Messenger.open(MessengerOptions(directory: folder, definition: definition))
        await messenger.start()
        let value = try await body(messenger)
        await messenger.close()
        return value
    }

    private static func writeProfile(_ mailbox: Mailbox, in folder: URL) async throws {
        let lock = try DataDirectory.lock(folder)
        let store = try Store.open(
            directory: lock.url, key: try await KeyVault(directory: folder, keyring: nil).databaseKey())
        try await store.saveAccount(
            AccountRecord(
                accountID: mailbox.own.accountID, seed: mailbox.own.seed, displayName: "Bench", isPhraseSaved: true,
                createdAt: Date()))
        for person in mailbox.people { try await store.upsertContact(person.accountID) { $0.isApproved = true } }
        let now = UInt64(Date().timeIntervalSince1970 * 1_000)
        _ = try await ConfigBook(store: store, keys: mailbox.own, networkNow: { now }).settle()
        try store.close()
        withExtendedLifetime(lock) {}
    }

    private static func withDevnet<Value>(
        _ body: (Devnet, NetworkDefinition) async throws -> Value
    ) async throws -> Value {
        let devnet = Devnet()
        try await devnet.start()
        let value = try await body(devnet, try NetworkDefinition.parse([UInt8](await devnet.definition)))
        await devnet.stop()
        return value
    }
}

extension [Duration] {
    var median: Duration { sorted()[count / 2] }
}
