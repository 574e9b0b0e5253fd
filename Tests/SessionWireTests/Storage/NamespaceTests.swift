import SessionWire
import Testing

@Suite struct NamespaceTests {
    @Test(arguments: [
        (0, true, false, false, true), (2, false, false, false, true), (10, true, false, false, true),
        (-10, true, false, false, false), (-1, false, true, false, false), (-21, false, true, false, false),
        (-41, false, true, false, false), (-11, false, false, true, true), (-111, false, false, true, true),
        (-211, false, false, true, true), (11, false, false, false, true), (-31, false, false, false, true),
        (-32_768, false, false, false, true), (32_767, false, false, false, true),
    ])
    func `access follows from the number`(
        number: Int, inbox: Bool, outbox: Bool, unrevocable: Bool, isReadSigned: Bool
    ) throws {
        let namespace = try #require(Namespace(rawValue: number))
        #expect(namespace.isPublicInbox == inbox)
        #expect(namespace.isPublicOutbox == outbox)
        #expect(namespace.isUnrevocable == unrevocable)
        #expect(namespace.needsSignatureToStore == !inbox)
        #expect(namespace.needsSignatureToRetrieve == isReadSigned)
        #expect(namespace.maximumTTL == .seconds(86_400 * (inbox ? 14 : 30)))
    }

    @Test func `a number beyond 16 bits is none`() {
        #expect(Namespace(rawValue: 32_768) == nil)
        #expect(Namespace(rawValue: -32_769) == nil)
    }

    @Test func `lifetimes are brought into what servers take`() {
        #expect(StoreRequest.clamped(ttl: 1, in: .messages) == 10_000)
        #expect(StoreRequest.clamped(ttl: .max, in: .messages) == 14 * 86_400_000)
        #expect(StoreRequest.clamped(ttl: .max, in: .contacts) == 30 * 86_400_000)
        #expect(StoreRequest.clamped(ttl: 77_777, in: .contacts) == 77_777)
    }

    @Test func `a poll shares one answer among its namespaces`() {
        let own: [Namespace] = [.messages, .userProfile, .contacts, .userGroups, .conversationVolatile]
        let shares = RetrieveRequest.shares(of: own)
        #expect(shares[.messages] == -2)
        #expect(own.dropFirst().allSatisfy { shares[$0] == -8 })
        #expect(RetrieveRequest.shares(of: [.messages]) == [.messages: -1])
        #expect(RetrieveRequest.shares(of: []).isEmpty)
    }
}
