import BaseKit
import Devnet
import SessionWire
import Testing

@Suite("Onion paths through the devnet") struct OnionTests {
    @Test(arguments: OnionCipher.allCases) func `a request passes three nodes and comes back sealed`(
        _ cipher: OnionCipher
    ) async throws {
        var client = try await DevnetClient.start()
        client.cipher = cipher
        let reply = try await client.ask(5, "info", path: [0, 1, 2])
        #expect(reply.status == 200)
        #expect(reply.json["version"] == [2, 11, 3])

        let entry = try await client.devnet.observations(node: 0)
        let destination = try await client.devnet.observations(node: 5)
        #expect(entry.map(\.role) == [.entry])
        #expect(entry.first?.peer == "127.0.0.1")
        #expect(entry.first?.method == nil)
        #expect(destination.first?.method == "info")
        #expect(destination.first?.peer == (try await client.devnet.serviceNode(2).address.description))
        await client.devnet.stop()
    }

    @Test func `a stored message is on every member and is read back`() async throws {
        let client = try await DevnetClient.start()
        let person = Person()
        let swarm = await client.devnet.swarm(of: person.id)
        #expect(swarm.count == 6)
        let now = await client.devnet.now
        let stored = try await client.ask(swarm[0], "store", person.store([1, 2, 3], at: now))
        #expect(stored.status == 200)
        #expect(stored.json["swarm"]?.objectValue?.count == 6)
        for member in swarm {
            let read = try await client.ask(member, "retrieve", person.retrieve(at: now))
            #expect(read.json["messages"]?.arrayValue?.map { $0["hash"] } == [stored.json["hash"]])
        }
        await client.devnet.stop()
    }
}
