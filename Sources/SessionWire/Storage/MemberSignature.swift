import BaseKit
import SodiumKit

/// What a member of a swarm signs about what it did. Nodes sign these bytes, clients check them.
/// - Source: network.md §4.4–4.10
public enum MemberSignature {
    public static func store(_ hash: MessageHash) -> [UInt8] { Array(hash.rawValue.utf8) }

    /// - Parameters:
    ///   - account: type byte and key, 33 bytes.
    ///   - requested: in the order of the request.
    ///   - deleted: put in order here.
    public static func delete(account: [UInt8], requested: [MessageHash], deleted: [MessageHash]) -> [UInt8] {
        Array((account.hex + joined(requested) + joined(deleted.sorted())).utf8)
    }

    /// For `delete_all` (with its timestamp), `delete_before` (with that time) and `expire_all` (with the expiry):
    /// the number, then all hashes of all namespaces in one order.
    public static func bulk(account: [UInt8], number: UInt64, hashes: [MessageHash]) -> [UInt8] {
        Array("\(account.hex)\(number)\(joined(hashes.sorted()))".utf8)
    }

    /// - Parameters:
    ///   - expiries: the one that was applied, or the values of the list in the member's entry.
    ///   - updated: in the order of the member's entry.
    ///   - unchanged: put in order here.
    public static func expire(
        account: [UInt8], expiries: [UInt64], requested: [MessageHash], updated: [MessageHash],
        unchanged: [MessageHash: UInt64] = [:]
    ) -> [UInt8] {
        let rest = unchanged.sorted { $0.key < $1.key }.map { "\($0.key.rawValue)\($0.value)" }.joined()
        let times = expiries.map(String.init).joined()
        return Array("\(account.hex)\(times)\(joined(requested))\(joined(updated))\(rest)".utf8)
    }

    /// For `revoke_subaccount` and `unrevoke_subaccount`.
    public static func revoke(account: [UInt8], timestamp: UInt64, tokens: [SubaccountToken]) -> [UInt8] {
        Array("\(account.hex)\(timestamp)".utf8) + tokens.flatMap(\.bytes)
    }

    /// Whether the member's entry answers `request` without failure and is signed by `node`. For `store` the hash must
    /// be the one that follows from the request.
    public static func isValid(_ result: MemberResult, from node: ServiceNodeID, for request: StorageRequest) -> Bool {
        guard result.failure == nil, let signature = result.signature, let text = text(result, for: request) else {
            return false
        }
        return Ed25519.verify(signature, text, publicKey: node.bytes)
    }

    /// What the entry's signature has to cover; `nil` if the entry does not fit the request.
    static func text(_ result: MemberResult, for request: StorageRequest) -> [UInt8]? {
        switch request {
        case .store(let store):
            guard let hash = result.hash, hash == store.expectedHash else { return nil }
            return self.store(hash)
        case .delete(let request):
            return result.deleted.map {
                delete(account: request.signer.accountBytes, requested: request.messages, deleted: $0)
            }
        case .deleteAll(let request):
            return result.deleted.map {
                bulk(account: request.signer.accountBytes, number: request.timestamp, hashes: $0)
            }
        case .deleteBefore(let request):
            return result.deleted.map { bulk(account: request.signer.accountBytes, number: request.before, hashes: $0) }
        case .expireAll(let request):
            return result.updated.map { bulk(account: request.signer.accountBytes, number: request.expiry, hashes: $0) }
        case .expire(let request): return expire(result, for: request)
        case .revokeSubaccounts(let request), .unrevokeSubaccounts(let request):
            return revoke(account: request.signer.accountBytes, timestamp: request.timestamp, tokens: request.tokens)
        default: return nil
        }
    }

    private static func expire(_ result: MemberResult, for request: ExpireRequest) -> [UInt8]? {
        let expiries: [UInt64]
        switch result.fields["expiry"] {
        case .array(let items):
            expiries = items.compactMap(\.uint64Value)
            guard expiries.count == items.count else { return nil }
        case let single?:
            guard let value = single.uint64Value else { return nil }
            expiries = [value]
        case nil: return nil
        }
        guard let updated = result.updated else { return nil }
        var unchanged: [MessageHash: UInt64] = [:]
        for (hash, expiry) in result.fields["unchanged"]?.objectValue ?? [:] {
            guard let hash = MessageHash(hash), let expiry = expiry.uint64Value else { return nil }
            unchanged[hash] = expiry
        }
        return expire(
            account: request.signer.accountBytes, expiries: expiries, requested: request.messages, updated: updated,
            unchanged: unchanged)
    }

    private static func joined(_ hashes: [MessageHash]) -> String { hashes.map(\.rawValue).joined() }
}
