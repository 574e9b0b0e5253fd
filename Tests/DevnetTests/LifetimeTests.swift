import BaseKit
import Devnet
import SessionWire
import Testing

/// Deleting and expiring many messages, as every member does and signs it.
@Suite("Ends of messages on the devnet") struct LifetimeTests {
    static let day: UInt64 = 86_400_000

    let client: DevnetClient
    let keys = AccountKeys.generate()
    let now: UInt64
    let node: Int
    let members: Set<ServiceNodeID>

    init() async throws {
        client = try await DevnetClient.start()
        now = UInt64(await client.devnet.now)
        let swarm = await client.devnet.swarm(of: keys.accountID)
        node = try #require(swarm.first)
        var members: Set<ServiceNodeID> = []
        for index in swarm { members.insert(try await client.devnet.serviceNode(index).id) }
        self.members = members
    }

    private func store(
        _ byte: UInt8, in namespace: Namespace = .messages, earlier: UInt64 = 0
    ) async throws -> MessageHash {
        let request = StoreRequest(
            account: keys.accountID, namespace: namespace, data: [byte], ttl: Self.day, timestamp: now - earlier,
            signer: keys)
        return try StoreReply(try await client.ask(node, .store(request)).json).hash
    }

    /// What each member says; all have signed it.
    private func ask(_ request: StorageRequest) async throws -> [MemberResult] {
        let reply = try RecursiveReply(try await client.ask(node, request).json)
        #expect(reply.confirmed(request, by: members) == members)
        return Array(reply.members.values)
    }

    private func expiries(_ messages: [MessageHash]) async throws -> [MessageHash: UInt64] {
        let request = GetExpiriesRequest(signer: keys, messages: messages, timestamp: now)
        return try ExpiriesReply(try await client.ask(node, .getExpiries(request)).json).expiries
    }

    // MARK: delete_before

    @Test func `what is as old as a time or older can be deleted`() async throws {
        let old = try await store(1, earlier: 5_000)
        let exact = try await store(2, earlier: 4_000)
        let new = try await store(3, earlier: 3_999)
        let elsewhere = try await store(4, in: .contacts, earlier: 5_000)
        let before = DeleteBeforeRequest(signer: keys, namespaces: .one(.messages), before: now - 4_000)
        for member in try await ask(.deleteBefore(before)) { #expect(member.deleted == [old, exact].sorted()) }
        #expect(Set(try await expiries([old, exact, new, elsewhere]).keys) == [new, elsewhere])
    }

    @Test func `deletion up to a time reaches all namespaces`() async throws {
        let first = try await store(1, earlier: 5_000)
        let second = try await store(2, in: .contacts, earlier: 5_000)
        let kept = try await store(3, in: .contacts)
        let before = DeleteBeforeRequest(signer: keys, namespaces: .all, before: now - 1_000)
        for member in try await ask(.deleteBefore(before)) {
            #expect(
                member.fields["deleted"] == ["0": [.string(first.rawValue)], "3": [.string(second.rawValue)]])
        }
        #expect(Set(try await expiries([first, second, kept]).keys) == [kept])
    }

    @Test func `a time in the future is refused`() async throws {
        let before = DeleteBeforeRequest(signer: keys, namespaces: .all, before: now + 120_000)
        let reply = try await client.ask(node, .deleteBefore(before))
        #expect(reply.status == 401)
        #expect(reply.text == "delete_before timestamp too far in the future")
    }

    // MARK: expire_all

    @Test func `all lives are shortened, none is prolonged`() async throws {
        let first = try await store(1)
        let second = try await store(2, in: .contacts)
        let short = ExpireAllRequest(signer: keys, namespaces: .all, expiry: now + 60_000)
        for member in try await ask(.expireAll(short)) {
            #expect(
                member.fields["updated"] == ["0": [.string(first.rawValue)], "3": [.string(second.rawValue)]])
        }
        #expect(try await expiries([first, second]) == [first: now + 60_000, second: now + 60_000])
        let long = ExpireAllRequest(signer: keys, namespaces: .one(.messages), expiry: now + 2 * Self.day)
        for member in try await ask(.expireAll(long)) { #expect(member.updated == []) }
        #expect(try await expiries([first]) == [first: now + 60_000])
    }

    @Test func `one namespace is shortened and the other is not`() async throws {
        let first = try await store(1)
        let second = try await store(2, in: .contacts)
        let request = ExpireAllRequest(signer: keys, namespaces: .one(.contacts), expiry: now + 60_000)
        for member in try await ask(.expireAll(request)) { #expect(member.updated == [second]) }
        #expect(try await expiries([first, second]) == [first: now + Self.day, second: now + 60_000])
    }

    @Test func `an end of everything in the past is refused`() async throws {
        let request = ExpireAllRequest(signer: keys, namespaces: .all, expiry: now - 120_000)
        let reply = try await client.ask(node, .expireAll(request))
        #expect(reply.status == 406)
        #expect(reply.text == "expire_all timestamp should be >= current time")
    }

    // MARK: Several expiries at once

    @Test func `every message gets its own expiry`() async throws {
        let messages = [try await store(1), try await store(2), try await store(3)]
        let times = [now + 2 * Self.day, now + 60_000, now + 3 * Self.day]
        let wanted = Dictionary(uniqueKeysWithValues: zip(messages, times))
        let request = ExpireRequest(signer: keys, messages: messages, expiries: times, change: .set)
        for member in try await ask(.expire(request)) {
            #expect(member.updated == messages.sorted())
            #expect(
                member.fields["expiry"] == .array(messages.sorted().compactMap { wanted[$0].map(JSONValue.number) }))
            #expect(member.fields["unchanged"] == nil)
        }
        #expect(try await expiries(messages) == wanted)
    }

    @Test func `of several lives only the longer ones are shortened`() async throws {
        let messages = [try await store(1), try await store(2)]
        let times = [now + 60_000, now + 2 * Self.day]
        let request = ExpireRequest(signer: keys, messages: messages, expiries: times, change: .shorten)
        for member in try await ask(.expire(request)) {
            #expect(member.updated == [messages[0]])
            #expect(member.fields["expiry"] == [.number(times[0])])
            #expect(member.fields["unchanged"] == [messages[1].rawValue: .number(now + Self.day)])
        }
    }

    @Test func `no message lives longer than thirty days`() async throws {
        let message = try await store(1)
        let request = ExpireRequest(signer: keys, messages: [message], expiry: now + 40 * Self.day, change: .extend)
        _ = try await ask(.expire(request))
        let expiry = try #require(try await expiries([message])[message])
        #expect((now + 30 * Self.day...now + 30 * Self.day + 60_000).contains(expiry))
    }
}
