import SodiumKit

/// The checks a server makes after the request was read and before it is carried out: lifetimes, clocks, signatures.
/// - Source: network.md §4.3, §4.5–4.10
public enum StorageAuth {
    /// How far the time of a signature may be off, in milliseconds.
    public static let tolerance: UInt64 = 60_000
    /// The same on members that `delete_all` or `expire_all` is passed on to.
    public static let forwardedTolerance: UInt64 = 70_000
    /// How far the time of a stored message may be off, in milliseconds.
    public static let storeTolerance: UInt64 = 10_000

    /// Reads and checks in one step, for a caller that needs only the verdict. A request that cannot be read fails with
    /// the status and the text of that.
    public static func verify(
        method: String, parameters: [String: JSONValue], now: UInt64,
        isRevoked: (SubaccountToken) -> Bool = { _ in false }
    ) -> StorageRefusal? {
        do throws(StorageRefusal) {
            return verify(try StorageCall.parse(method: method, parameters: parameters), now: now, isRevoked: isRevoked)
        } catch {
            return error
        }
    }

    /// - Parameters:
    ///   - now: the node's clock in Unix milliseconds.
    ///   - isForwarded: another member of the swarm passed the request on.
    ///   - isRevoked: whether the account took this token away.
    /// - Returns: `nil` if the request may be carried out. The parts of a wrapper are not looked at: each is checked when
    ///   its turn comes.
    public static func verify(
        _ call: StorageCall, now: UInt64, isForwarded: Bool = false,
        isRevoked: (SubaccountToken) -> Bool = { _ in false }
    ) -> StorageRefusal? {
        switch call {
        case .store(let call): return store(call, now: now, isRevoked: isRevoked)
        case .retrieve(let call): return retrieve(call, now: now, isRevoked: isRevoked)
        case .delete(let call):
            return check(
                "delete_msgs", call.credentials, .delete, SignedText.delete(call.messages), isRevoked: isRevoked)
        case .deleteAll(let call):
            guard isNear(call.number, now, isForwarded: isForwarded) else { return tooFar("delete_all") }
            let text = SignedText.deleteAll(call.namespaces, timestamp: call.number)
            return check("delete_all", call.credentials, .delete, text, isRevoked: isRevoked)
        case .deleteBefore(let call):
            guard call.number <= now + tolerance else {
                return StorageRefusal(status: 401, text: "delete_before timestamp too far in the future")
            }
            let text = SignedText.deleteBefore(call.namespaces, before: call.number)
            return check("delete_before", call.credentials, .delete, text, isRevoked: isRevoked)
        case .expire(let call):
            guard call.expiries.allSatisfy({ $0 + tolerance >= now }) else {
                return StorageRefusal(status: 401, text: "expire: timestamp should be >= current time")
            }
            let text = SignedText.expire(call.change, expiries: call.expiries, messages: call.messages)
            return check("expire:", call.credentials, .write, text, isRevoked: isRevoked)
        case .expireAll(let call):
            guard call.number + (isForwarded ? forwardedTolerance : tolerance) >= now else {
                return StorageRefusal(status: 406, text: "expire_all timestamp should be >= current time")
            }
            let text = SignedText.expireAll(call.namespaces, expiry: call.number)
            return check("expire_all", call.credentials, .delete, text, isRevoked: isRevoked)
        case .getExpiries(let call):
            guard isNear(call.timestamp, now) else { return tooFar("get_expiries") }
            let text = SignedText.getExpiries(call.messages, timestamp: call.timestamp)
            return check("get_expiries", call.credentials, .read, text, isRevoked: isRevoked)
        case .revokeSubaccounts(let call):
            return owner("revoke_subaccount", call, SignedText.revoke(call.tokens, timestamp: call.timestamp), now: now)
        case .unrevokeSubaccounts(let call):
            return owner(
                "unrevoke_subaccount", call, SignedText.unrevoke(call.tokens, timestamp: call.timestamp), now: now)
        case .revokedSubaccounts(let call):
            return owner(
                "revoked_subaccounts", call, SignedText.revokedSubaccounts(timestamp: call.timestamp), now: now)
        case .getSwarm, .info, .activeNodesBin, .oxend, .batch, .sequence, .choice: return nil
        }
    }

    private static func store(
        _ call: StorageCall.Store, now: UInt64, isRevoked: (SubaccountToken) -> Bool
    ) -> StorageRefusal? {
        let lifetimes = Namespace.minimumTTLMilliseconds...call.namespace.maximumTTLMilliseconds
        guard call.expiry >= call.timestamp, lifetimes.contains(call.expiry - call.timestamp) else {
            return StorageRefusal(status: 403, text: "Provided expiry/TTL is not valid.")
        }
        guard call.timestamp <= now + storeTolerance, call.expiry + storeTolerance >= now else {
            return StorageRefusal(status: 406, text: "Timestamp error: check your clock")
        }
        guard call.namespace.needsSignatureToStore else { return nil }
        guard call.credentials.signature != nil else {
            let namespace = call.namespace.rawValue
            return StorageRefusal(status: 401, text: "store: signature required to store to namespace \(namespace)")
        }
        guard isNear(call.signatureTimestamp, now) else { return tooFar("store signature") }
        let access: SubaccountToken.Access = call.namespace.isPublicOutbox ? [.write, .delete] : .write
        let text = SignedText.store(call.namespace, timestamp: call.signatureTimestamp)
        return check("store", call.credentials, access, text, isRevoked: isRevoked)
    }

    private static func retrieve(
        _ call: StorageCall.Retrieve, now: UInt64, isRevoked: (SubaccountToken) -> Bool
    ) -> StorageRefusal? {
        guard call.credentials.signature != nil, let timestamp = call.timestamp else {
            guard call.namespace.needsSignatureToRetrieve else { return nil }
            return StorageRefusal(status: 401, text: "retrieve: request signature required")
        }
        guard isNear(timestamp, now) else { return tooFar("retrieve") }
        let text = SignedText.retrieve(call.namespace, timestamp: timestamp)
        return check("retrieve", call.credentials, .read, text) { token in
            !call.namespace.isUnrevocable && isRevoked(token)
        }
    }

    /// For methods that no token opens.
    private static func owner(_ name: String, _ call: StorageCall.Revoke, _ text: [UInt8], now: UInt64)
        -> StorageRefusal?
    {
        guard isNear(call.timestamp, now) else { return tooFar(name) }
        guard call.credentials.subaccount == nil else {
            return StorageRefusal(status: 401, text: "\(name) signature verification failed")
        }
        return check(name, call.credentials, [], text) { _ in false }
    }

    private static func check(
        _ name: String, _ credentials: StorageCredentials, _ access: SubaccountToken.Access, _ text: [UInt8],
        isRevoked: (SubaccountToken) -> Bool
    ) -> StorageRefusal? {
        isSigned(credentials, access, text, isRevoked: isRevoked)
            ? nil : StorageRefusal(status: 401, text: "\(name) signature verification failed")
    }

    /// - Source: network.md §4.3, in its order
    private static func isSigned(
        _ credentials: StorageCredentials, _ access: SubaccountToken.Access, _ text: [UInt8],
        isRevoked: (SubaccountToken) -> Bool
    ) -> Bool {
        guard let signature = credentials.signature, let prefix = credentials.account.first else { return false }
        var key = Array(credentials.account.dropFirst())
        if let ed25519 = credentials.ed25519 {
            guard Ed25519.x25519(publicKey: ed25519) == key else { return false }
            key = ed25519
        }
        guard let subaccount = credentials.subaccount else { return Ed25519.verify(signature, text, publicKey: key) }
        let token = subaccount.token
        return !isRevoked(token) && (token.prefix == prefix || token.access.contains(.anyPrefix))
            && token.access.isSuperset(of: access)
            && Ed25519.verify(subaccount.signature, token.bytes, publicKey: key)
            && Ed25519.verify(signature, text, publicKey: token.key)
    }

    private static func isNear(_ time: UInt64, _ now: UInt64, isForwarded: Bool = false) -> Bool {
        (time > now ? time - now : now - time) <= (isForwarded ? forwardedTolerance : tolerance)
    }

    private static func tooFar(_ name: String) -> StorageRefusal {
        StorageRefusal(status: 406, text: "\(name) timestamp too far from current time")
    }
}
