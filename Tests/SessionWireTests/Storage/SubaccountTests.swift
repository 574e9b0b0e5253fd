import SessionWire
import SodiumKit
import Testing

@Suite struct SubaccountTests {
    static let group = Ed25519.KeyPair.generate()
    static let member = Ed25519.KeyPair.generate()
    static let now: UInt64 = 1_775_000_000_000
    static let hash = MessageHash.compute(account: [3] + group.publicKey, namespace: .groupMessages, data: [])

    private func signer(
        _ access: SubaccountToken.Access, prefix: UInt8 = 3, owner: Ed25519.KeyPair = group
    ) throws -> SubaccountSigner {
        let token = try #require(SubaccountToken(prefix: prefix, access: access, key: Self.member.publicKey))
        return SubaccountSigner(
            accountBytes: [3] + Self.group.publicKey, token: token, signature: owner.sign(token.bytes),
            keys: Self.member)
    }

    private func failure(_ request: StorageRequest, revoked: Bool = false) -> StorageRefusal? {
        StorageAuth.verify(
            method: request.method, parameters: request.parameters.objectValue ?? [:], now: Self.now
        ) { _ in revoked }
    }

    private func retrieve(_ signer: any StorageSigner, _ namespace: Namespace = .groupMessages) -> StorageRequest {
        .retrieve(RetrieveRequest(signer: signer, namespace: namespace, lastHash: nil, timestamp: Self.now))
    }

    private func store(_ signer: any StorageSigner, _ namespace: Namespace) -> StorageRequest {
        .store(
            StoreRequest(
                account: signer.accountBytes, namespace: namespace, data: [1], ttl: 60_000, timestamp: Self.now,
                signer: signer))
    }

    @Test func `each right opens its methods only`() throws {
        let (read, write, delete) = (try signer(.read), try signer(.write), try signer(.delete))
        let outbox = try #require(Namespace(rawValue: -1))
        #expect(failure(retrieve(read)) == nil)
        #expect(failure(retrieve(write)) == .unsigned("retrieve"))
        #expect(failure(store(write, .groupMessages)) == nil)
        #expect(failure(store(read, .groupMessages)) == .unsigned("store"))
        #expect(failure(store(write, outbox)) == .unsigned("store"))
        #expect(try failure(store(signer([.write, .delete]), outbox)) == nil)
        #expect(failure(.delete(DeleteRequest(signer: delete, messages: [Self.hash]))) == nil)
        #expect(failure(.delete(DeleteRequest(signer: write, messages: [Self.hash]))) == .unsigned("delete_msgs"))
    }

    @Test func `a token is for its network byte unless it says otherwise`() throws {
        #expect(try failure(retrieve(signer(.read, prefix: 5))) == .unsigned("retrieve"))
        #expect(try failure(retrieve(signer([.read, .anyPrefix], prefix: 5))) == nil)
    }

    @Test func `a token must come from the owner`() throws {
        #expect(try failure(retrieve(signer(.read, owner: Self.member))) == .unsigned("retrieve"))
    }

    @Test func `a revoked token opens only what is unrevocable`() throws {
        let signer = try signer([.read, .write])
        #expect(failure(retrieve(signer), revoked: true) == .unsigned("retrieve"))
        #expect(failure(store(signer, .revokedGroupMessages), revoked: true) == .unsigned("store"))
        #expect(failure(retrieve(signer, .revokedGroupMessages), revoked: true) == nil)
    }

    @Test func `only the owner revokes`() throws {
        let signer = try signer([.read, .write, .delete])
        let tokens = [try #require(signer.subaccount).token]
        let request = RevokeRequest(signer: signer, tokens: tokens, timestamp: Self.now)
        #expect(failure(.revokeSubaccounts(request)) == .unsigned("revoke_subaccount"))
        let owner = RevokeRequest(signer: OwnerSigner(keys: Self.group), tokens: tokens, timestamp: Self.now)
        #expect(failure(.revokeSubaccounts(owner)) == nil)
        #expect(failure(.unrevokeSubaccounts(owner)) == nil)
        let many = RevokeRequest(
            signer: OwnerSigner(keys: Self.group), tokens: .init(repeating: tokens[0], count: 51), timestamp: Self.now)
        #expect(failure(.revokeSubaccounts(many))?.status == 400)
    }

    @Test func `without the right to delete, lives are only lengthened`() throws {
        let expire = { (signer: any StorageSigner, change: ExpiryChange) in
            StorageRequest.expire(
                ExpireRequest(signer: signer, messages: [Self.hash], expiry: Self.now, change: change))
        }
        let (weak, strong) = (try signer(.write), try signer([.write, .delete]))
        #expect(failure(expire(weak, .shorten))?.status == 400)
        #expect(failure(expire(strong, .shorten)) == nil)
        for (signer, isForced) in [(weak, true), (strong, false)] {
            guard case .expire(let call) = try StorageCall.parse(expire(signer, .set).encoded()) else {
                Issue.record("something else was read")
                return
            }
            #expect(call.isForcedToExtend == isForced)
        }
    }
}
