import BaseKit
import Devnet
import SessionNetwork
import SessionWire
import Testing

@Suite("Nodes that die", .timeLimit(.minutes(5))) struct FailingNodesTests {
    @Test func `an entry node that dies is replaced`() async throws {
        try await LiveNetwork.run { live in
            try await live.network.becomes { $0.readyPaths >= 1 }
            let keys = try AccountKeys.random()
            for index in await live.entries() { try await live.devnet.stopNode(index) }
            let receipt = try await live.network.store(.text("hello", to: keys.accountID))
            #expect(receipt.confirmed > 0)
        }
    }

    @Test func `a node that dies while it works on a request does not stop it`() async throws {
        try await LiveNetwork.run { live in
            try await live.ready()
            try await eventually { await live.network.paths().count == 2 }
            let keys = try AccountKeys.random()
            // Whichever path the request takes, it stays in its entry node until that dies.
            let entries = await live.entries()
            for entry in entries { try await live.devnet.slowNode(entry, .seconds(600)) }
            let task = Task { try await live.network.store(.text("hello", to: keys.accountID)) }
            try await eventually { await live.network.paths().contains { $0.isInUse } }
            for entry in entries { try await live.devnet.stopNode(entry) }
            #expect(try await task.value.confirmed > 0)
        }
    }

    @Test func `hops and members that die are replaced`() async throws {
        try await LiveNetwork.run { live in
            try await live.network.becomes { $0.phase == .ready }
            let keys = try AccountKeys.random()
            let path = try #require(await live.network.paths().first)
            try await live.devnet.stopNode(await live.indexes(path)[1])
            for index in await live.devnet.swarm(of: keys.accountID).prefix(2) {
                try await live.devnet.stopNode(index)
            }
            for number in 0..<4 {
                let receipt = try await live.network.store(.text("hello \(number)", to: keys.accountID))
                #expect(receipt.confirmed > 0)
            }
        }
    }

    @Test(arguments: [
        Fault.Kind.nextNodeNotFound, .nextNodeUnreachable, .notReady, .nodeNotReady, .busy, .timeout, .invalidResponse,
        .invalidCiphertext,
    ])
    func `a hop that fails in any way is survived`(kind: Fault.Kind) async throws {
        try await LiveNetwork.run { live in
            try await live.network.becomes { $0.phase == .ready }
            let keys = try AccountKeys.random()
            await live.devnet.plan(Fault(kind, role: .relay, times: 1))
            #expect(try await live.network.store(.text("hello", to: keys.accountID)).confirmed > 0)
            await live.devnet.plan(Fault(kind, role: .entry, times: 1))
            #expect(try await live.network.store(.text("again", to: keys.accountID)).confirmed > 0)
            await live.devnet.plan(Fault(kind, role: .destination, times: 1))
            #expect(try await live.network.store(.text("more", to: keys.accountID)).confirmed > 0)
        }
    }

    @Test func `a slow member is left for another`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            _ = try await live.network.store(.text("one", to: keys.accountID))
            let swarm = await live.devnet.swarm(of: keys.accountID)
            let paths = await live.network.paths()
            var used: Set<Int> = []
            for path in paths { used.formUnion(await live.indexes(path)) }
            let slow = try #require(swarm.first { !used.contains($0) })
            try await live.devnet.slowNode(slow, .seconds(600))
            for number in 0..<swarm.count {
                let request = StoreRequest.text("\(number)", to: keys.accountID)
                #expect(try await live.network.store(request).confirmed > 0)
            }
            try await live.devnet.slowNode(slow, .zero)
        }
    }

    @Test func `the same entry nodes are used after a restart`() async throws {
        try await LiveNetwork.run { live in
            try await live.ready()
            try await eventually { await live.network.paths().count == 2 }
            let keys = try AccountKeys.random()
            for number in 0..<6 { _ = try await live.network.store(.text("\(number)", to: keys.accountID)) }
            try await eventually { live.state["entries"]?.count == 64 }
            let before = Set(await live.entries())
            await live.network.stop()
            let second = try await live.anotherClient(state: live.state)
            await second.start()
            _ = try await second.store(.text("again", to: keys.accountID))
            try await eventually { await second.paths().count == 2 }
            #expect(Set(await second.paths().compactMap { $0.hops.first?.id.description }).count == 2)
            var after: Set<Int> = []
            for path in await second.paths() { after.insert(await live.indexes(path)[0]) }
            await second.stop()
            #expect(after == before)
        }
    }

    @Test func `other entry nodes are taken when asked for`() async throws {
        try await LiveNetwork.run { live in
            try await live.ready()
            try await eventually { await live.network.paths().count == 2 }
            let before = Set(await live.entries())
            await live.network.rebuildPaths(changingEntryNode: true)
            try await eventually { await live.network.paths().count == 2 }
            #expect(before.isDisjoint(with: await live.entries()))
        }
    }

    @Test func `hops behind the entry node change when a path has been used for long`() async throws {
        var options = NetworkOptions.quick
        options.pathLifetime = .zero
        try await LiveNetwork.run(options: options) { live in
            try await live.ready()
            let keys = try AccountKeys.random()
            try await eventually { await live.network.paths().count == 2 }
            let before = await live.network.paths()
            try await eventually {
                _ = try await live.network.store(.text("hello", to: keys.accountID))
                let now = await live.network.paths()
                return before.contains { old in now.contains { $0.id == old.id && $0.hops != old.hops } }
            }
            let after = await live.network.paths()
            for old in before {
                guard let new = after.first(where: { $0.id == old.id }) else { continue }
                #expect(new.hops.first == old.hops.first)
            }
        }
    }

    @Test func `paths obey the rule of networks`() async throws {
        try await LiveNetwork.run { live in
            try await live.ready()
            try await eventually { await live.network.paths().count == 2 }
            let hops = await live.network.paths().flatMap(\.hops)
            #expect(hops.count == 6)
            #expect(Set(hops.map(\.address.subnet24)).count == 6)
        }
    }
}
