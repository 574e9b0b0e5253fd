import BaseKit
import Devnet
import SessionWire
import Testing

@testable import SessionNetwork

/// What follows from each failure, on a real path: one test for each line of the table.
/// - Source: network.md §3.7
@Suite("What follows from a failure", .timeLimit(.minutes(5))) struct RelayFaultTests {
    /// A client with a single path, and an account whose swarm is not on it.
    private struct Scene {
        let live: LiveNetwork
        let hops: [ServiceNode]
        /// The devnet's numbers of the hops.
        let places: [Int]
        let account: AccountID

        var network: SessionNetwork { live.network }

        /// Plans a fault of one hop.
        func plan(_ kind: Fault.Kind, hop: Int, times: Int = 1, status: Int? = nil, text: String? = nil) async {
            await live.devnet.plan(
                Fault(
                    kind, node: places[hop], role: hop == 0 ? .entry : .relay, times: times, status: status, text: text)
            )
        }

        /// Plans what members of the swarm answer.
        func refuse(_ status: Int, _ text: String = "no", times: Int = 1) async {
            await live.devnet.plan(
                Fault(.rpcStatus, account: account.description, times: times, status: status, text: text))
        }

        func store() async throws -> StoreReceipt {
            try await network.store(.text("hello", to: account))
        }

        /// How the hops of the first path stand now.
        func standing() async -> [(strikes: Int, isKnown: Bool, isOnPath: Bool)] {
            let pool = await network.pool
            let present = await network.paths().flatMap(\.hops).map(\.id)
            return hops.map { (pool.strikes[$0.id] ?? 0, pool[$0.id] != nil, present.contains($0.id)) }
        }

        /// The members of the swarm against which something speaks, and those that were dropped.
        func members() async throws -> (struck: Int, dropped: Int) {
            var (struck, dropped) = (0, 0)
            for index in await live.devnet.swarm(of: account) {
                let id = try await live.devnet.serviceNode(index).id
                let pool = await network.pool
                if pool[id] == nil { dropped += 1 } else if pool.strikes[id] != nil { struck += 1 }
            }
            return (struck, dropped)
        }
    }

    private func run(_ body: (Scene) async throws -> Void) async throws {
        var options = NetworkOptions.quick
        options.pathCount = 1
        options.entryRetry = .seconds(600)
        try await LiveNetwork.run(options: options) { live in
            try await live.ready()
            let path = try await otherPath(live)
            let places = await live.indexes(path)
            var account = try AccountKeys.random().accountID
            while await !Set(places).isDisjoint(with: live.devnet.swarm(of: account)) {
                account = try AccountKeys.random().accountID
            }
            _ = try await live.network.store(.text("before", to: account))
            try await body(Scene(live: live, hops: path.hops, places: places, account: account))
        }
    }

    /// A path that shares no node with the first one: on that, a question about the time may still be under way that
    /// nobody waits for any more. It would meet the fault that a test plans for its own request.
    private func otherPath(_ live: LiveNetwork) async throws -> PathInfo {
        let first = Set(await live.network.paths().flatMap(\.hops).map(\.id))
        while true {
            await live.network.rebuildPaths(changingEntryNode: true)
            try await eventually { await live.network.paths().count == 1 }
            if let path = await live.network.paths().first, first.isDisjoint(with: path.hops.map(\.id)) { return path }
        }
    }

    // MARK: Relays

    @Test func `an entry node that cannot be reached is struck alone, and its path ends`() async throws {
        try await run { scene async throws in
            try await scene.live.devnet.stopNode(scene.places[0])
            #expect(try await scene.store().confirmed > 0)
            let hops = await scene.standing()
            #expect(hops[0].strikes == 1)
            #expect(hops[1].strikes == 0 && hops[2].strikes == 0)
            #expect(!hops[0].isOnPath)
        }
    }

    @Test func `an unknown hop leaves pool and path, and the path is repaired`() async throws {
        try await run { scene async throws in
            await scene.plan(.nextNodeNotFound, hop: 1)
            #expect(try await scene.store().confirmed > 0)
            let hops = await scene.standing()
            #expect(!hops[2].isKnown)
            #expect(hops[0].isOnPath && hops[1].isOnPath && !hops[2].isOnPath)
        }
    }

    @Test func `an unknown destination leaves pool and swarm, and the path stays`() async throws {
        try await run { scene async throws in
            await scene.plan(.nextNodeNotFound, hop: 2)
            #expect(try await scene.store().confirmed > 0)
            #expect(try await scene.members().dropped == 1)
            let hops = await scene.standing()
            #expect(hops[0].isOnPath && hops[1].isOnPath && hops[2].isOnPath)
        }
    }

    @Test func `an unreachable hop is struck and replaced, not dropped`() async throws {
        try await run { scene async throws in
            await scene.plan(.nextNodeUnreachable, hop: 1)
            #expect(try await scene.store().confirmed > 0)
            let hops = await scene.standing()
            #expect(hops[2].isKnown && hops[2].strikes == 1 && !hops[2].isOnPath)
            #expect(hops[0].isOnPath && hops[1].isOnPath)
        }
    }

    @Test func `an unreachable destination is struck, and another member asked`() async throws {
        try await run { scene async throws in
            await scene.plan(.nextNodeUnreachable, hop: 2)
            #expect(try await scene.store().confirmed > 0)
            let members = try await scene.members()
            #expect(members.struck == 1 && members.dropped == 0)
            let hops = await scene.standing()
            #expect(hops[1].isOnPath && hops[2].isOnPath)
        }
    }

    @Test func `a hop that is not ready is struck and replaced`() async throws {
        try await run { scene async throws in
            await scene.plan(.nodeNotReady, hop: 1)
            #expect(try await scene.store().confirmed > 0)
            let hops = await scene.standing()
            #expect(hops[1].isKnown && hops[1].strikes == 1 && !hops[1].isOnPath)
            #expect(hops[0].isOnPath && hops[2].isOnPath)
        }
    }

    @Test(arguments: [Fault.Kind.notReady, .busy])
    func `an entry node that is not ready or busy thrice is dropped, and nobody else`(kind: Fault.Kind) async throws {
        try await run { scene async throws in
            await scene.plan(kind, hop: 0, times: 3)
            #expect(try await scene.store().confirmed > 0)
            let hops = await scene.standing()
            #expect(!hops[0].isKnown && hops[1].isKnown && hops[2].isKnown)
            #expect(hops[1].strikes == 0 && hops[2].strikes == 0)
        }
    }

    @Test(arguments: [Fault.Kind.timeout, .invalidResponse, .garbageReply, .truncatedReply, .emptyReply, .htmlReply])
    func `three failures without a name end the path and the hops behind the entry node`(
        kind: Fault.Kind
    ) async throws {
        try await run { scene async throws in
            let path = await scene.network.paths().first?.id
            await scene.plan(kind, hop: 1, times: 3)
            #expect(try await scene.store().confirmed > 0)
            #expect(await scene.network.paths().allSatisfy { $0.id != path })
            let hops = await scene.standing()
            #expect(hops[0].isKnown && !hops[1].isKnown && !hops[2].isKnown)
        }
    }

    @Test func `a key that does not fit makes the list be loaded again`() async throws {
        try await run { scene async throws in
            await scene.live.devnet.clearObservations()
            // Right after another refresh there is none, so that it may take more than one failure.
            try await eventually {
                await scene.live.devnet.plan(Fault(.invalidCiphertext, role: .relay, times: 1))
                #expect(try await scene.store().confirmed > 0)
                var asked = 0
                for index in 0..<24 {
                    asked += try await scene.live.devnet.counts(node: index)["active_nodes_bin"] ?? 0
                }
                return asked > 0
            }
        }
    }

    @Test(arguments: [401, 403, 406, 421, 425, 429, 500])
    func `a status in plain text is the path's failure, never the destination's word`(status: Int) async throws {
        try await run { scene async throws in
            await scene.plan(.plainStatus, hop: 2, status: status, text: "{\"snodes\":[],\"swarm\":\"1\"}")
            #expect(try await scene.store().confirmed > 0)
            let members = try await scene.members()
            #expect(members.struck == 0 && members.dropped == 0)
        }
    }

    // MARK: Members of the swarm

    @Test(arguments: [406, 425]) func `a refused time is asked for again, and nobody is struck`(status: Int)
        async throws
    {
        try await run { scene async throws in
            await scene.live.devnet.clearObservations()
            await scene.refuse(status)
            #expect(try await scene.store().confirmed > 0)
            var questions = 0
            for index in 0..<24 { questions += try await scene.live.devnet.counts(node: index)["info"] ?? 0 }
            #expect(questions >= 1)
            #expect(try await scene.members().struck == 0)
        }
    }

    @Test func `a time that two members refuse is our mistake`() async throws {
        try await run { scene async throws in
            await scene.refuse(406, times: 10)
            await #expect(throws: NetworkError.clockOutOfSync) { try await scene.store() }
        }
    }

    @Test(arguments: [400, 401, 403, 413]) func `a refusal goes to the caller at once`(status: Int) async throws {
        try await run { scene async throws in
            await scene.refuse(status)
            await #expect(throws: NetworkError.rejected(status: status, "no")) { try await scene.store() }
            #expect(try await scene.members().struck == 0)
        }
    }

    @Test func `what the network's own daemon cannot do is not tried elsewhere`() async throws {
        try await run { scene async throws in
            await scene.refuse(500, "Oxen Server error")
            await #expect(throws: NetworkError.rejected(status: 500, "Oxen Server error")) { try await scene.store() }
        }
    }

    @Test func `a busy member is passed over without a strike`() async throws {
        try await run { scene async throws in
            await scene.refuse(429)
            #expect(try await scene.store().confirmed > 0)
            #expect(try await scene.members().struck == 0)
        }
    }

    @Test(arguments: [500, 503, 504]) func `an ill member is struck and passed over`(status: Int) async throws {
        try await run { scene async throws in
            await scene.refuse(status)
            #expect(try await scene.store().confirmed > 0)
            let members = try await scene.members()
            #expect(members.struck == 1 && members.dropped == 0)
        }
    }

    @Test func `a member without its daemon is dropped`() async throws {
        try await run { scene async throws in
            await scene.refuse(502, "oxend returned unparsable data")
            #expect(try await scene.store().confirmed > 0)
            #expect(try await scene.members().dropped == 1)
        }
    }
}
