import BaseKit
import Devnet
import SessionWire
import SodiumKit
import Testing

@Suite("Storage requests to the devnet") struct StorageTests {
    let client: DevnetClient
    let person = Person()
    let now: Int64
    let swarm: [Int]

    init() async throws {
        client = try await DevnetClient.start()
        now = await client.devnet.now
        swarm = await client.devnet.swarm(of: person.id)
    }

    private func ask(_ method: String, _ parameters: JSONValue) async throws -> DevnetClient.Reply {
        try await client.ask(swarm[0], method, parameters)
    }

    private func storeOne(
        _ data: [UInt8] = [1, 2, 3], namespace: Int = 0, ttl: Int64 = 86_400_000
    ) async throws -> String {
        let reply = try await ask("store", person.store(data, namespace: namespace, at: now, ttl: ttl))
        return try #require(reply.json["hash"]?.stringValue)
    }

    // MARK: Storing

    @Test func `every member signs the hash that follows from the data`() async throws {
        let reply = try await ask("store", person.store([7], at: now))
        let expected = MessageHash.compute(account: person.id.bytes, namespace: .messages, data: [7]).rawValue
        #expect(reply.json["hash"] == .string(expected))
        #expect(reply.json["hf"] == [19, 6])
        let members = try #require(reply.json["swarm"]?.objectValue)
        #expect(members.count == 6)
        for (key, member) in members {
            let node = try #require([UInt8](hex: key))
            let signature = try #require([UInt8](base64: member["signature"]?.stringValue ?? ""))
            #expect(member["hash"] == .string(expected))
            #expect(Ed25519.verify(signature, Array(expected.utf8), publicKey: node))
        }
    }

    @Test func `the same bytes are one message, and the longer life counts`() async throws {
        let first = try await ask("store", person.store([9], at: now))
        let again = try await ask("store", person.store([9], at: now, ttl: 2 * 86_400_000))
        #expect(again.json["hash"] == first.json["hash"])
        let members = try #require(again.json["swarm"]?.objectValue)
        #expect(members.values.allSatisfy { $0["already"] == true && $0["expiry"] == .int(now + 2 * 86_400_000) })
        #expect(await client.devnet.messages(of: person.id).allSatisfy { $0.count == 1 })
    }

    @Test(arguments: [(76_800, 200), (76_801, 400)]) func `data may have 76,800 bytes`(
        _ size: Int, _ status: Int
    ) async throws {
        let reply = try await ask("store", person.store([UInt8](repeating: 5, count: size), at: now))
        #expect(reply.status == status)
        if status == 400 { #expect(reply.text.contains("Message body exceeds maximum allowed length of 76800 bytes")) }
    }

    @Test(
        arguments: [
            (9_999, 0, 403), (10_000, 0, 200), (1_209_600_000, 0, 200), (1_209_600_001, 0, 403),
            (2_592_000_000, 2, 200), (2_592_000_001, 2, 403),
        ] as [(Int64, Int, Int)]) func `a lifetime has its limits`(_ ttl: Int64, _ namespace: Int, _ status: Int)
        async throws
    {
        let reply = try await ask("store", person.store([1], namespace: namespace, at: now, ttl: ttl))
        #expect(reply.status == status)
        if status == 403 { #expect(reply.text == "Provided expiry/TTL is not valid.") }
    }

    @Test(arguments: [(60_000, 406), (-3_600_000, 200), (-100_000_000, 406)] as [(Int64, Int)])
    func `a store from another time is refused`(_ offset: Int64, _ status: Int) async throws {
        let reply = try await ask("store", person.store([1], at: now + offset))
        #expect(reply.status == status)
        if status == 406 { #expect(reply.text == "Timestamp error: check your clock") }
    }

    @Test func `a private namespace needs its owner's signature`() async throws {
        var fields = try #require(person.store([1], namespace: 2, at: now).objectValue)
        let signature = fields["signature"]
        fields["signature"] = nil
        let unsigned = try await ask("store", .object(fields))
        #expect(unsigned.status == 401)
        #expect(unsigned.text == "store: signature required to store to namespace 2")

        fields["signature"] = signature
        fields["namespace"] = 3
        let misplaced = try await ask("store", .object(fields))
        #expect(misplaced.status == 401)
        #expect(misplaced.text == "store signature verification failed")

        let stale = try await ask("store", person.store([1], namespace: 2, at: now - 61_000))
        #expect(stale.status == 406)
        #expect(stale.text == "store signature timestamp too far from current time")
    }

    @Test func `nobody else can sign for an account`() async throws {
        let other = Person()
        var fields = try #require(other.store([1], namespace: 2, at: now).objectValue)
        fields["pubkey"] = .string(person.id.description)
        #expect(try await ask("store", .object(fields)).text == "store signature verification failed")
    }

    @Test func `a public outbox keeps one message`() async throws {
        _ = try await storeOne([1], namespace: -21)
        let second = try await ask("store", person.store([2], namespace: -21, at: now + 1))
        #expect(second.status == 200)
        let reply = try await ask("retrieve", ["pubkey": .string(person.id.description), "namespace": -21])
        #expect(reply.json["messages"]?.arrayValue?.map { $0["hash"] } == [second.json["hash"]])
    }

    // MARK: Reading

    @Test func `a retrieve goes on after the last hash`() async throws {
        var hashes: [String] = []
        for byte in UInt8(0)..<4 { hashes.append(try await storeOne([byte])) }
        let rest = try await ask("retrieve", person.retrieve(last: hashes[1], at: now))
        #expect(rest.json["messages"]?.arrayValue?.compactMap { $0["hash"]?.stringValue } == Array(hashes[2...]))
        let unknown = try await ask("retrieve", person.retrieve(last: String(repeating: "A", count: 43), at: now))
        #expect(unknown.json["messages"]?.arrayValue?.count == 4)
        let two = try await ask("retrieve", person.retrieve(at: now, more: ["max_count": 2]))
        #expect(two.json["messages"]?.arrayValue?.count == 2)
        #expect(two.json["more"] == true)
    }

    @Test func `a small size still gives one message`() async throws {
        for byte in UInt8(0)..<3 { _ = try await storeOne([UInt8](repeating: byte, count: 900)) }
        let one = try await ask("retrieve", person.retrieve(at: now, more: ["max_size": 1]))
        #expect(one.json["messages"]?.arrayValue?.count == 1)
        #expect(one.json["more"] == true)
        let two = try await ask("retrieve", person.retrieve(at: now, more: ["max_size": 2_800]))
        #expect(two.json["messages"]?.arrayValue?.count == 2)
    }

    @Test func `a retrieve needs a fresh signature of the owner`() async throws {
        let stale = try await ask("retrieve", person.retrieve(at: now - 61_000))
        #expect(stale.status == 406)
        #expect(stale.text == "retrieve timestamp too far from current time")
        let unsigned = try await ask("retrieve", ["pubkey": .string(person.id.description)])
        #expect(unsigned.status == 401)
        #expect(unsigned.text == "retrieve: request signature required")
        var fields = try #require(person.retrieve(at: now).objectValue)
        fields["timestamp"] = .int(now + 1)
        #expect(try await ask("retrieve", .object(fields)).text == "retrieve signature verification failed")
    }

    // MARK: Deleting and expiring

    @Test func `a deletion is done and signed by all`() async throws {
        let hash = try await storeOne()
        let reply = try await ask("delete", person.signed("delete\(hash)", ["messages": [.string(hash)]]))
        let members = try #require(reply.json["swarm"]?.objectValue)
        for (key, member) in members {
            let node = try #require([UInt8](hex: key))
            let signature = try #require([UInt8](base64: member["signature"]?.stringValue ?? ""))
            #expect(member["deleted"] == [.string(hash)])
            #expect(Ed25519.verify(signature, Array("\(person.id)\(hash)\(hash)".utf8), publicKey: node))
        }
        #expect(await client.devnet.messages(of: person.id).allSatisfy(\.isEmpty))
        let again = person.signed("delete\(hash)", ["messages": [.string(hash)], "required": true])
        #expect(try await ask("delete", again).status == 404)
    }

    @Test func `all namespaces can be cleared at once`() async throws {
        let first = try await storeOne([1])
        let second = try await storeOne([2], namespace: 2)
        let parameters = person.signed("delete_allall\(now)", ["namespace": "all", "timestamp": .int(now)])
        let reply = try await ask("delete_all", parameters)
        let member = try #require(reply.json["swarm"]?.objectValue?.values.first)
        #expect(member["deleted"] == ["0": [.string(first)], "2": [.string(second)]])
    }

    @Test func `expiry can be shortened, extended, and asked for`() async throws {
        let hash = try await storeOne()
        let later = now + 20 * 86_400_000
        let shorten = person.signed(
            "expireshorten\(later)\(hash)", ["messages": [.string(hash)], "expiry": .int(later), "shorten": true])
        let kept = try await ask("expire", shorten)
        let unchanged = try #require(kept.json["swarm"]?.objectValue?.values.first)
        #expect(unchanged["updated"] == [])
        #expect(unchanged["unchanged"] == [hash: .int(now + 86_400_000)])

        let extend = person.signed(
            "expireextend\(later)\(hash)", ["messages": [.string(hash)], "expiry": .int(later), "extend": true])
        let moved = try await ask("expire", extend)
        #expect(moved.json["swarm"]?.objectValue?.values.first?["updated"] == [.string(hash)])

        let question = person.signed(
            "get_expiries\(now)\(hash)", ["messages": [.string(hash)], "timestamp": .int(now)])
        let answer = try await ask("get_expiries", question)
        #expect(answer.json == ["expiries": [hash: .int(later)]])
    }

    @Test func `an expiry in the past is refused`() async throws {
        let hash = try await storeOne()
        let past = now - 61_000
        let parameters = person.signed("expire\(past)\(hash)", ["messages": [.string(hash)], "expiry": .int(past)])
        let reply = try await ask("expire", parameters)
        #expect(reply.status == 401)
        #expect(reply.text == "expire: timestamp should be >= current time")
    }

    @Test func `messages go with the sweep after their time`() async throws {
        _ = try await storeOne(ttl: 20_000)
        await client.devnet.advanceClock(by: .seconds(30), isSweeping: false)
        #expect(await client.devnet.messages(of: person.id)[0].count == 1)
        await client.devnet.sweep()
        #expect(await client.devnet.messages(of: person.id).allSatisfy(\.isEmpty))
    }

    // MARK: Wrappers and questions

    @Test func `a batch answers everything in order`() async throws {
        let store: JSONValue = ["method": "store", "params": person.store([1], at: now)]
        let refused: JSONValue = ["method": "retrieve", "params": person.retrieve(at: now - 70_000)]
        let info: JSONValue = ["method": "info", "params": [:]]
        let batch = try await ask("batch", ["requests": [store, refused, info]])
        #expect(batch.json["results"]?.arrayValue?.compactMap { $0["code"]?.intValue } == [200, 406, 200])
        let sequence = try await ask("sequence", ["requests": [store, refused, info]])
        #expect(sequence.json["results"]?.arrayValue?.compactMap { $0["code"]?.intValue } == [200, 406])
    }

    @Test(arguments: [(20, 200), (21, 400), (0, 400)]) func `a batch has up to twenty parts`(
        _ count: Int, _ status: Int
    ) async throws {
        let info: JSONValue = ["method": "info", "params": [:]]
        let reply = try await ask("batch", ["requests": .array(Array(repeating: info, count: count))])
        #expect(reply.status == status)
        if status == 400 { #expect(reply.text.contains("Invalid batch request: ")) }
    }

    @Test(
        arguments: [
            ("store", ["pubkey": "05"], "invalid request: Pubkey must be 66 hex digits (33 bytes) long"),
            ("retrieve", [:], "invalid request: Required field 'pubkey' missing"),
            ("retrieve", ["pubkey": 5], "invalid request: Invalid value given for 'pubkey': expected string"),
            (
                "get_swarm", ["pubkey": "a", "pubKey": "a"],
                "invalid request: Cannot specify both 'pubkey' and 'pubKey'"
            ),
            ("oxend_request", ["endpoint": "stop"], "invalid request: Invalid oxend endpoint 'stop'"),
            ("dance", [:], "no method dance"),
        ] as [(String, JSONValue, String)]) func `a wrong request is told what is wrong`(
            _ method: String, _ parameters: JSONValue, _ text: String
        ) async throws
    {
        let reply = try await ask(method, parameters)
        #expect(reply.status == 400)
        #expect(reply.text == text)
    }

    @Test func `only a member answers for an account; others name the swarm`() async throws {
        let outsider = try #require((0..<12).first { !swarm.contains($0) })
        let reply = try await client.ask(outsider, "retrieve", person.retrieve(at: now))
        #expect(reply.status == 421)
        let asked = try await client.ask(outsider, "get_swarm", ["pubkey": .string(person.id.description)])
        #expect(reply.json["snodes"] == asked.json["snodes"])
        let keys = asked.json["snodes"]?.arrayValue?.compactMap { $0["pubkey_ed25519"]?.stringValue } ?? []
        var expected: [String] = []
        for index in swarm { expected.append(try await client.devnet.serviceNode(index).id.description) }
        #expect(Set(keys) == Set(expected))
        #expect(asked.json["snodes"]?.arrayValue?.first?["port"]?.stringValue != nil)
    }

    @Test func `the list of nodes comes as JSON and as bytes`() async throws {
        let list = try await ask("oxend_request", ["endpoint": "get_service_nodes", "params": ["active_only": true]])
        #expect(list.json["result"]?["service_node_states"]?.arrayValue?.count == 12)
        let text = try await ask("active_nodes_bin", [:]).text
        let bytes = try #require([UInt8](base64: text))
        #expect(bytes.count == 12 * 51)
        #expect(Array(bytes[..<32]) == (try await client.devnet.serviceNode(0)).ed25519)
    }

    @Test func `a registered name is found`() async throws {
        await client.devnet.register("Ann", for: person.id)
        let hash = try #require(Blake2b.hash(Array("ann".utf8))).base64
        let reply = try await ask(
            "oxend_request", ["endpoint": "ons_resolve", "params": ["type": 0, "name_hash": .string(hash)]])
        #expect(reply.json["result"]?["encrypted_value"]?.stringValue?.count == 98)
    }

    @Test func `ifelse chooses by version`() async throws {
        let reply = try await ask(
            "ifelse", ["if": ["hf_at_least": [19, 3]], "then": ["method": "info", "params": [:]]])
        #expect(reply.json["condition"] == true)
        #expect(reply.json["result"]?["code"] == 200)
        let other = try await ask(
            "ifelse", ["if": ["v_before": [2]], "then": ["method": "info", "params": [:]]])
        #expect(other.json["condition"] == false)
        #expect(other.json["result"] == nil)
    }
}
