import BaseKit
import SessionWire
import Testing

@Suite struct StorageReplyTests {
    static let account = [0x05] + [UInt8](repeating: 7, count: 32)
    static let key = String(repeating: "5c", count: 32)

    private func json(_ text: String) throws -> JSONValue { try StorageReply.parse(Array(text.utf8)) }

    @Test func `messages are read in their order`() throws {
        let messages = ["b", "a"].map { text in
            StoredMessage(
                hash: .compute(account: Self.account, namespace: .messages, data: Array(text.utf8)), timestamp: 1,
                expiration: .max, data: Array(text.utf8))
        }
        let body: JSONValue = ["messages": .array(messages.map(\.json)), "more": true, "t": 1_775_000_000_000]
        let reply = try RetrieveReply(json(body.encodedText()))
        #expect(reply == RetrieveReply(messages: messages, more: true))
        #expect(reply.messages[0].isGenuine(account: Self.account, namespace: .messages))
        #expect(!reply.messages[0].isGenuine(account: Self.account, namespace: .contacts))
    }

    @Test(arguments: [
        "{}", #"{"messages":{}}"#, #"{"messages":[1]}"#, #"{"messages":[{}]}"#,
        #"{"messages":[{"hash":"x","timestamp":1,"expiration":1,"data":""}]}"#,
        #"{"messages":[{"hash":"tse7cPdGXVWduXXcEKR/FS0RYFBYv/dQ0HmjzQMyqQo","timestamp":-1,"expiration":1,"data":""}]}"#,
        #"{"messages":[{"hash":"tse7cPdGXVWduXXcEKR/FS0RYFBYv/dQ0HmjzQMyqQo","timestamp":1,"expiration":1,"data":"!"}]}"#,
        #"{"messages":[{"hash":"tse7cPdGXVWduXXcEKR/FS0RYFBYv/dQ0HmjzQMyqQo","timestamp":1.5,"expiration":1,"data":""}]}"#,
    ])
    func `a malformed list of messages is refused`(text: String) throws {
        let body = try json(text)
        #expect(throws: StorageReplyError.self) { try RetrieveReply(body) }
    }

    @Test func `data above the limit is refused`() throws {
        let hash = MessageHash.compute(account: Self.account, namespace: .messages, data: [])
        for (count, isTaken) in [(StoreRequest.maximumData, true), (StoreRequest.maximumData + 1, false)] {
            let message = StoredMessage(
                hash: hash, timestamp: 1, expiration: 1, data: [UInt8](repeating: 0, count: count))
            let reply = try? RetrieveReply(["messages": [message.json], "more": false])
            #expect((reply != nil) == isTaken)
        }
    }

    @Test func `a swarm is read, members without address are left out`() throws {
        let text = #"""
            {"snodes":[{"address":"x.snode","pubkey_legacy":"\#(Self.key)","pubkey_x25519":"\#(Self.key)",
            "pubkey_ed25519":"\#(Self.key)","ip":"1.2.3.4","port":"22021","port_https":22021,"port_omq":22020},
            {"pubkey_x25519":"\#(Self.key)","pubkey_ed25519":"\#(Self.key)","ip":"0.0.0.0","port":"1","port_https":1},
            {"pubkey_x25519":"\#(Self.key)","pubkey_ed25519":"\#(Self.key)","ip":"1.2.3.5","port":"22023"},
            {"ip":"1.2.3.6"}],"swarm":"1ff","t":1775000000000,"hf":[19,6]}
            """#
        let body = try json(text)
        let reply = try SwarmReply(body)
        #expect(reply.swarmID == 0x1ff)
        #expect(reply.nodes.map(\.address.description) == ["1.2.3.4", "1.2.3.5"])
        #expect(reply.nodes.map(\.port) == [22_021, 22_023])
        #expect(reply.nodes.allSatisfy { $0.swarmID == 0x1ff })
        #expect(body.networkTime == 1_775_000_000_000)
        #expect(body.hardFork == HardFork(major: 19, revision: 6))
    }

    @Test func `an account without swarm has none`() throws {
        let reply = try SwarmReply(json(#"{"snodes":[],"swarm":"ffffffffffffffff"}"#))
        #expect(reply.swarmID == nil && reply.nodes.isEmpty)
    }

    @Test func `endless lists are refused`() {
        let members = [JSONValue](repeating: [:], count: StorageReply.maximumMembers + 1)
        #expect(throws: StorageReplyError.tooMany("swarm members")) { try SwarmReply(["snodes": .array(members)]) }
        let nodes = [JSONValue](repeating: [:], count: ServiceNodeList.maximumNodes + 1)
        #expect(throws: StorageReplyError.tooMany("nodes")) {
            try ServiceNodeList(["result": ["service_node_states": .array(nodes)]])
        }
        let results = [JSONValue](repeating: ["code": 200, "body": [:]], count: 3)
        #expect(throws: StorageReplyError.tooMany("results")) {
            try BatchReply(["results": .array(results)], requests: 2)
        }
    }

    @Test func `the list of a seed is read`() throws {
        let text = #"""
            {"jsonrpc":"2.0","id":0,"result":{"height":9,"status":"OK","service_node_states":[
            {"public_ip":"1.2.3.4","storage_port":22021,"pubkey_x25519":"\#(Self.key)","pubkey_ed25519":"\#(Self.key)",
            "requested_unlock_height":0,"swarm_id":18446744073709551614},
            {"public_ip":"","storage_port":22021,"pubkey_x25519":"\#(Self.key)","pubkey_ed25519":"\#(Self.key)"},
            {"public_ip":"0.0.0.0","storage_port":1,"pubkey_x25519":"\#(Self.key)","pubkey_ed25519":"\#(Self.key)"},
            {"public_ip":"1.2.3.4","storage_port":65536,"pubkey_x25519":"\#(Self.key)","pubkey_ed25519":"\#(Self.key)"},
            {"public_ip":"1.2.3.4","storage_port":1,"pubkey_x25519":"","pubkey_ed25519":"\#(Self.key)"}]}}
            """#
        let list = try ServiceNodeList(json(text))
        #expect(list.height == 9)
        #expect(list.nodes.count == 1)
        #expect(list.nodes.first?.swarmID == .max - 1 as UInt64)
    }

    @Test func `a batch keeps the order of its requests`() throws {
        let reply = try BatchReply(json(#"{"results":[{"code":200,"body":{"t":1}},{"code":421,"body":"x"}]}"#))
        #expect(reply.results.map(\.status) == [200, 421])
        #expect(reply.results.map(\.isSuccess) == [true, false])
        #expect(reply.results[1].body == "x")
        #expect(reply.uniformStatus == nil)
        #expect(
            try BatchReply(json(#"{"results":[{"code":406,"body":""},{"code":406,"body":""}]}"#)).uniformStatus == 406)
        #expect(try BatchReply(json(#"{"results":[]}"#)).uniformStatus == nil)
        let malformed = try json(#"{"results":[{"code":"200","body":{}}]}"#)
        #expect(throws: StorageReplyError.self) { try BatchReply(malformed) }
    }

    @Test func `info, expiries and names are read`() throws {
        let info = try InfoReply(json(#"{"version":[2,8,0],"timestamp":1775000000000,"t":1,"hf":[19,6]}"#))
        #expect(info.version == [2, 8, 0] && info.timestamp == 1_775_000_000_000)
        #expect(throws: StorageReplyError.self) { try InfoReply(["timestamp": -1]) }
        let hash = "tse7cPdGXVWduXXcEKR/FS0RYFBYv/dQ0HmjzQMyqQo"
        let expiries = try ExpiriesReply(["expiries": [hash: 12]])
        #expect(expiries.expiries.map(\.value) == [12])
        #expect(throws: StorageReplyError.self) { try ExpiriesReply(["expiries": ["x": 12]]) }
        let nonce = String(repeating: "00", count: 24)
        let name = try OnsReply(["result": ["encrypted_value": .string(Self.key), "nonce": .string(nonce)]])
        #expect(name.encryptedValue?.count == 32 && name.nonce?.count == 24)
        #expect(try OnsReply(["result": [:]]).encryptedValue == nil)
        #expect(throws: StorageReplyError.self) { try OnsReply(["result": ["nonce": "00"]]) }
    }

    @Test(arguments: ["1609419600000", "-5", "1.5", "\"1775000000000\"", "18446744073709551615", "null"])
    func `a time that cannot be is not taken`(text: String) throws {
        #expect(try json(#"{"t":\#(text)}"#).networkTime == nil)
    }

    @Test func `damaged answers never trap`() {
        let text =
            #"{"results":[{"code":200,"body":{"messages":[],"more":false}}],"snodes":[{"ip":"1.2.3.4"}],"swarm":{"#
            + #""\#(Self.key)":{"deleted":{"0":[]},"expiry":[1]}},"t":1775000000000,"hf":[19,6],"expiries":{}}"#
        for bytes in BadInput.variants(of: Array(text.utf8)) {
            guard let body = try? StorageReply.parse(bytes) else { continue }
            _ = try? BatchReply(body)
            _ = try? SwarmReply(body)
            _ = try? StoreReply(body)
            _ = try? RecursiveReply(body)
            _ = try? ExpiriesReply(body)
            _ = try? ServiceNodeList(body)
            _ = (body.networkTime, body.hardFork)
        }
    }
}
