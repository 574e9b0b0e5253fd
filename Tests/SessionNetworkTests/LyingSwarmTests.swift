import BaseKit
import Devnet
import SessionWire
import Testing

@testable import SessionNetwork

@Suite("Swarms that lie or fail", .timeLimit(.minutes(5))) struct LyingSwarmTests {
    @Test(arguments: [Fault.Kind.forgedSignature, .wrongHash])
    func `a store that no member confirms truthfully fails`(kind: Fault.Kind) async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            await live.devnet.plan(Fault(kind))
            do throws(NetworkError) {
                _ = try await live.network.store(.text("hello", to: keys.accountID))
                Issue.record("the store succeeded")
            } catch {
                guard case .badReply = error else { throw error }
                #expect(!error.isPermanent)
            }
        }
    }

    @Test func `one honest member is enough`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            let swarm = await live.devnet.swarm(of: keys.accountID)
            for index in swarm.dropFirst() { await live.devnet.plan(Fault(.forgedSignature, node: index)) }
            let receipt = try await live.network.store(.text("hello", to: keys.accountID))
            #expect(receipt.confirmed == 1)
            #expect(receipt.members == swarm.count)
        }
    }

    @Test func `other people's and damaged messages are left out`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            let stranger = try AccountKeys.random()
            await live.devnet.moveSwarm(stranger.accountID, to: 0)
            await live.devnet.moveSwarm(keys.accountID, to: 0)
            _ = try await live.network.store(.text("mine", to: keys.accountID))
            _ = try await live.network.store(.text("foreign", to: stranger.accountID))
            await live.devnet.plan(Fault(.foreignMessages))
            let result = try await live.network.poll(keys: keys, namespaces: [.messages]) { _, _ in nil }
            #expect(result.items[.messages]?.map(\.data) == [Array("mine".utf8)])
            await live.devnet.clearFaults()
            await live.devnet.plan(Fault(.damagedMessages))
            await #expect(throws: NetworkError.self) {
                try await live.network.poll(keys: keys, namespaces: [.messages]) { _, _ in nil }
            }
            await live.devnet.clearFaults()
            let honest = try await live.network.poll(keys: keys, namespaces: [.messages]) { _, _ in nil }
            #expect(honest.items[.messages]?.count == 1)
        }
    }

    /// - Source: network.md §4.4, §1.5
    @Test func `a poll goes on to another member when the preferred one lies, and a liar is dropped`() async throws {
        var options = NetworkOptions.quick
        options.pathCount = 1
        try await LiveNetwork.run(options: options) { live in
            try await live.ready()
            let keys = try AccountKeys.random()
            _ = try await live.network.store(.text("mine", to: keys.accountID))
            let hops = Set(await live.network.paths().flatMap(\.hops).map(\.id))
            var liar: ServiceNodeID?
            for index in await live.devnet.swarm(of: keys.accountID) {
                let id = try await live.devnet.serviceNode(index).id
                // A hop of a path is forgiven for each request that it passes on.
                guard !hops.contains(id) else { continue }
                await live.devnet.plan(Fault(.damagedMessages, node: index))
                liar = id
                break
            }
            let member = try #require(liar)
            for _ in 0..<options.strikeLimit {
                let result = try await live.network.poll(
                    keys: keys, namespaces: [.messages], preferring: member
                ) { _, _ in nil }
                #expect(result.node.id != member)
                #expect(result.items[.messages]?.map(\.data) == [Array("mine".utf8)])
            }
            #expect(await live.network.pool[member] == nil)
        }
    }

    @Test func `a store goes on to another member, whichever of them lies`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            let swarm = await live.devnet.swarm(of: keys.accountID)
            // Nobody but the one who is asked says anything, and one of them signs with somebody else's key.
            for index in swarm { await live.devnet.plan(Fault(.memberSilent, node: index)) }
            await live.devnet.plan(Fault(.forgedSignature, node: swarm[0]))
            // Each is asked first once.
            for number in swarm.indices {
                let receipt = try await live.network.store(.text("\(number)", to: keys.accountID))
                #expect(receipt.confirmed == 1)
            }
        }
    }

    @Test(arguments: [
        Fault.Kind.hugeReply, .endlessReply, .cutReply, .drop, .garbageReply, .truncatedReply, .flippedReply,
        .emptyReply,
        .htmlReply,
    ])
    func `an entry node that spoils its answer does not stop a message`(kind: Fault.Kind) async throws {
        try await LiveNetwork.run { live in
            try await live.ready()
            let keys = try AccountKeys.random()
            let entry = try #require(await live.entries().first)
            await live.devnet.plan(Fault(kind, node: entry, role: .entry, times: 2))
            let receipt = try await live.network.store(.text("hello", to: keys.accountID))
            #expect(receipt.confirmed > 0)
        }
    }

    @Test(arguments: [Fault.Kind.wrongKeyReply, .nonJSONReply])
    func `a member that spoils its answer does not stop a message`(kind: Fault.Kind) async throws {
        try await LiveNetwork.run { live in
            try await live.ready()
            let keys = try AccountKeys.random()
            await live.devnet.plan(Fault(kind, role: .destination, times: 2))
            #expect(try await live.network.store(.text("hello", to: keys.accountID)).confirmed > 0)
        }
    }

    @Test func `a wrong content type around the right bytes does no harm`() async throws {
        try await LiveNetwork.run { live in
            try await live.ready()
            let keys = try AccountKeys.random()
            await live.devnet.plan(Fault(.wrongContentType, role: .entry))
            #expect(try await live.network.store(.text("hello", to: keys.accountID)).confirmed > 0)
        }
    }

    @Test(arguments: [429, 500, 503, 504])
    func `a busy or ill member is passed over`(status: Int) async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            await live.devnet.plan(
                Fault(.rpcStatus, account: keys.accountID.description, times: 2, status: status, text: "later"))
            #expect(try await live.network.store(.text("hello", to: keys.accountID)).confirmed > 0)
        }
    }

    @Test func `a lost reply leads to one message, not two`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            try await live.ready()
            for index in await live.devnet.swarm(of: keys.accountID) {
                await live.devnet.plan(Fault(.lostReply, node: index, times: 1))
            }
            _ = try? await live.network.store(.text("hello", to: keys.accountID))
            await live.devnet.clearFaults()
            _ = try await live.network.store(.text("hello", to: keys.accountID))
            #expect(await live.devnet.messages(of: keys.accountID).allSatisfy { $0.count == 1 })
        }
    }

    @Test func `a 421 names the new swarm, and the message goes there`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            _ = try await live.network.store(.text("one", to: keys.accountID))
            await live.devnet.moveSwarm(keys.accountID)
            _ = try await live.network.store(.text("two", to: keys.accountID))
            let kept = await live.devnet.messages(of: keys.accountID)
            #expect(!kept.isEmpty)
            #expect(kept.allSatisfy { $0.contains { $0.data == Array("two".utf8) } })
        }
    }

    @Test(arguments: [Fault.Kind.wrongSwarmUnknownNodes, .wrongSwarmEmpty, .wrongSwarmMalformed])
    func `a 421 that names nobody we know is not believed`(kind: Fault.Kind) async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            _ = try await live.network.store(.text("one", to: keys.accountID))
            await live.devnet.plan(Fault(kind, account: keys.accountID.description, times: 1))
            #expect(try await live.network.store(.text("two", to: keys.accountID)).confirmed > 0)
        }
    }

    @Test(arguments: [406, 421, 425, 429])
    func `a status that a relay makes up is not believed`(status: Int) async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            _ = try await live.network.store(.text("one", to: keys.accountID))
            let text = "{\"snodes\":[],\"swarm\":\"1\"}"
            await live.devnet.plan(Fault(.plainStatus, role: .relay, times: 1, status: status, text: text))
            #expect(try await live.network.store(.text("two", to: keys.accountID)).confirmed > 0)
        }
    }
}
