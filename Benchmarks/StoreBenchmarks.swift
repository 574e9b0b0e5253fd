import Foundation
import SessionWire
import ShallotStore
import SodiumKit

/// What a screen and a poll ask of the sealed database, with 200 conversations and 100,000 messages in it.
enum StoreBenchmarks {
    static var all: [Benchmark] { [Benchmark(name: "store", run: run)] }

    private static let rounds = 50

    private static func run() async throws -> [Row] {
        let directory = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let clock = ContinuousClock()
        var profile = LargeProfile()
        profile.inTheLongest = 20_000
        let writing = try await clock.measure { _ = try await profile.write(to: directory) }
        var rows = [
            Row(name: "store: 100,000 messages into 200 conversations", value: "\(Int(writing / .milliseconds(1))) ms")
        ]
        let lock = try DataDirectory.lock(directory)
        let key = try await KeyVault(directory: directory, keyring: nil).databaseKey()
        var opened: Store?
        let opening = try clock.measure { opened = try Store.open(directory: directory, key: key) }
        guard let store = opened else { return rows }
        rows.append(Row(name: "store: open", value: opening.microsecondsText))
        let list = try await clock.measure { _ = try await store.allConversations() }
        rows.append(Row(name: "store: list of 200, first time", value: list.microsecondsText))
        rows.append(try await typical("store: list of 200") { _ in _ = try await store.allConversations() })

        let conversations = try await store.allConversations().map(\.id)
        rows.append(
            try await typical("store: newest 50 of a conversation") { round in
                _ = try await store.page(conversations[round % conversations.count])
            })
        guard let longest = conversations.first else { return rows }
        let middle = try await store.page(longest, limit: 10_000).first?.cursor
        rows.append(
            try await typical("store: 50 before the 10,000th") { _ in _ = try await store.page(longest, before: middle)
            })
        rows.append(try await typical("store: search, many hits") { _ in _ = try await store.search("train station") })
        rows.append(
            try await typical("store: search, beginning of a word") { _ in _ = try await store.search("tomor") })
        rows.append(try await typical("store: search, nothing") { _ in _ = try await store.search("nowhere") })
        rows += try await writes(store, conversations)
        try store.close()
        withExtendedLifetime(lock) {}
        return rows
    }

    private static func writes(_ store: Store, _ conversations: [ConversationID]) async throws -> [Row] {
        guard let me = try await store.account()?.accountID else { return [] }
        let now = Date()
        let single = try await typical("store: one message with its outbox item") { round in
            _ = try await store.insertOutgoing(
                NewOutgoing(
                    conversation: conversations[round], author: me, sentAt: now.addingTimeInterval(Double(round)),
                    now: now,
                    body: "see you at the station", recipient: conversations[round].accountID ?? me))
        }
        let batch = (0..<5_000).map { number in
            let conversation = conversations[number % 20]
            return NewIncoming(
                conversation: conversation, author: conversation.accountID ?? me,
                sentAt: now.addingTimeInterval(1_000 + Double(number)), receivedAt: now,
                body: "the key is under the mat, see you there tomorrow at eight, number \(number)")
        }
        let time = try await ContinuousClock().measure { try await store.insertIncoming(batch) }
        return [
            single,
            Row(name: "store: 5,000 messages of 20 conversations at once", value: time.millisecondsText),
        ]
    }

    /// The median of some rounds.
    private static func typical(_ name: String, _ body: (Int) async throws -> Void) async throws -> Row {
        let clock = ContinuousClock()
        var times: [Duration] = []
        for round in 0..<rounds { times.append(try await clock.measure { try await body(round) }) }
        return Row(name: name, value: times.sorted()[rounds / 2].microsecondsText)
    }
}
