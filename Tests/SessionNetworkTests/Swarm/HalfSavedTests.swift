import Devnet
import SessionWire
import Testing

@testable import SessionNetwork

/// What a process leaves that dies between saving the list of nodes and saving the swarms.
@Suite("Half saved", .timeLimit(.minutes(5))) struct HalfSavedTests {
    @Test func `a swarm that names a node which is no longer known can be used`() async throws {
        try await LiveNetwork.run(starting: false) { live in
            let keys = try AccountKeys.random()
            let nodes = await live.devnet.serviceNodes
            let members = await live.devnet.swarm(of: keys.accountID).map { nodes[$0] }
            let gone = try #require(members.first)
            var table = SwarmTable()
            table.set(members.map(\.id), swarmID: nil, of: keys.accountID.bytes)
            var strikes: [ServiceNodeID: Int] = [:]
            // The one that nothing speaks against would be asked first, always.
            for node in members { strikes[node.id] = 1 }
            let pool = NodePool(
                nodes: nodes.filter { $0.id != gone.id }, strikes: strikes,
                updatedAt: NetworkOptions.quick.systemTime())
            live.state["pool"] = pool.encoded()
            live.state["swarms"] = table.encoded()
            await live.network.start()
            let receipt = try await live.network.store(.text("hello", to: keys.accountID))
            #expect(receipt.confirmed > 0)
        }
    }

    @Test func `a swarm of which nearly all were dropped is found again`() async throws {
        try await LiveNetwork.run(starting: false) { live in
            let keys = try AccountKeys.random()
            let nodes = await live.devnet.serviceNodes
            let members = await live.devnet.swarm(of: keys.accountID).map { nodes[$0] }
            let left = try #require(members.first)
            let gone = Set(members.map(\.id)).subtracting([left.id])
            // Too young to be refreshed for its age.
            let made = NetworkOptions.quick.systemTime() - 600_000
            live.state["pool"] = NodePool(nodes: nodes.filter { !gone.contains($0.id) }, updatedAt: made).encoded()
            await live.network.start()
            try await eventually {
                let receipt = try await live.network.store(.text("hello", to: keys.accountID))
                return receipt.members == members.count
            }
        }
    }
}
