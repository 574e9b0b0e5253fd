import BaseKit
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct StorageAuthVectors {
    @Test(arguments: VectorFile.cases(of: "storage_auth"))
    func `signed requests and answers are those of the reference`(vector: VectorCase) throws {
        switch vector.op {
        case "sign_request", "sign_request_bytes":
            try checkRequest(vector, signer: try vector.owner())
        case "subaccount_request": try checkSubaccount(vector)
        case "unsigned_request": try checkUnsigned(vector)
        case "verify_request":
            let parameters = try vector.parameters()
            let failure = try StorageAuth.verify(
                method: vector.text("method"), parameters: parameters, now: vector.now(parameters))
            #expect(vector.mustReject)
            #expect(failure?.status == 401)
        case "node_response", "node_response_bytes": try checkAnswer(vector)
        default: Issue.record("unknown op \(vector.op)")
        }
    }

    /// Makes the request as a client, compares signed bytes, signature and parameters, and checks it as a server.
    private func checkRequest(_ vector: VectorCase, signer: any StorageSigner) throws {
        let parameters = try vector.parameters()
        let recorder = RecordingSigner(signer)
        let request = try StorageRequest(method: vector.text("method"), recorded: parameters, signer: recorder)
        #expect(try request.method == vector.text("method"))
        #expect(request.parameters == .object(parameters))
        #expect(try recorder.signed == vector.signedBytes())
        #expect(try signer.sign(vector.signedBytes()) == vector.bytes("signature"))

        let now = vector.now(parameters)
        let failure = try StorageAuth.verify(method: vector.text("method"), parameters: parameters, now: now)
        if vector.mustReject {
            #expect(failure?.status == 401)
        } else {
            #expect(failure == nil)
            #expect(try StorageCall.parse(request.encoded()).account == signer.accountBytes)
        }
    }

    private func checkSubaccount(_ vector: VectorCase) throws {
        let group = try #require(GroupID(vector.text("group_id")))
        let keys = try vector.person("member")
        let authData = try vector.bytes("signing_value")
        let signer = try #require(GroupMemberSigner(unchecked: authData, group: group, keys: keys))
        let subaccount = try #require(signer.subaccount)
        #expect(try subaccount.token.bytes == vector.bytes("subaccount"))
        #expect(try subaccount.signature == vector.bytes("subaccount_sig"))
        #expect(try Int(subaccount.token.access.rawValue) == vector.int("token_flags"))
        try checkRequest(vector, signer: signer)

        // A token that was taken away opens what cannot be revoked, and nothing else.
        let parameters = try vector.parameters()
        let revoked = try StorageAuth.verify(
            method: vector.text("method"), parameters: parameters, now: vector.now(parameters)
        ) { $0 == subaccount.token }
        let isUnrevocable = parameters["namespace"] == -11
        #expect((revoked == nil) == (isUnrevocable && !vector.mustReject))
    }

    private func checkUnsigned(_ vector: VectorCase) throws {
        let parameters = try vector.parameters()
        let request = try StorageRequest(method: vector.text("method"), recorded: parameters, signer: nil)
        #expect(request.parameters == .object(parameters))
        #expect(
            try StorageAuth.verify(
                method: vector.text("method"), parameters: parameters, now: vector.now(parameters)) == nil)
    }

    private func checkAnswer(_ vector: VectorCase) throws {
        let node = try #require(Ed25519.KeyPair(seed: vector.secret("snode_ed25519_seed")))
        #expect(try node.publicKey == vector.bytes("snode_ed25519_pubkey"))
        let fields = try #require(JSONValue.parse(vector.value("response").json).objectValue)
        let account = try fields["pubkey"]?.stringValue.map { try #require([UInt8](hex: $0)) } ?? []
        let text: [UInt8]
        switch vector.name {
        case "node-response/store":
            text = MemberSignature.store(try #require(fields.hash("hash")))
        case "node-response/delete":
            text = MemberSignature.delete(
                account: account, requested: try fields.hashes("requested"), deleted: try fields.hashes("deleted"))
        case let name where name.hasPrefix("node-response/delete_all"):
            text = MemberSignature.bulk(
                account: account, number: try fields.time("timestamp"), hashes: try fields.hashes("deleted"))
        case let name where name.hasPrefix("node-response/expire"):
            text = MemberSignature.expire(
                account: account, expiries: [try fields.time("expiry")], requested: try fields.hashes("requested"),
                updated: try fields.hashes("updated"), unchanged: try fields.unchanged())
        case let name where name.hasPrefix("node-response/revoke"):
            let tokens = try #require(fields["revoked"]?.arrayValue).map { item in
                try #require(item.stringValue.flatMap { SubaccountToken($0) })
            }
            text = MemberSignature.revoke(account: account, timestamp: try fields.time("timestamp"), tokens: tokens)
        default:
            Issue.record("unknown kind of answer")
            return
        }
        #expect(try text == vector.signedBytes())
        let signature = node.sign(text)
        #expect(fields["signature"]?.stringValue == signature.base64)
        let id = try #require(ServiceNodeID(node.publicKey))
        #expect(Ed25519.verify(signature, text, publicKey: id.bytes))
    }
}

extension VectorCase {
    func parameters() throws -> [String: JSONValue] {
        try #require(JSONValue.parse(value("params").json).objectValue)
    }

    /// A clock that fits the request.
    func now(_ parameters: [String: JSONValue]) -> UInt64 {
        let times = ["sig_timestamp", "timestamp", "before", "expiry"].compactMap { parameters[$0]?.uint64Value }
        return times.first ?? 1_775_000_000_000
    }

    func signedBytes() throws -> [UInt8] {
        try has("signed_bytes") ? bytes("signed_bytes") : Array(text("signed_string").utf8)
    }

    /// The owner of the account, of either kind.
    func owner() throws -> any StorageSigner {
        let seed = try bytes("signer_ed25519_seed")
        let keys = try #require(Ed25519.KeyPair(seed: SecretBytes(seed)))
        #expect(try keys.publicKey == bytes("signer_ed25519_pubkey"))
        if try object("params").text("pubkey").hasPrefix("03") { return OwnerSigner(keys: keys) }
        return try AccountKeys(seed: SecretBytes(Array(seed.prefix(AccountKeys.seedSize))))
    }
}

extension [String: JSONValue] {
    func hash(_ name: String) -> MessageHash? { self[name]?.stringValue.flatMap(MessageHash.init) }

    func hashes(_ name: String) throws -> [MessageHash] {
        try #require(self[name]?.arrayValue).map { try #require($0.stringValue.flatMap(MessageHash.init)) }
    }

    func time(_ name: String) throws -> UInt64 { try #require(self[name]?.uint64Value) }

    func unchanged() throws -> [MessageHash: UInt64] {
        var unchanged: [MessageHash: UInt64] = [:]
        for (hash, expiry) in self["unchanged"]?.objectValue ?? [:] {
            let (hash, time): (MessageHash, UInt64) = (
                try #require(MessageHash(hash)), try #require(expiry.uint64Value)
            )
            unchanged[hash] = time
        }
        return unchanged
    }
}
