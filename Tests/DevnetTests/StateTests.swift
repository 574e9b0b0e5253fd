import BaseKit
import Devnet
import Foundation
import SessionWire
import ShallotTestSupport
import Testing

@Suite("The devnet's state directory") struct StateTests {
    private func directory() -> URL {
        TemporaryFolder.fresh("devnet")
    }

    /// The same addresses after a restart, and no other network's: those could take the ports meanwhile.
    private let alone = DevnetOptions.alone()

    private func start(_ directory: URL) async throws -> Devnet {
        var options = alone
        options.nodeCount = 6
        options.stateDirectory = directory
        let devnet = Devnet(options)
        try await devnet.start()
        return devnet
    }

    @Test func `keys, ports, certificates and messages survive a restart`() async throws {
        let directory = directory()
        defer { try? FileManager.default.removeItem(at: directory) }
        let person = Person()
        let first = try await start(directory)
        let client = DevnetClient(devnet: first)
        let now = await first.now
        let kept = try await client.ask(0, "store", person.store([1], at: now), path: [1, 2, 3])
        let gone = try await client.ask(0, "store", person.store([2], at: now), path: [1, 2, 3])
        let hash = try #require(gone.json["hash"]?.stringValue)
        _ = try await client.ask(
            0, "delete", person.signed("delete\(hash)", ["messages": [.string(hash)]]), path: [1, 2, 3])
        let (nodes, definition) = (await first.serviceNodes, await first.definition)
        let echo = try await first.startEcho().accountID
        await first.stop()

        let second = try await start(directory)
        #expect(await second.serviceNodes == nodes)
        #expect(await second.definition == definition)
        #expect(try await second.startEcho().accountID == echo)
        let messages = await second.messages(of: person.id)
        #expect(messages.allSatisfy { $0.map { .string($0.hash.rawValue) } == [kept.json["hash"]] })
        await second.stop()
    }

    @Test func `a line that was cut by a crash is passed over`() async throws {
        let directory = directory()
        defer { try? FileManager.default.removeItem(at: directory) }
        let person = Person()
        let first = try await start(directory)
        await first.inject([1], for: person.id)
        await first.inject([2], for: person.id)
        await first.stop()
        let log = directory.appending(path: "node-0.log")
        let text = try Data(contentsOf: log)
        try text.dropLast(20).write(to: log)

        let second = try await start(directory)
        #expect(await second.messages(of: person.id).map(\.count).sorted() == [1, 2, 2, 2, 2, 2])
        await second.stop()
    }

    @Test func `state of another size is refused`() async throws {
        let directory = directory()
        defer { try? FileManager.default.removeItem(at: directory) }
        await (try await start(directory)).stop()
        var options = alone
        options.nodeCount = 7
        options.stateDirectory = directory
        await #expect(throws: DevnetError.self) { try await Devnet(options).start() }
    }
}
