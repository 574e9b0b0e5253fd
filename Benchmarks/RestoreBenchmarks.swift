import Devnet
import Foundation
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
        let account = try WaitingAccount(now: now)
        let devnet = Devnet()
        try await devnet.start()
        try await account.wait(in: devnet, now: now)
        let folder = FileManager.default.temporaryDirectory.appending(path: "shallot-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }  // what is left over is temporary
        let definition = try NetworkDefinition.parse([UInt8](await devnet.definition))
        let start = ContinuousClock.now
        let messenger = try await Messenger.open(MessengerOptions(directory: folder, definition: definition))
        let events = messenger.events()
        _ = try await messenger.restoreAccount(phrase: account.words, displayName: nil)
        await messenger.start()
        for await event in events {
            if case .polled = event, try await messenger.restoreProgress().isComplete { break }
        }
        let time = ContinuousClock.now - start
        let counts = try await messenger.restoreProgress().counts
        await messenger.close()
        await devnet.stop()
        guard counts.messages == Mailbox.size, counts.name == WaitingAccount.name else {
            throw BenchmarkError.wrongResult
        }
        return .time("restore with 5,000 waiting messages", time, atMost: .seconds(15))
    }
}
