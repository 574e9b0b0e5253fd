import Devnet
import Foundation
import SessionConfig
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore

/// From a recovery phrase to the account as it was, over the embedded network.
enum RestoreBenchmarks {
    static var all: [Benchmark] {
        [Benchmark(name: "restore with 5,000 waiting messages") { [try await restore()] }]
    }

    private static func restore() async throws -> Row {
        let now = Date()
        let mailbox = try Mailbox(now: UInt64(now.timeIntervalSince1970 * 1_000) - 1_000)
        let devnet = Devnet()
        try await devnet.start()
        let keys = ConfigKeys(account: mailbox.own)
        var profile = UserProfileConfig(keys: keys)
        try profile.setName("Bench", now: now)
        var contacts = ContactsConfig(keys: keys)
        for person in mailbox.people {
            try contacts.set(person.accountID) { ($0.isApproved, $0.didApproveUs) = (true, true) }
        }
        for var config in [profile.config, contacts.config] {
            for blob in try config.push(now: now).blobs {
                await devnet.inject(blob, for: mailbox.own.accountID, namespace: config.kind.namespace)
            }
        }
        for item in mailbox.items { await devnet.inject(item, for: mailbox.own.accountID) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "shallot-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }  // what is left over is temporary
        let definition = try NetworkDefinition.parse([UInt8](await devnet.definition))
        guard let words = RecoveryPhrase.encode(mailbox.own.seed) else { throw BenchmarkError.wrongResult }
        let start = ContinuousClock.now
        let messenger = try await Messenger.open(MessengerOptions(directory: folder, definition: definition))
        let events = messenger.events()
        _ = try await messenger.restoreAccount(phrase: words.joined(separator: " "), displayName: nil)
        await messenger.start()
        for await event in events {
            if case .polled = event, try await messenger.restoreProgress().isComplete { break }
        }
        let time = ContinuousClock.now - start
        let counts = try await messenger.restoreProgress().counts
        await messenger.close()
        await devnet.stop()
        guard counts.messages == Mailbox.size, counts.name == "Bench" else { throw BenchmarkError.wrongResult }
        return .time("restore with 5,000 waiting messages", time, atMost: .seconds(15))
    }
}
