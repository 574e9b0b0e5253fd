import BaseKit
import Devnet
import SessionNetwork
import SessionWire
import Testing

@Suite("Finding the network", .timeLimit(.minutes(5))) struct BootstrapTests {
    @Test func `without seeds and without a kept list the error says so`() async throws {
        try await LiveNetwork.run(starting: false) { live in
            await live.devnet.stopSeeds()
            await live.network.start()
            let keys = try AccountKeys.random()
            await #expect(throws: NetworkError.noSeedReachable) {
                try await live.network.store(.text("hello", to: keys.accountID))
            }
            #expect(live.network.status.lastError == .noSeedReachable)
            #expect(live.network.status.phase == .connecting)
            try await live.devnet.startSeeds()
            #expect(try await live.network.store(.text("hello", to: keys.accountID)).confirmed > 0)
            #expect(live.network.status.lastError == nil)
        }
    }

    @Test func `a kept list is enough when all seeds are down`() async throws {
        try await LiveNetwork.run { live in
            try await live.ready()
            try await eventually { live.state["pool"] != nil }
            await live.network.stop()
            await live.devnet.stopSeeds()
            let second = try await live.anotherClient(state: live.state)
            await second.start()
            let keys = try AccountKeys.random()
            #expect(try await second.store(.text("hello", to: keys.accountID)).confirmed > 0)
            #expect(!second.contactedHosts().contains { $0.reason == .seed })
            await second.stop()
        }
    }

    @Test func `who asks before the kept list has been read waits for it`() async throws {
        try await LiveNetwork.run { live in
            try await live.ready()
            try await eventually { live.state["pool"] != nil && live.state["entries"] != nil }
            await live.network.stop()
            let (gate, opening) = AsyncStream.makeStream(of: Void.self)
            let kept = live.state.storage
            let slow = NetworkStateStorage(
                load: { key in
                    for await _ in gate { break }
                    return await kept.load(key)
                }, save: kept.save)
            let second = try await live.anotherClient(storage: slow)
            let keys = try AccountKeys.random()
            let starting = Task { await second.start() }
            let storing = Task {
                try await second.becomes { $0.phase != .offline }
                return try await second.store(.text("hello", to: keys.accountID))
            }
            try await second.becomes { $0.phase == .connecting }
            opening.finish()
            await starting.value
            #expect(try await storing.value.confirmed > 0)
            #expect(!second.contactedHosts().contains { $0.reason == .seed })
            await second.stop()
        }
    }

    @Test func `static nodes help when no seed answers`() async throws {
        try await LiveNetwork.run(devnet: { $0.staticNodeCount = 5 }, starting: false) { live in
            await live.devnet.stopSeeds()
            await live.network.start()
            let keys = try AccountKeys.random()
            #expect(try await live.network.store(.text("hello", to: keys.accountID)).confirmed > 0)
            #expect(live.network.contactedHosts().contains { $0.reason == .staticNode })
        }
    }

    @Test(arguments: [SeedMode.emptyList, .missingKeys, .noAddresses, .wrongContentType, .garbage, .huge, .failing])
    func `a seed that talks nonsense is passed over`(mode: SeedMode) async throws {
        try await LiveNetwork.run(starting: false) { live in
            await live.devnet.setSeedMode(mode, seed: 0)
            await live.network.start()
            try await live.ready()
            #expect(live.network.status.poolSize == 24)
            await live.network.stop()
            await live.devnet.setSeedMode(mode)
            let second = try await live.anotherClient()
            await second.start()
            try await second.becomes { $0.lastError == .noSeedReachable }
            await second.stop()
        }
    }

    @Test(arguments: [true, false])
    func `an old list is refreshed from nodes, with swarms where they tell`(offersBin: Bool) async throws {
        var options = NetworkOptions.quick
        options.poolLifetime = .zero
        options.poolRetry = .zero
        try await LiveNetwork.run(devnet: { $0.offersActiveNodesBin = offersBin }, options: options) { live in
            try await live.ready()
            try await live.devnet.listNode(5, false)
            let keys = try AccountKeys.random()
            // A refresh begins when a path is used.
            try await eventually {
                let receipt = try await live.network.store(.text("hello", to: keys.accountID))
                return receipt.confirmed > 0 && live.network.status.poolSize == 23
            }
        }
    }

    @Test func `swarms are computed when the list tells them`() async throws {
        var options = NetworkOptions.quick
        options.poolLifetime = .zero
        options.poolRetry = .seconds(600)
        try await LiveNetwork.run(options: options) { live in
            try await live.ready()
            try await eventually {
                // A refresh begins when a path is used.
                _ = try await live.network.store(.text("hello", to: try AccountKeys.random().accountID))
                var asked = 0
                for index in 0..<24 { asked += try await live.devnet.counts(node: index)["active_nodes_bin"] ?? 0 }
                return asked == 3
            }
            let pool = live.state["pool"]
            try await eventually { live.state["pool"] != pool || live.state["pool"]?.contains(1) == true }
            let keys = try AccountKeys.random()
            try await eventually {
                await live.devnet.clearObservations()
                _ = try await live.network.store(.text("hello", to: try AccountKeys.random().accountID))
                var asked = 0
                for index in 0..<24 { asked += try await live.devnet.counts(node: index)["get_swarm"] ?? 0 }
                return asked == 0
            }
            #expect(try await live.network.store(.text("hello", to: keys.accountID)).confirmed > 0)
        }
    }
}
