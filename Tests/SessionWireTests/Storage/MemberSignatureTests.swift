import BaseKit
import SessionWire
import SodiumKit
import Testing

@Suite struct MemberSignatureTests {
    static let keys = AccountKeys.generate()
    static let node = Ed25519.KeyPair.generate()
    static let time: UInt64 = 1_775_000_000_000

    static func hash(_ text: String) -> MessageHash {
        .compute(account: keys.accountBytes, namespace: .messages, data: Array(text.utf8))
    }

    /// Every method that all members carry out, with the entry of an honest member but for its signature.
    static var recursive: [(StorageRequest, [String: JSONValue], [UInt8])] {
        let (a, b) = (hash("a"), hash("b"))
        let sorted = [a, b].sorted()
        let list = JSONValue.array(sorted.map { .string($0.rawValue) })
        let account = keys.accountBytes
        let namespaces: JSONValue = ["0": [.string(a.rawValue)], "2": [.string(b.rawValue)]]
        let store = StoreRequest(account: keys.accountID, data: Array("a".utf8), ttl: 60_000, timestamp: time)
        var rows: [(StorageRequest, [String: JSONValue], [UInt8])] = [
            (.store(store), ["hash": .string(a.rawValue), "expiry": 5], MemberSignature.store(a)),
            (
                .delete(DeleteRequest(signer: keys, messages: [b, a])), ["deleted": list],
                MemberSignature.delete(account: account, requested: [b, a], deleted: sorted)
            ),
            (
                .deleteAll(DeleteAllRequest(signer: keys, namespaces: .one(.messages), timestamp: time)),
                ["deleted": list], MemberSignature.bulk(account: account, number: time, hashes: sorted)
            ),
            (
                .deleteAll(DeleteAllRequest(signer: keys, namespaces: .all, timestamp: time)), ["deleted": namespaces],
                MemberSignature.bulk(account: account, number: time, hashes: sorted)
            ),
            (
                .deleteBefore(DeleteBeforeRequest(signer: keys, namespaces: .one(.messages), before: 7)),
                ["deleted": list], MemberSignature.bulk(account: account, number: 7, hashes: sorted)
            ),
            (
                .expireAll(ExpireAllRequest(signer: keys, namespaces: .all, expiry: 9)), ["updated": namespaces],
                MemberSignature.bulk(account: account, number: 9, hashes: sorted)
            ),
        ]
        rows.append(
            (
                .expire(ExpireRequest(signer: keys, messages: [b, a], expiry: 11, change: .extend)),
                ["updated": [.string(a.rawValue)], "unchanged": [b.rawValue: 12], "expiry": 11],
                MemberSignature.expire(
                    account: account, expiries: [11], requested: [b, a], updated: [a], unchanged: [b: 12])
            ))
        rows.append(
            (
                .expire(ExpireRequest(signer: keys, messages: [b, a], expiries: [11, 12], change: .set)),
                ["updated": list, "expiry": [12, 11]],
                MemberSignature.expire(account: account, expiries: [12, 11], requested: [b, a], updated: sorted)
            ))
        if let token = SubaccountToken(prefix: 3, access: .read, key: node.publicKey) {
            let request = RevokeRequest(signer: keys, tokens: [token], timestamp: time)
            let text = MemberSignature.revoke(account: account, timestamp: time, tokens: [token])
            rows.append((.revokeSubaccounts(request), [:], text))
            rows.append((.unrevokeSubaccounts(request), ["count": 1], text))
        }
        return rows
    }

    @Test func `no method is missing`() { #expect(Self.recursive.count == 10) }

    @Test(arguments: recursive)
    func `an honest member is believed, a lying one is not`(
        request: StorageRequest, fields: [String: JSONValue], text: [UInt8]
    ) throws {
        let id = try #require(ServiceNodeID(Self.node.publicKey))
        var signed = fields
        signed["signature"] = .string(Self.node.sign(text).base64)
        #expect(MemberSignature.isValid(MemberResult(fields: signed), from: id, for: request))

        let stranger = try #require(ServiceNodeID(Ed25519.KeyPair.generate().publicKey))
        #expect(!MemberSignature.isValid(MemberResult(fields: signed), from: stranger, for: request))
        #expect(!MemberSignature.isValid(MemberResult(fields: fields), from: id, for: request))

        var failed = signed
        failed["failed"] = true
        #expect(!MemberSignature.isValid(MemberResult(fields: failed), from: id, for: request))

        var forged = signed
        forged["signature"] = .string(Self.node.sign(text + [0]).base64)
        #expect(!MemberSignature.isValid(MemberResult(fields: forged), from: id, for: request))

        for field in ["hash", "deleted", "updated", "expiry", "unchanged"] where fields[field] != nil {
            if field == "expiry", case .store = request { continue }  // not covered by the signature
            var other = signed
            other[field] = field == "hash" ? .string(Self.hash("c").rawValue) : [.string(Self.hash("c").rawValue)]
            #expect(!MemberSignature.isValid(MemberResult(fields: other), from: id, for: request))
        }
    }

    @Test func `only members of the swarm we know count`() throws {
        let request = StoreRequest(account: Self.keys.accountID, data: [1], ttl: 60_000, timestamp: Self.time)
        let nodes = (0..<3).map { _ in Ed25519.KeyPair.generate() }
        let ids = try nodes.map { try #require(ServiceNodeID($0.publicKey)) }
        var swarm: [String: JSONValue] = [:]
        for (node, id) in zip(nodes, ids) {
            swarm[id.description] = [
                "hash": .string(request.expectedHash.rawValue),
                "signature": .string(node.sign(MemberSignature.store(request.expectedHash)).base64),
            ]
        }
        let timedOut = try #require(ServiceNodeID([UInt8](repeating: 1, count: 32)))
        swarm[timedOut.description] = ["failed": true, "timeout": true]
        let reply = try StoreReply([
            "hash": .string(request.expectedHash.rawValue), "swarm": .object(swarm), "t": 1_775_000_000_000,
        ])
        #expect(reply.confirmed(request, by: Set(ids[..<2] + [timedOut])) == Set(ids[..<2]))
        #expect(reply.members[timedOut]?.failure == .timedOut)
    }

    @Test(
        arguments: [
            (["failed": true, "timeout": true], .timedOut),
            (["failed": true, "bad_peer_response": true], .badResponse),
            (["failed": true, "query_failure": true], .query), (["failed": true], .unspecified),
            (["failed": true, "code": "503", "reason": "busy"], .refused(status: "503", reason: "busy")), ([:], nil),
            (["failed": false], nil),
        ] as [([String: JSONValue], MemberResult.Failure?)])
    func `failures of members are told apart`(fields: [String: JSONValue], failure: MemberResult.Failure?) {
        #expect(MemberResult(fields: fields).failure == failure)
    }
}
