import BaseKit
import Devnet
import SessionWire
import Testing

/// Rows of the reference's own network tests that no other suite here has.
/// - Source: network.md §9.4
@Suite("The reference's catalogue on the devnet") struct CatalogueTests {
    let client: DevnetClient
    let person = Person()
    let now: Int64
    let swarm: [Int]

    init() async throws {
        client = try await DevnetClient.start()
        now = await client.devnet.now
        swarm = await client.devnet.swarm(of: person.id)
    }

    private func ask(_ method: String, _ parameters: JSONValue, of member: Int = 0) async throws -> DevnetClient.Reply {
        try await client.ask(swarm[member], method, parameters)
    }

    private func storeOne(_ data: [UInt8], namespace: Int = 0) async throws -> String {
        let reply = try await ask("store", person.store(data, namespace: namespace, at: now))
        return try #require(reply.json["hash"]?.stringValue)
    }

    @Test(arguments: [-61_000, 61_000] as [Int64]) func `clearing needs a fresh time`(_ offset: Int64) async throws {
        _ = try await storeOne([1])
        let time = now + offset + (offset > 0 ? 60_000 : 0)
        let reply = try await ask("delete_all", person.signed("delete_all\(time)", ["timestamp": .int(time)]))
        #expect(reply.status == 406)
        #expect(await client.devnet.messages(of: person.id).allSatisfy { $0.count == 1 })
    }

    @Test func `only one namespace is cleared when one is named`() async throws {
        let gone = try await storeOne([1], namespace: 3)
        _ = try await storeOne([2])
        let clear = person.signed("delete_all3\(now)", ["namespace": 3, "timestamp": .int(now)])
        let reply = try await ask("delete_all", clear)
        #expect(reply.json["swarm"]?.objectValue?.values.allSatisfy { $0["deleted"] == [.string(gone)] } == true)
        #expect(await client.devnet.messages(of: person.id).allSatisfy { $0.count == 1 })
    }

    @Test func `what is required and not there is not found, what is there is`() async throws {
        let hash = try await storeOne([1])
        let parameters = person.signed("delete\(hash)", ["messages": [.string(hash)], "required": true])
        #expect(try await ask("delete", parameters).status == 200)
        #expect(try await ask("delete", parameters).status == 404)
        #expect(try await ask("delete", parameters, of: 1).status == 404)
    }

    @Test func `a life cannot be shortened and extended at once`() async throws {
        let hash = try await storeOne([1])
        let end = now + 1_000_000
        let fields: [String: JSONValue] = [
            "messages": [.string(hash)], "expiry": .int(end), "shorten": true, "extend": true,
        ]
        #expect(try await ask("expire", person.signed("expireshorten\(end)\(hash)", fields)).status == 400)
    }

    @Test(arguments: [(2, 100_000, 2), (4, 2_800, 2), (4, 1, 1)])
    func `of count and size the smaller decides`(_ count: Int64, _ size: Int64, _ expected: Int) async throws {
        for byte in UInt8(0)..<4 { _ = try await storeOne([UInt8](repeating: byte, count: 900)) }
        let more: [String: JSONValue] = ["max_count": .int(count), "max_size": .int(size)]
        let reply = try await ask("retrieve", person.retrieve(at: now, more: more))
        #expect(reply.json["messages"]?.arrayValue?.count == expected)
        #expect(reply.json["more"] == true)
    }

    @Test func `legacy groups store and read without a signature`() async throws {
        let id = JSONValue.string(person.id.description)
        let store: JSONValue = [
            "pubkey": id, "namespace": -10, "timestamp": .int(now), "ttl": 86_400_000, "data": .string([7].base64),
        ]
        #expect(try await ask("store", store).status == 200)
        let read = try await ask("retrieve", ["pubkey": id, "namespace": -10])
        #expect(read.json["messages"]?.arrayValue?.count == 1)
    }

    @Test func `the signature may have another time than the message`() async throws {
        let fields: [String: JSONValue] = [
            "namespace": 3, "timestamp": .int(now - 600_000), "sig_timestamp": .int(now), "ttl": 86_400_000,
            "data": .string([7].base64),
        ]
        #expect(try await ask("store", person.signed("store3\(now)", fields)).status == 200)
        let stale = person.signed("store3\(now - 600_000)", fields.filter { $0.key != "sig_timestamp" })
        let reply = try await ask("store", stale)
        #expect(reply.status == 406)
        #expect(reply.text == "store signature timestamp too far from current time")
    }

    @Test func `a store that every member fails is an error`() async throws {
        await client.devnet.plan(Fault(.memberQueryFailure))
        let reply = try await ask("store", person.store([1], at: now))
        #expect(reply.status == 500)
        let members = try #require(reply.json["swarm"]?.objectValue)
        #expect(members.count == swarm.count)
        #expect(members.values.allSatisfy { $0 == ["failed": true, "query_failure": true] })
    }

    @Test func `members that missed a message have another order, and a foreign last hash begins anew`() async throws {
        await client.devnet.inject([1], for: person.id, onlyNode: swarm[1])
        let common = try await storeOne([2])
        await client.devnet.inject([1], for: person.id, onlyNode: swarm[0])
        var orders: [[String]] = []
        for member in 0..<2 {
            let reply = try await ask("retrieve", person.retrieve(at: now), of: member)
            orders.append(reply.json["messages"]?.arrayValue?.compactMap { $0["hash"]?.stringValue } ?? [])
        }
        #expect(orders[0] == orders[1].reversed() && orders[0].first == common)
        let rest = try await ask("retrieve", person.retrieve(last: orders[0][1], at: now), of: 2)
        #expect(rest.json["messages"]?.arrayValue?.count == 1, "the third member never had the other message")
    }

    @Test func `keys and ids may be written in capitals`() async throws {
        var fields = try #require(person.retrieve(at: now).objectValue)
        fields["pubkey"] = .string(person.id.description.uppercased())
        fields["pubkey_ed25519"] = .string(person.keys.ed25519PublicKey.hex.uppercased())
        fields["something_new"] = ["unknown": true]
        #expect(try await ask("retrieve", .object(fields)).status == 200)
    }
}
