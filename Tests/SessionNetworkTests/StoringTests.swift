import BaseKit
import Devnet
import SessionNetwork
import SessionWire
import Testing

@Suite("Storing and fetching", .timeLimit(.minutes(5))) struct StoringTests {
    @Test func `what is stored comes back to its owner`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            let receipt = try await live.network.store(.text("hello", to: keys.accountID))
            #expect(receipt.confirmed == receipt.members)
            #expect(receipt.members >= 3)
            let result = try await live.network.poll(keys: keys, namespaces: [.messages, .userProfile]) { _, _ in nil }
            #expect(result.items[.messages]?.map(\.data) == [Array("hello".utf8)])
            #expect(result.items[.messages]?.first?.hash == receipt.hash)
            #expect(result.positions[.messages]?.hash == receipt.hash)
            #expect(!result.more)
        }
    }

    @Test func `a deleted message is gone from all members`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            let receipt = try await live.network.store(.text("hello", to: keys.accountID))
            let deleted = try await live.network.delete([receipt.hash], signer: keys)
            #expect(deleted.isComplete)
            #expect(await live.devnet.messages(of: keys.accountID).allSatisfy(\.isEmpty))
        }
    }

    @Test func `a request that the network refuses fails with its status`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            let request = StoreRequest(
                account: keys.accountID, data: [1], ttl: 1, timestamp: 1)
            do throws(NetworkError) {
                _ = try await live.network.store(request)
                Issue.record("a lifetime of 1 ms was accepted")
            } catch {
                guard case .rejected(403, _) = error else { throw error }
                #expect(error.isPermanent)
            }
        }
    }

    @Test func `more than the network takes is not sent`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            let request = StoreRequest(
                account: keys.accountID, data: Array(repeating: 1, count: 76_801), ttl: 86_400_000, timestamp: 1)
            await #expect(throws: NetworkError.tooLarge) { try await live.network.store(request) }
        }
    }

    @Test func `each node sees its neighbours only`() async throws {
        try await LiveNetwork.run { live in
            try await live.ready()
            let keys = try AccountKeys.random()
            _ = try await live.network.store(.text("hello", to: keys.accountID))
            _ = try await live.network.poll(keys: keys, namespaces: [.messages]) { _, _ in nil }
            let nodes = await live.devnet.serviceNodes
            let client = "127.0.0.1"
            var entries: Set<Int> = []
            var askedForAccount = 0
            for index in nodes.indices {
                for seen in try await live.devnet.observations(node: index) {
                    switch seen.role {
                    case .entry:
                        entries.insert(index)
                        #expect(seen.peer == client)
                        #expect(seen.account == nil && seen.method == nil && seen.nextHop != nil)
                    case .relay:
                        #expect(seen.peer != client)
                        #expect(seen.account == nil && seen.method == nil && seen.nextHop != nil)
                    case .destination:
                        #expect(seen.peer != client)
                        #expect(seen.nextHop == nil)
                        if seen.account == keys.accountID.description { askedForAccount += 1 }
                    case .direct:
                        #expect(seen.method == "info" && seen.account == nil)
                    case .exit, .member: break
                    }
                }
            }
            #expect(entries.count <= 2)
            #expect(askedForAccount >= 2)
            let contacted = live.network.contactedHosts()
            #expect(contacted.filter { $0.reason == .entryNode }.count <= 2)
            #expect(contacted.filter { $0.reason == .seed }.count == 3 || contacted.contains { $0.reason == .seed })
        }
    }

    @Test func `a cancelled request ends at once`() async throws {
        try await LiveNetwork.run { live in
            try await live.ready()
            let keys = try AccountKeys.random()
            for index in await live.devnet.serviceNodes.indices { try await live.devnet.slowNode(index, .seconds(600)) }
            let task = Task { try await live.network.store(.text("hello", to: keys.accountID), timeout: .seconds(300)) }
            try await eventually { await live.network.paths().contains { $0.isInUse } }
            task.cancel()
            await #expect(throws: NetworkError.cancelled) { try await task.value }
            try await eventually { await live.network.paths().allSatisfy { !$0.isInUse } }
            for index in await live.devnet.serviceNodes.indices { try await live.devnet.slowNode(index, .zero) }
        }
    }

    @Test func `without a connection requests fail at once, and work again afterwards`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            _ = try await live.network.store(.text("one", to: keys.accountID))
            await live.network.stop()
            #expect(live.network.status.phase == .offline)
            await #expect(throws: NetworkError.offline) {
                try await live.network.store(.text("two", to: keys.accountID))
            }
            await live.network.start()
            _ = try await live.network.store(.text("two", to: keys.accountID))
        }
    }
}
