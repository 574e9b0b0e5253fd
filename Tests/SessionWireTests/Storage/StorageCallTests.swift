import BaseKit
import SessionWire
import SodiumKit
import Testing

@Suite struct StorageCallTests {
    static let keys = AccountKeys.generate()
    static let now: UInt64 = 1_775_000_000_000
    static let hash = MessageHash.compute(account: keys.accountBytes, namespace: .messages, data: [])

    private func refusal(_ method: String, _ parameters: [String: JSONValue]) -> StorageRefusal? {
        do throws(StorageRefusal) {
            _ = try StorageCall.parse(method: method, parameters: parameters)
            return nil
        } catch { return error }
    }

    private func parameters(_ request: StorageRequest, _ changes: [String: JSONValue?] = [:]) -> [String: JSONValue] {
        var parameters = request.parameters.objectValue ?? [:]
        for (name, value) in changes { parameters[name] = value }
        return parameters
    }

    static func retrieve(_ namespace: Namespace = .messages, at time: UInt64 = now) -> StorageRequest {
        .retrieve(RetrieveRequest(signer: keys, namespace: namespace, lastHash: hash, timestamp: time))
    }

    static func store(
        _ namespace: Namespace = .messages, ttl: UInt64 = 60_000, at time: UInt64 = now, count: Int = 3,
        signed: Bool = false
    ) -> StorageRequest {
        .store(
            StoreRequest(
                account: keys.accountBytes, namespace: namespace, data: [UInt8](repeating: 1, count: count), ttl: ttl,
                timestamp: time, signer: signed ? keys : nil))
    }

    // MARK: Reading

    @Test(arguments: [
        ("x", "invalid json"), ("[]", "invalid json: no `method` field"), ("{}", "invalid json: no `method` field"),
        (#"{"method":1,"params":{}}"#, "invalid json: no `method` field"),
        (#"{"method":"info"}"#, "invalid json: no `params` field"),
        (#"{"method":"info","params":[]}"#, "invalid json: no `params` field"),
        (#"{"method":"nothing","params":{}}"#, "no method nothing"),
        (#"{"method":"store","params":{}}"#, "invalid request: Required field 'pubkey' missing"),
        (
            #"{"method":"get_swarm","params":{"pubkey":"05"}}"#,
            "invalid request: Pubkey must be 66 hex digits (33 bytes) long"
        ),
        (
            #"{"method":"get_swarm","params":{"pubkey":"05","pubKey":"05"}}"#,
            "invalid request: Cannot specify both 'pubkey' and 'pubKey'"
        ),
        (#"{"method":"oxend_request","params":{"endpoint":"stop"}}"#, "invalid request: Invalid oxend endpoint 'stop'"),
        (
            #"{"method":"batch","params":{"requests":[]}}"#,
            "invalid request: Invalid batch request: subrequests list empty"
        ),
        (#"{"method":"batch","params":{}}"#, "invalid request: Required field 'requests' missing"),
        (#"{"method":"batch","params":{"requests":[{"method":"info"}]}}"#, "invalid json: no `params` field"),
        (
            #"{"method":"ifelse","params":{"if":{}}}"#,
            "invalid request: Invalid ifelse request: at least one condition is required"
        ),
        (
            #"{"method":"ifelse","params":{"if":{"v_before":[2,8,0]}}}"#,
            "invalid request: Invalid ifelse request: 'then' or 'else' is required"
        ),
        (
            #"{"method":"ifelse","params":{"if":{"hf_before":[19,6,0]}}}"#,
            "invalid request: Invalid value given for 'hf_before': expected up to 2 integers"
        ),
        (
            #"{"method":"ifelse","params":{"if":{"v_before":[2]},"then":{"method":"ifelse","params":{}}}}"#,
            "invalid request: Invalid ifelse request: ifelse is not permitted inside"
        ),
    ])
    func `what cannot be read is refused in the server's words`(body: String, text: String) {
        let error = #expect(throws: StorageRefusal.self) { try StorageCall.parse(Array(body.utf8)) }
        #expect(error?.status == 400)
        #expect(error?.text == text)
    }

    @Test func `null is absent, extra parameters are ignored, case does not matter`() throws {
        let account = Self.keys.accountBytes.hex.uppercased()
        let changes: [String: JSONValue?] = [
            "last_hash": .null, "max_count": .null, "params": ["x": 1], "pubkey": .string(account),
            "pubkey_ed25519": .string(Self.keys.ed25519PublicKey.hex.uppercased()),
        ]
        let fields = parameters(Self.retrieve(), changes)
        guard case .retrieve(let call) = try StorageCall.parse(method: "retrieve", parameters: fields) else {
            Issue.record("another method")
            return
        }
        #expect(call.lastHash == nil)
        #expect(call.credentials.account == Self.keys.accountBytes)
        #expect(StorageAuth.verify(.retrieve(call), now: Self.now) == nil)
    }

    @Test(
        arguments: [
            ("timestamp", "x", "Invalid value given for 'timestamp': expected integer timestamp (in milliseconds)"),
            ("timestamp", -1, "Invalid value given for 'timestamp': expected integer timestamp (in milliseconds)"),
            ("timestamp", 999_999_999, "timestamp must be in milliseconds"),
            ("timestamp", nil, "Required field 'timestamp' missing"),
            ("namespace", 40_000, "Invalid value given for 'namespace': expected 16-bit integer"),
            ("namespace", "all", "Invalid value given for 'namespace': expected 16-bit integer"),
            ("last_hash", "short", "Invalid value given for 'last_hash': expected message hash"),
            ("lastHash", "", "Cannot specify both 'last_hash' and 'lastHash'"),
            ("signature", "AAAA", "Invalid value given for 'signature': expected base64-encoded signature"),
            ("pubkey_ed25519", "00", "Invalid value given for 'pubkey_ed25519': expected 64 hex digits (32 bytes)"),
            ("pubkey", "03" as JSONValue, "Pubkey must be 66 hex digits (33 bytes) long"),
            ("subaccount", "AAAA", "Invalid value given for 'subaccount': expected 36-byte token"),
        ] as [(String, JSONValue?, String)])
    func `a wrong parameter is named`(name: String, value: JSONValue?, detail: String) {
        let refusal = refusal("retrieve", parameters(Self.retrieve(), [name: value]))
        #expect(refusal == StorageRefusal.parameter(detail))
    }

    @Test func `an Ed25519 key belongs to accounts only`() {
        let group = "03" + Self.keys.ed25519PublicKey.hex
        let refusal = refusal("retrieve", parameters(Self.retrieve(), ["pubkey": .string(group)]))
        #expect(refusal == .parameter("pubkey_ed25519 is only permitted for 05[...] pubkeys"))
    }

    @Test func `data has a limit`() {
        #expect(refusal("store", parameters(Self.store(count: StoreRequest.maximumData))) == nil)
        #expect(
            refusal("store", parameters(Self.store(count: StoreRequest.maximumData + 1)))
                == .parameter("Message body exceeds maximum allowed length of 76800 bytes"))
        #expect(refusal("store", parameters(Self.store(), ["data": "!"])) != nil)
    }

    @Test func `numbers of a store may be text, and either lifetime or expiry is given`() throws {
        let fields = parameters(
            Self.store(), ["timestamp": .string(String(Self.now)), "ttl": "60000", "namespace": .null])
        guard case .store(let call) = try StorageCall.parse(method: "store", parameters: fields) else {
            Issue.record("something else was read")
            return
        }
        #expect(call.timestamp == Self.now && call.expiry == Self.now + 60_000)
        #expect(
            refusal("store", parameters(Self.store(), ["expiry": .number(Self.now)]))
                == .parameter("Cannot specify both 'ttl' and 'expiry'"))
        #expect(refusal("store", parameters(Self.store(), ["ttl": nil])) == .parameter("Required field 'ttl' missing"))
    }

    @Test func `a batch has a limit and no batch inside`() throws {
        let calls = [StorageRequest](repeating: Self.retrieve(), count: 20)
        guard case .batch(let read) = try StorageCall.parse(StorageRequest.batch(calls).encoded()) else {
            Issue.record("something else was read")
            return
        }
        #expect(read.count == 20)
        let bodies: [StorageRequest] = [
            .batch(calls + [.info]), .batch([.batch([.info])]), .sequence([.sequence([.info])]),
        ]
        for body in bodies {
            #expect(throws: StorageRefusal.self) { try StorageCall.parse(body.encoded()) }
        }
    }

    @Test func `expire wants one expiry for all or one for each`() {
        let request = StorageRequest.expire(
            ExpireRequest(signer: Self.keys, messages: [Self.hash], expiry: Self.now, change: .shorten))
        #expect(refusal("expire", parameters(request)) == nil)
        #expect(
            refusal("expire", parameters(request, ["extend": true]))
                == .parameter("Cannot specify both 'shorten' and 'extend'"))
        #expect(
            refusal("expire", parameters(request, ["expiry": [1, 2]]))
                == .parameter("'expiry' and 'messages' must have the same length"))
        #expect(
            refusal("expire", parameters(request, ["messages": []]))
                == .parameter("'messages' does not contain any valid message hashes"))
    }

    @Test func `one expiry in a list is still a list`() throws {
        let request = StorageRequest.expire(
            ExpireRequest(signer: Self.keys, messages: [Self.hash], expiry: Self.now, change: .set))
        for (expiry, isList) in [(.number(Self.now), false), (.array([.number(Self.now)]), true)] as [(JSONValue, Bool)]
        {
            let fields = parameters(request, ["expiry": expiry])
            guard case .expire(let call) = try StorageCall.parse(method: "expire", parameters: fields) else {
                Issue.record("something else was read")
                return
            }
            #expect(call.isList == isList)
            #expect(call.expiry(at: 0) == Self.now)
        }
    }

    @Test func `one expiry in a list is not enough for two messages`() {
        let request = StorageRequest.expire(
            ExpireRequest(signer: Self.keys, messages: [Self.hash, Self.hash], expiry: Self.now, change: .set))
        #expect(refusal("expire", parameters(request)) == nil)
        #expect(refusal("expire", parameters(request, ["expiry": .array([.number(Self.now)])])) != nil)
    }

    @Test(arguments: [(50, true), (51, false), (0, false)])
    func `up to fifty tokens are taken away at once`(count: Int, isTaken: Bool) throws {
        let tokens = try (0..<count).map { number in
            let key = [UInt8](repeating: UInt8(number), count: 32)
            return try #require(SubaccountToken(prefix: 3, access: .read, key: key))
        }
        let request = RevokeRequest(signer: Self.keys, tokens: tokens, timestamp: Self.now)
        #expect((refusal("revoke_subaccount", parameters(.revokeSubaccounts(request))) == nil) == isTaken)
        #expect((refusal("unrevoke_subaccount", parameters(.unrevokeSubaccounts(request))) == nil) == (count > 0))
    }

    @Test(
        arguments: [
            (0, 0, 1_560_000), (0, 5, 7_800_000), (1, 0, 1), (9_000_000, 0, 7_800_000), (-1, 0, 7_800_000),
            (-8, 0, 975_000), (.min, 0, 0), (.max, 0, 7_800_000),
        ] as [(Int, Int, Int)])
    func `an answer holds what was asked for`(size: Int, count: Int, expected: Int) throws {
        let changes: [String: JSONValue?] = ["max_size": .int(Int64(size)), "max_count": .int(Int64(count))]
        let fields = parameters(Self.retrieve(), changes)
        guard case .retrieve(let call) = try StorageCall.parse(method: "retrieve", parameters: fields) else {
            Issue.record("something else was read")
            return
        }
        #expect(call.answerSize == expected)
    }

    @Test func `an older server lacks methods, in batches too`() {
        for request in [.activeNodesBin, .batch([.info, .activeNodesBin])] as [StorageRequest] {
            let error = #expect(throws: StorageRefusal.self) {
                try StorageCall.parse(request.encoded(), lacking: ["active_nodes_bin"])
            }
            #expect(error == StorageRefusal(status: 400, text: "no method active_nodes_bin"))
        }
    }

    @Test(arguments: [
        (#"{"hf_at_least":[19,6]}"#, true), (#"{"hf_at_least":[19,7]}"#, false), (#"{"hf_at_least":19}"#, true),
        (#"{"hf_before":[20]}"#, true), (#"{"v_at_least":[2,8]}"#, true), (#"{"v_before":[2,8,0]}"#, false),
        (#"{"height_at_least":100}"#, true), (#"{"height_before":100,"v_at_least":[1]}"#, false),
    ])
    func `a choice is made by versions and height`(conditions: String, holds: Bool) throws {
        let text = #"{"method":"ifelse","params":{"if":\#(conditions),"then":{"method":"info","params":{}}}}"#
        guard case .choice(let choice) = try StorageCall.parse(Array(text.utf8)) else {
            Issue.record("another method")
            return
        }
        #expect(choice.holds(hardFork: [19, 6], version: [2, 8, 0], height: 100) == holds)
        #expect(choice.then == .info)
        #expect(choice.otherwise == nil)
    }

    @Test func `every method goes by its name`() throws {
        for (request, _) in Self.signed {
            #expect(try StorageCall.parse(request.encoded()).method == request.method)
        }
        let others: [StorageRequest] = [
            .info, .activeNodesBin, .serviceNodes, .getSwarm(Self.keys.accountBytes), .batch([.info]),
            .sequence([.info]),
        ]
        for request in others { #expect(try StorageCall.parse(request.encoded()).method == request.method) }
    }

    @Test func `damaged requests never trap`() {
        let requests: [StorageRequest] = [
            Self.retrieve(.contacts), Self.store(.contacts, signed: true),
            .expire(ExpireRequest(signer: Self.keys, messages: [Self.hash], expiries: [Self.now], change: .extend)),
        ]
        for request in requests {
            for bytes in BadInput.variants(of: request.encoded(), step: 2) {
                guard let call = try? StorageCall.parse(bytes) else { continue }
                _ = StorageAuth.verify(call, now: Self.now)
            }
        }
    }

    // MARK: Checks

    @Test(
        arguments: [
            (retrieve(at: now - 60_000), nil), (retrieve(at: now + 60_000), nil),
            (retrieve(at: now - 60_001), (406, "retrieve timestamp too far from current time")),
            (retrieve(at: now + 60_001), (406, "retrieve timestamp too far from current time")),
            (store(), nil), (store(ttl: 9_999), (403, "Provided expiry/TTL is not valid.")),
            (store(ttl: 14 * 86_400_000), nil),
            (store(ttl: 14 * 86_400_000 + 1), (403, "Provided expiry/TTL is not valid.")),
            (store(.contacts, ttl: 30 * 86_400_000, signed: true), nil),
            (store(at: now + 10_000), nil), (store(at: now + 10_001), (406, "Timestamp error: check your clock")),
            (store(at: now - 80_000), (406, "Timestamp error: check your clock")),
            (store(.contacts), (401, "store: signature required to store to namespace 3")),
            (
                store(.contacts, ttl: 600_000, at: now - 61_000, signed: true),
                (406, "store signature timestamp too far from current time")
            ),
            (
                .deleteAll(DeleteAllRequest(signer: keys, namespaces: .all, timestamp: now - 60_001)),
                (406, "delete_all timestamp too far from current time")
            ),
            (
                .deleteBefore(DeleteBeforeRequest(signer: keys, namespaces: .all, before: now + 60_001)),
                (401, "delete_before timestamp too far in the future")
            ),
            (
                .expire(ExpireRequest(signer: keys, messages: [hash], expiry: now - 60_001, change: .set)),
                (401, "expire: timestamp should be >= current time")
            ),
            (
                .expireAll(ExpireAllRequest(signer: keys, namespaces: .all, expiry: now - 60_001)),
                (406, "expire_all timestamp should be >= current time")
            ),
            (
                .getExpiries(GetExpiriesRequest(signer: keys, messages: [hash], timestamp: now + 60_001)),
                (406, "get_expiries timestamp too far from current time")
            ),
            (.revokeSubaccounts(RevokeRequest(signer: keys, tokens: [], timestamp: 1_000_000_000)), (400, "")),
            (.info, nil), (.serviceNodes, nil), (.activeNodesBin, nil), (.getSwarm(keys.accountBytes), nil),
        ] as [(StorageRequest, (Int, String)?)])
    func `clocks and lifetimes are checked in the server's words`(request: StorageRequest, expected: (Int, String)?) {
        let failure = StorageAuth.verify(method: request.method, parameters: parameters(request), now: Self.now)
        #expect(failure?.status == expected?.0)
        if let text = expected?.1, !text.isEmpty { #expect(failure?.text == text) }
    }

    @Test(
        arguments: [
            (.deleteAll(DeleteAllRequest(signer: keys, namespaces: .all, timestamp: now - 70_000)), true),
            (.deleteAll(DeleteAllRequest(signer: keys, namespaces: .all, timestamp: now - 70_001)), false),
            (.expireAll(ExpireAllRequest(signer: keys, namespaces: .all, expiry: now - 70_000)), true),
            (.getExpiries(GetExpiriesRequest(signer: keys, messages: [hash], timestamp: now - 60_001)), false),
        ] as [(StorageRequest, Bool)])
    func `members are patient with what another one passes on`(request: StorageRequest, isAccepted: Bool) throws {
        let call = try StorageCall.parse(request.encoded())
        #expect((StorageAuth.verify(call, now: Self.now, isForwarded: true) == nil) == isAccepted)
        #expect(StorageAuth.verify(call, now: Self.now)?.status == 406)
    }

    static let signed: [(StorageRequest, String)] = [
        (retrieve(), "retrieve"), (store(.contacts, signed: true), "store"),
        (.delete(DeleteRequest(signer: keys, messages: [hash])), "delete_msgs"),
        (.deleteAll(DeleteAllRequest(signer: keys, namespaces: .all, timestamp: now)), "delete_all"),
        (.deleteBefore(DeleteBeforeRequest(signer: keys, namespaces: .one(.contacts), before: now)), "delete_before"),
        (.expire(ExpireRequest(signer: keys, messages: [hash], expiry: now, change: .extend)), "expire:"),
        (.expireAll(ExpireAllRequest(signer: keys, namespaces: .one(.messages), expiry: now)), "expire_all"),
        (.getExpiries(GetExpiriesRequest(signer: keys, messages: [hash], timestamp: now)), "get_expiries"),
    ]

    @Test(arguments: signed)
    func `a signature must be there, right and of the owner`(request: StorageRequest, name: String) {
        let good = parameters(request)
        #expect(StorageAuth.verify(method: request.method, parameters: good, now: Self.now) == nil)
        let bad: [[String: JSONValue?]] = [
            ["signature": .string(Self.keys.sign([1]).base64)], ["pubkey_ed25519": nil],
            ["pubkey_ed25519": .string(AccountKeys.generate().ed25519PublicKey.hex)],
            ["pubkey": .string(AccountKeys.generate().accountBytes.hex)],
        ]
        for changes in bad {
            let failure = StorageAuth.verify(
                method: request.method, parameters: parameters(request, changes), now: Self.now)
            #expect(failure == .unsigned(name))
        }
    }

    @Test func `nobody reads without signature, but for public places`() throws {
        let account: JSONValue = .string(Self.keys.accountBytes.hex)
        let verify = { (namespace: Int64) in
            StorageAuth.verify(
                method: "retrieve", parameters: ["pubkey": account, "namespace": .int(namespace)], now: Self.now)
        }
        #expect(verify(0)?.text == "retrieve: request signature required")
        #expect(verify(0)?.status == 401)
        #expect(verify(2)?.status == 400)
        #expect(verify(-1) == nil)
        #expect(verify(-10) == nil)
    }
}

extension StorageRefusal {
    static func parameter(_ detail: String) -> StorageRefusal {
        StorageRefusal(status: 400, text: "invalid request: " + detail)
    }
}

extension StorageRefusal {
    static func unsigned(_ name: String) -> StorageRefusal {
        StorageRefusal(status: 401, text: "\(name) signature verification failed")
    }
}
