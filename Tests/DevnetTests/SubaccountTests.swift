import BaseKit
import Devnet
import SessionWire
import SodiumKit
import Testing

/// A group and one member with a token of its own.
private struct Group {
    let admin = Ed25519.KeyPair.generate()
    let member = Ed25519.KeyPair.generate()
    var id: String { "03" + admin.publicKey.hex }

    func token(flags: UInt8 = 3, prefix: UInt8 = 3) -> [UInt8] { [prefix, flags, 0, 0] + member.publicKey }

    func asMember(_ text: String, _ fields: [String: JSONValue], token: [UInt8]) -> JSONValue {
        var fields = fields
        fields["pubkey"] = .string(id)
        fields["subaccount"] = .string(token.base64)
        fields["subaccount_sig"] = .string(admin.sign(token).base64)
        fields["signature"] = .string(member.sign(Array(text.utf8)).base64)
        return .object(fields)
    }

    func asAdmin(_ text: [UInt8], _ fields: [String: JSONValue]) -> JSONValue {
        var fields = fields
        fields["pubkey"] = .string(id)
        fields["signature"] = .string(admin.sign(text).base64)
        return .object(fields)
    }
}

@Suite("Subaccounts on the devnet") struct SubaccountTests {
    let client: DevnetClient
    private let group = Group()
    let now: Int64
    let node: Int

    init() async throws {
        client = try await DevnetClient.start()
        now = await client.devnet.now
        let swarm = try await client.ask(0, "get_swarm", ["pubkey": .string(group.id)])
        let key = try #require(swarm.json["snodes"]?.arrayValue?.first?["pubkey_ed25519"]?.stringValue)
        let id = try #require(ServiceNodeID(hex: key))
        node = try #require(await client.devnet.node(withID: id))
    }

    private func read(namespace: Int = 11, token: [UInt8]) async throws -> Int {
        let fields: [String: JSONValue] = ["namespace": .int(Int64(namespace)), "timestamp": .int(now)]
        return try await client.ask(
            node, "retrieve", group.asMember("retrieve\(namespace)\(now)", fields, token: token)
        ).status
    }

    private func storeAsAdmin(namespace: Int = 11) async throws -> Int {
        let fields: [String: JSONValue] = [
            "namespace": .int(Int64(namespace)), "timestamp": .int(now), "ttl": 86_400_000, "data": "AAAA",
        ]
        return try await client.ask(
            node, "store", group.asAdmin(Array("store\(namespace)\(now)".utf8), fields)
        ).status
    }

    @Test(
        arguments: [
            (1, 3, 200), (3, 3, 200), (2, 3, 401), (0, 3, 401), (1, 5, 401), (9, 5, 200),
        ] as [(UInt8, UInt8, Int)])
    func `reading needs the right to read and the right prefix`(
        _ flags: UInt8, _ prefix: UInt8, _ status: Int
    ) async throws {
        #expect(try await read(token: group.token(flags: flags, prefix: prefix)) == status)
    }

    @Test func `a revoked token reads only the notice for revoked members`() async throws {
        #expect(try await storeAsAdmin() == 200)
        let token = group.token()
        #expect(try await read(token: token) == 200)
        let revoke = group.asAdmin(
            Array("revoke_subaccount\(now)".utf8) + token,
            ["revoke": .string(token.hex), "timestamp": .int(now)])
        #expect(try await client.ask(node, "revoke_subaccount", revoke).status == 200)
        #expect(try await read(token: token) == 401)
        #expect(try await read(namespace: -11, token: token) == 200)

        let restore = group.asAdmin(
            Array("unrevoke_subaccount\(now)".utf8) + token,
            ["unrevoke": .string(token.hex), "timestamp": .int(now)])
        let reply = try await client.ask(node, "unrevoke_subaccount", restore)
        #expect(reply.json["swarm"]?.objectValue?.values.allSatisfy { $0["count"] == 1 } == true)
        #expect(try await read(token: token) == 200)
    }

    @Test func `a revocation without messages has no effect, as on real nodes`() async throws {
        let token = group.token()
        let revoke = group.asAdmin(
            Array("revoke_subaccount\(now)".utf8) + token,
            ["revoke": [.string(token.base64)], "timestamp": .int(now)])
        #expect(try await client.ask(node, "revoke_subaccount", revoke).status == 200)
        #expect(try await read(token: token) == 200)
    }

    @Test func `the newest fifty revocations are kept`() async throws {
        #expect(try await storeAsAdmin() == 200)
        let signer = OwnerSigner(keys: group.admin)
        let oldest = try #require(SubaccountToken(group.token()))
        let others = try (0..<50).map { number in
            let key = [UInt8](repeating: UInt8(number), count: 32)
            return try #require(SubaccountToken(prefix: 3, access: .read, key: key))
        }
        func revoke(_ tokens: [SubaccountToken]) async throws -> Int {
            let request = RevokeRequest(signer: signer, tokens: tokens, timestamp: UInt64(now))
            return try await client.ask(node, .revokeSubaccounts(request)).status
        }
        #expect(try await revoke([oldest] + others) == 400)
        #expect(try await revoke([oldest]) == 200)
        #expect(try await revoke(Array(others.dropLast())) == 200)
        #expect(try await read(token: oldest.bytes) == 401)
        #expect(try await revoke(Array(others.suffix(1))) == 200)
        #expect(try await read(token: oldest.bytes) == 200)
        let question = RevokedSubaccountsRequest(signer: signer, timestamp: UInt64(now))
        let listed = try await client.ask(node, .revokedSubaccounts(question)).json["revoked_subaccounts"]
        #expect(listed == .array(others.map { .string($0.bytes.base64) }))
    }

    @Test func `a token signed by somebody else is worth nothing`() async throws {
        let stranger = Group()
        let token = stranger.token()
        let fields: [String: JSONValue] = ["namespace": 11, "timestamp": .int(now)]
        var request = try #require(stranger.asMember("retrieve11\(now)", fields, token: token).objectValue)
        request["pubkey"] = .string(group.id)
        let reply = try await client.ask(node, "retrieve", .object(request))
        #expect(reply.status == 401)
        #expect(reply.text == "retrieve signature verification failed")
    }

    @Test func `an Ed25519 key is for 05 accounts only`() async throws {
        let parameters: JSONValue = [
            "pubkey": .string(group.id), "pubkey_ed25519": .string(group.admin.publicKey.hex), "namespace": 11,
            "timestamp": .int(now), "signature": .string([UInt8](repeating: 0, count: 64).base64),
        ]
        let reply = try await client.ask(node, "retrieve", parameters)
        #expect(reply.text == "invalid request: pubkey_ed25519 is only permitted for 05[...] pubkeys")
    }
}
