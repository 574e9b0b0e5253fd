import Devnet
import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import Testing

/// The real command-line program, killed while it sends.
@Suite("A sender that is killed", .serialized, .timeLimit(.minutes(5))) struct KilledSenderTests {
    /// When SIGKILL comes.
    enum Moment: Sendable {
        /// So many milliseconds after the start, wherever the program is by then.
        case after(Int)
        /// The swarm has taken a message, but the program has not heard of it.
        case stored
    }

    @Test func `each text that reached the disk arrives exactly once`() async throws {
        let network = try await TestNetwork()
        let ben = try await network.newcomer("Ben")
        let anna = try await network.newcomer("Anna")
        await anna.messenger.close()
        let file = network.folder("network.json")
        try await network.devnet.writeDefinition(to: file)
        let arguments = [
            "--data", network.folder("Anna").path, "--network", file.path, "--no-keyring", "send", ben.id.description,
        ]
        let moments: [Moment] = [
            .after(40), .stored, .after(120), .after(200), .stored, .after(300), .after(400), .stored, .after(600),
        ]
        for (number, moment) in moments.enumerated() {
            switch moment {
            case .after(let milliseconds):
                let run = try ProgramRun(arguments + ["text \(number)"])
                try await Task.sleep(for: .milliseconds(milliseconds))
                try await run.kill()
            case .stored:
                // Answers get lost, so that the program cannot know.
                let before = try await stores(on: network)
                let fault = await network.devnet.plan(
                    Fault(.lostReply, method: "store", account: ben.id.description))
                let run = try ProgramRun(arguments + ["text \(number)"])
                try await eventually("it is stored") { try await stores(on: network) > before }
                try await run.kill()
                await network.devnet.clearFault(fault)
            }
        }
        let last = try ProgramRun(arguments + ["the last one", "--wait", "--timeout", "200"])
        #expect(try await last.ended() == 0)

        let again = Person(messenger: try await network.open("Anna"), id: anna.id)
        try await eventually("nothing waits") { try await again.messenger.isOutboxEmpty() }
        let written = try await again.bodies(ben)
        #expect(written.count >= 4, "those that were stored, and the last one, had reached the disk")
        #expect(written.last == "the last one")
        try await ben.gets("the last one", from: again)
        try await ben.catchUp()
        #expect(try await ben.bodies(again) == written)
        #expect(try await again.messages(ben).allSatisfy { $0.delivery == .sent })
    }

    /// How often any node was asked to store something.
    private func stores(on network: TestNetwork) async throws -> Int {
        var count = 0
        for index in await network.devnet.serviceNodes.indices {
            count += try await network.devnet.counts(node: index)["store"] ?? 0
        }
        return count
    }
}
