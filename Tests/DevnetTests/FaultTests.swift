import BaseKit
import Devnet
import Foundation
import SessionWire
import Testing

@Suite("Faults of the devnet") struct FaultTests {
    let client: DevnetClient
    init() async throws { client = try await DevnetClient.start() }

    private func info(_ path: [Int] = [0, 1, 2]) async throws -> DevnetClient.Reply {
        try await client.ask(5, "info", path: path)
    }

    private func failure(_ path: [Int] = [0, 1, 2]) async throws -> OnionFailure? {
        do {
            _ = try await info(path)
            return nil
        } catch DevnetClient.Failure.plain(let status, let text) {
            return OnionFailure.read(status: status, body: Array(text.utf8))
        }
    }

    @Test(arguments: [
        Fault.Kind.nextNodeNotFound, .nextNodeUnreachable, .notReady, .nodeNotReady, .busy, .timeout, .invalidResponse,
        .invalidCiphertext,
    ]) func `a hop fails once in plain text and then works again`(_ kind: Fault.Kind) async throws {
        try await client.devnet.failHop(1, kind, times: 1)
        let own = try await client.devnet.serviceNode(1).id
        let next = try await client.devnet.serviceNode(2).id
        let expected: OnionFailure =
            switch kind {
            case .nextNodeNotFound: .nextNodeNotFound(next)
            case .nextNodeUnreachable: .nextNodeUnreachable(next)
            case .notReady: .notReady("not in any swarm")
            case .nodeNotReady: .nodeNotReady(own)
            case .busy: .busy
            case .timeout: .timedOut
            case .invalidResponse: .invalidResponse
            default: .invalidCiphertext
            }
        #expect(try await failure() == expected)
        #expect(try await failure() == nil)
    }

    @Test(arguments: [406, 421, 429]) func `a relay can make up a plain answer`(_ status: Int) async throws {
        await client.devnet.plan(Fault(.plainStatus, node: 2, times: 1, status: status, text: "{}"))
        await #expect(throws: DevnetClient.Failure.plain(status, "{}")) { try await info() }
    }

    @Test(arguments: [
        Fault.Kind.garbageReply, .truncatedReply, .flippedReply, .emptyReply, .htmlReply, .wrongKeyReply, .nonJSONReply,
    ]) func `a spoiled reply does not open`(_ kind: Fault.Kind) async throws {
        let isFromDestination = [.wrongKeyReply, .nonJSONReply].contains(kind)
        try await client.devnet.failHop(isFromDestination ? 5 : 1, kind, times: 1)
        await #expect(throws: OnionError.self) { try await info() }
        #expect(try await info().status == 200)
    }

    @Test(arguments: [Fault.Kind.drop, .cutReply])
    func `a connection can end too early`(_ kind: Fault.Kind) async throws {
        try await client.devnet.failHop(0, kind, times: 1)
        await #expect(throws: (any Error).self) { try await info() }
        #expect(try await info().status == 200)
    }

    @Test func `a huge reply is larger than any client should take`() async throws {
        try await client.devnet.failHop(0, .hugeReply, times: 1)
        await #expect(throws: OneRequest.Failure.tooLarge) { try await info() }
    }

    @Test func `an endless reply does not end by itself`() async throws {
        try await client.devnet.failHop(0, .endlessReply, times: 1)
        await #expect(throws: OneRequest.Failure.self) { try await info() }
    }

    @Test func `a stopped node is named by the one before it`() async throws {
        try await client.devnet.stopNode(2)
        #expect(try await failure() == .nextNodeUnreachable(try await client.devnet.serviceNode(2).id))
        await #expect(throws: (any Error).self) { try await info([2, 0, 1]) }
        let port = try await client.devnet.serviceNode(2).port
        try await client.devnet.startNode(2)
        #expect(try await client.devnet.serviceNode(2).port == port)
        #expect(try await failure() == nil)
    }

    @Test func `a node that left is unknown, a decommissioned one still relays`() async throws {
        try await client.devnet.listNode(1, false, isKnown: true)
        #expect(try await failure() == nil)
        try await client.devnet.listNode(1, false, isKnown: false)
        #expect(try await failure() == .nextNodeNotFound(try await client.devnet.serviceNode(1).id))
        let list = try await client.ask(5, "active_nodes_bin", path: [0, 2, 3])
        #expect([UInt8](base64: list.text)?.count == 11 * 51)
    }

    @Test func `one node's view may lack another`() async throws {
        try await client.devnet.hideNode(2, from: 1)
        #expect(try await failure() == .nextNodeNotFound(try await client.devnet.serviceNode(2).id))
        #expect(try await failure([0, 3, 2]) == nil)
    }

    @Test func `a silent hop times out at the one before it`() async throws {
        try await client.devnet.muteNode(1)
        #expect(try await failure() == .timedOut)
        try await client.devnet.muteNode(1, false)
        try await client.devnet.slowNode(2, .seconds(20))
        #expect(try await failure() == .timedOut)
    }

    // MARK: Storage

    @Test func `a member that is down is reported as failed`() async throws {
        let person = Person()
        let swarm = await client.devnet.swarm(of: person.id)
        try await client.devnet.stopNode(swarm[1])
        await client.devnet.plan(Fault(.memberFails, node: swarm[2], status: 500, text: "disk"))
        await client.devnet.plan(Fault(.memberGarbles, node: swarm[3]))
        await client.devnet.plan(Fault(.memberQueryFailure, node: swarm[4]))
        let path = (0..<12).filter { !swarm.contains($0) }.prefix(3)
        let reply = try await client.ask(
            swarm[0], "store", person.store([1], at: await client.devnet.now), path: Array(path))
        #expect(reply.status == 200)
        var results: [JSONValue] = []
        for index in swarm {
            let key = try await client.devnet.serviceNode(index).id.description
            results.append(try #require(reply.json["swarm"]?[key]))
        }
        #expect(results[1] == ["failed": true, "timeout": true])
        #expect(results[2] == ["failed": true, "code": "500", "reason": "disk"])
        #expect(results[3] == ["failed": true, "bad_peer_response": true])
        #expect(results[4] == ["failed": true, "query_failure": true])
        #expect(results[5]["signature"] != nil)
        #expect(await client.devnet.messages(of: person.id).map(\.count) == [1, 0, 0, 0, 0, 1])
    }

    @Test(arguments: [Fault.Kind.forgedSignature, .wrongHash]) func `a member can lie about what it stored`(
        _ kind: Fault.Kind
    ) async throws {
        let person = Person()
        let swarm = await client.devnet.swarm(of: person.id)
        await client.devnet.plan(Fault(kind, node: swarm[3]))
        let now = await client.devnet.now
        let request = StoreRequest(
            account: person.id, data: [1], ttl: 86_400_000, timestamp: UInt64(now))
        let reply = try await client.ask(swarm[0], "store", person.store([1], at: now))
        let recursive = try RecursiveReply(reply.json)
        let liar = try await client.devnet.serviceNode(swarm[3]).id
        for (node, result) in recursive.members {
            #expect(MemberSignature.isValid(result, from: node, for: .store(request)) == (node != liar))
        }
    }

    @Test(arguments: [Fault.Kind.wrongSwarmEmpty, .wrongSwarmUnknownNodes, .wrongSwarmMalformed, .wrongSwarm])
    func `a 421 comes in every kind`(_ kind: Fault.Kind) async throws {
        let person = Person()
        let swarm = await client.devnet.swarm(of: person.id)
        await client.devnet.plan(Fault(kind, node: swarm[0], method: "retrieve", times: 1))
        let now = await client.devnet.now
        let reply = try await client.ask(swarm[0], "retrieve", person.retrieve(at: now))
        #expect(reply.status == 421)
        let expected: Int? = kind == .wrongSwarmEmpty ? 0 : kind == .wrongSwarmMalformed ? nil : 6
        #expect(reply.json["snodes"]?.arrayValue?.count == expected)
        #expect(try await client.ask(swarm[0], "retrieve", person.retrieve(at: now)).status == 200)
    }

    @Test func `a moved account is answered by its new swarm`() async throws {
        let person = Person()
        let devnet = client.devnet
        let old = await devnet.swarm(of: person.id)
        await devnet.inject([1, 2], for: person.id)
        await devnet.moveSwarm(person.id)
        let new = await devnet.swarm(of: person.id)
        #expect(Set(old).isDisjoint(with: new))
        let now = await devnet.now
        let refused = try await client.ask(old[0], "retrieve", person.retrieve(at: now))
        #expect(refused.status == 421)
        let key = try await devnet.serviceNode(new[0]).id.description
        #expect(refused.json["snodes"]?.arrayValue?.contains { $0["pubkey_ed25519"]?.stringValue == key } == true)
        let read = try await client.ask(new[0], "retrieve", person.retrieve(at: now))
        #expect(read.json["messages"]?.arrayValue?.count == 1)
    }

    @Test func `a node whose clock is off refuses signed requests`() async throws {
        let person = Person()
        let swarm = await client.devnet.swarm(of: person.id)
        try await client.devnet.skewClock(swarm[0], .seconds(70))
        let reply = try await client.ask(swarm[0], "retrieve", person.retrieve(at: await client.devnet.now))
        #expect(reply.status == 406)
    }

    @Test func `a retrieve can bring other people's messages`() async throws {
        let person = Person()
        let swarm = await client.devnet.swarm(of: person.id)
        var other = Person()
        while await client.devnet.swarm(of: other.id) != swarm { other = Person() }
        await client.devnet.inject([9], for: other.id)
        await client.devnet.plan(Fault(.foreignMessages, node: swarm[0], times: 1))
        let now = await client.devnet.now
        let lie = try await client.ask(swarm[0], "retrieve", person.retrieve(at: now))
        #expect(lie.json["messages"]?.arrayValue?.count == 1)
        let truth = try await client.ask(swarm[0], "retrieve", person.retrieve(at: now))
        #expect(truth.json["messages"] == [])
    }

    @Test func `a lost reply leaves the message stored`() async throws {
        let person = Person()
        let swarm = await client.devnet.swarm(of: person.id)
        await client.devnet.plan(Fault(.lostReply, node: swarm[0], method: "store", times: 1))
        let parameters = person.store([1], at: await client.devnet.now)
        await #expect(throws: DevnetClient.Failure.plain(504, "Request time out")) {
            try await client.ask(swarm[0], "store", parameters)
        }
        #expect(await client.devnet.messages(of: person.id).allSatisfy { $0.count == 1 })
    }
}
