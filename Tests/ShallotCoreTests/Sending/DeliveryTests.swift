import Devnet
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore
import Testing

@Suite("Delivering messages", .serialized) struct DeliveryTests {
    @Test(.timeLimit(.minutes(5))) func `a lost answer of the swarm makes no second message`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        for node in await network.devnet.swarm(of: ben.id) {
            await network.devnet.plan(
                Fault(.lostReply, node: node, method: "store", account: ben.id.description, times: 1))
        }
        try await anna.says("once", to: ben)
        try await ben.gets("once", from: anna)
        try await ben.catchUp()
        #expect(try await ben.bodies(anna) == ["hello", "once"])
    }

    @Test(.timeLimit(.minutes(5))) func `what waits when the program dies is sent once after the next start`()
        async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        let before = await network.devnet.messages(of: ben.id).map(\.count).max() ?? 0
        // The answers get lost: the first message is stored, but Anna cannot know.
        await network.devnet.plan(Fault(.lostReply, method: "store", account: ben.id.description))
        _ = try await anna.messenger.send("one", to: ben.conversation)
        _ = try await anna.messenger.send("two", to: ben.conversation)
        try await eventually("the first is stored") {
            await network.devnet.messages(of: ben.id).contains { $0.count > before }
        }
        await anna.messenger.abandon()
        await network.devnet.clearFaults()
        let again = Person(messenger: try await network.open("Anna"), id: anna.id)
        _ = try await again.messenger.send("three", to: ben.conversation)
        try await ben.gets("three", from: anna)
        try await ben.catchUp()
        #expect(try await ben.bodies(anna) == ["hello", "one", "two", "three"])
        try await eventually("nothing waits any more") { try await again.messenger.isOutboxEmpty() }
        #expect(await network.devnet.messages(of: ben.id).map(\.count).max() == before + 3)
    }

    @Test(.timeLimit(.minutes(5))) func `without a network messages wait, and go out in order when it is back`()
        async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        for index in 0..<24 { try await network.devnet.stopNode(index) }
        await network.devnet.stopSeeds()
        let texts = (1...5).map { "message \($0)" }
        for text in texts { _ = try await anna.messenger.send(text, to: ben.conversation) }
        let waiting = try await anna.messages(ben).filter { $0.kind == .text }.suffix(5)
        #expect(waiting.allSatisfy { $0.delivery == .waiting })
        for index in 0..<24 { try await network.devnet.startNode(index) }
        try await network.devnet.startSeeds()
        await anna.messenger.networkChanged(isAvailable: true)
        await ben.messenger.networkChanged(isAvailable: true)
        try await ben.gets("message 5", from: anna)
        #expect(try await ben.bodies(anna) == ["hello"] + texts)
    }

    @Test(.timeLimit(.minutes(5))) func `a message that the swarm refuses fails at once and can be tried again`()
        async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        let fault = await network.devnet.plan(
            Fault(.rpcStatus, method: "store", account: ben.id.description, status: 400, text: "no"))
        let message = try await anna.messenger.send("again", to: ben.conversation)
        try await eventually("it fails") {
            try await anna.store.message(message)?.delivery == .failed(FailureReason.refused.rawValue)
        }
        await network.devnet.clearFault(fault)
        try await anna.messenger.retry(message)
        try await ben.gets("again", from: anna)
        #expect(try await ben.bodies(anna) == ["hello", "again"])
        try await eventually("Anna knows") { try await anna.store.message(message)?.delivery == .sent }
        await #expect(throws: SendError.notPossible) { try await anna.messenger.retry(message) }
    }

    @Test(.timeLimit(.minutes(5))) func `a copy that failed is sent again alone, when asked for or with the network`()
        async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        for byHand in [true, false] {
            let text = byHand ? "by hand" : "by itself"
            let fault = await network.devnet.plan(
                Fault(.rpcStatus, method: "store", account: anna.id.description, status: 400, text: "no"))
            let message = try await anna.says(text, to: ben)
            try await eventually("the copy fails") { try await anna.store.message(message)?.syncState == .failed }
            await network.devnet.clearFault(fault)
            if byHand {
                try await anna.messenger.retry(message)
            } else {
                await anna.messenger.networkChanged(isAvailable: true)
            }
            try await eventually("the copy is out") { try await anna.store.message(message)?.syncState == .synced }
            #expect(try await anna.store.message(message)?.delivery == .sent)
            await #expect(throws: SendError.notPossible) { try await anna.messenger.retry(message) }
        }
        try await ben.gets("by itself", from: anna)
        #expect(try await ben.bodies(anna) == ["hello", "by hand", "by itself"])
    }

    @Test(.timeLimit(.minutes(5))) func `messages arrive although two of a swarm's nodes and the entry nodes die`()
        async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        var dead = Set(await network.devnet.swarm(of: ben.id).prefix(2))
        for path in await anna.messenger.network.paths() + ben.messenger.network.paths() {
            let entry = try #require(path.hops.first)
            dead.insert(try #require(await network.devnet.node(withID: entry.id)))
        }
        #expect(dead.count >= 3)
        for index in dead { try await network.devnet.stopNode(index) }
        try await anna.says("can you hear me?", to: ben)
        try await ben.gets("can you hear me?", from: anna)
        try await ben.says("as if nothing had happened", to: anna)
        try await anna.gets("as if nothing had happened", from: ben)
        #expect(try await ben.bodies(anna) == ["hello", "can you hear me?", "as if nothing had happened"])
    }

    @Test(.timeLimit(.minutes(5)), arguments: [-3_600.0, 3_600])
    func `a wrong clock does not keep messages from arriving with the right time`(offset: TimeInterval) async throws {
        let network = try await TestNetwork()
        let ben = try await network.newcomer("Ben")
        let anna = try await network.newcomer("Anna", now: { Date().addingTimeInterval(offset) })
        try await anna.says("what time is it?", to: ben)
        try await ben.gets(.request, from: anna)
        let message = try #require(try await ben.messages(anna).first)
        #expect(abs(message.sentAt.timeIntervalSinceNow) < 60)
        let measured = try #require(anna.messenger.network.status.clockOffset)
        #expect(abs(measured / .seconds(1) + offset) < 30, "the status names the difference")
        try await ben.says("half past", to: anna)
        try await anna.gets("half past", from: ben)
    }

    @Test(.timeLimit(.minutes(5))) func `a message written under a wrong clock is dated anew before anybody sees it`()
        async throws
    {
        let network = try await TestNetwork()
        let ben = try await network.newcomer("Ben")
        let offline = try await Messenger.open(network.options("Anna", now: { Date().addingTimeInterval(3_600) }))
        let anna = Person(messenger: offline, id: try await offline.createAccount(displayName: "Anna"))
        let message = try await offline.send("written offline", to: ben.conversation)
        #expect(try #require(try await anna.store.message(message)).sentAt.timeIntervalSinceNow > 3_000)
        await offline.start()
        try await ben.gets(.request, from: anna)
        let sentAt = try #require(try await anna.store.message(message)).sentAt
        #expect(abs(sentAt.timeIntervalSinceNow) < 60)
        #expect(try await ben.messages(anna).map(\.sentAt) == [sentAt])
        try await anna.says("written online", to: ben)
        #expect(try await anna.messages(ben).map(\.body) == ["written offline", "written online"])
    }
}
