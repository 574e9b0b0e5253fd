import BaseKit
import SessionWire
import Synchronization
import Testing

/// Signs as another signer does and remembers what it signed.
final class RecordingSigner: StorageSigner {
    private let signer: any StorageSigner
    private let last = Mutex<[UInt8]>([])

    init(_ signer: any StorageSigner) { self.signer = signer }

    var signed: [UInt8] { last.withLock { $0 } }
    var accountBytes: [UInt8] { signer.accountBytes }
    var accountEd25519: [UInt8]? { signer.accountEd25519 }
    var subaccount: (token: SubaccountToken, signature: [UInt8])? { signer.subaccount }
    func sign(_ message: [UInt8]) -> [UInt8] {
        last.withLock { $0 = message }
        return signer.sign(message)
    }
}

extension StorageRequest {
    /// The request that gives these parameters when `signer` makes it.
    init(method: String, recorded parameters: [String: JSONValue], signer: (any StorageSigner)?) throws {
        let namespace = try #require(Namespace(rawValue: parameters["namespace"]?.intValue ?? 0))
        let namespaces: NamespaceSelection = parameters["namespace"] == "all" ? .all : .one(namespace)
        if method == "store" {
            let data = try #require(parameters["data"]?.stringValue.flatMap { [UInt8](base64: $0) })
            self = .store(
                StoreRequest(
                    account: try #require(parameters["pubkey"]?.stringValue.flatMap { [UInt8](hex: $0) }),
                    namespace: namespace, data: data, ttl: try parameters.time("ttl"),
                    timestamp: try parameters.time("timestamp"),
                    signatureTimestamp: parameters["sig_timestamp"]?.uint64Value, signer: signer))
            return
        }
        let signer = try #require(signer)
        switch method {
        case "retrieve":
            self = .retrieve(
                RetrieveRequest(
                    signer: signer, namespace: namespace, lastHash: parameters.hash("last_hash"),
                    maximumSize: parameters["max_size"]?.intValue, maximumCount: parameters["max_count"]?.intValue,
                    timestamp: try parameters.time("timestamp")))
        case "delete":
            self = .delete(
                DeleteRequest(
                    signer: signer, messages: try parameters.hashes("messages"),
                    isRequired: parameters["required"] == true))
        case "delete_all":
            self = .deleteAll(
                DeleteAllRequest(signer: signer, namespaces: namespaces, timestamp: try parameters.time("timestamp")))
        case "delete_before":
            self = .deleteBefore(
                DeleteBeforeRequest(signer: signer, namespaces: namespaces, before: try parameters.time("before")))
        case "expire":
            let expiries =
                try parameters["expiry"]?.arrayValue?.compactMap(\.uint64Value) ?? [parameters.time("expiry")]
            self = .expire(
                ExpireRequest(
                    signer: signer, messages: try parameters.hashes("messages"), expiries: expiries,
                    change: parameters["shorten"] == true ? .shorten : parameters["extend"] == true ? .extend : .set))
        case "expire_all":
            self = .expireAll(
                ExpireAllRequest(signer: signer, namespaces: namespaces, expiry: try parameters.time("expiry")))
        case "get_expiries":
            self = .getExpiries(
                GetExpiriesRequest(
                    signer: signer, messages: try parameters.hashes("messages"),
                    timestamp: try parameters.time("timestamp")))
        case "revoke_subaccount", "unrevoke_subaccount":
            let isRevoke = method == "revoke_subaccount"
            let texts = try #require(parameters[isRevoke ? "revoke" : "unrevoke"]?.arrayValue).compactMap(\.stringValue)
            let request = RevokeRequest(
                signer: signer, tokens: try texts.map { try #require(SubaccountToken($0)) },
                timestamp: try parameters.time("timestamp"))
            self = isRevoke ? .revokeSubaccounts(request) : .unrevokeSubaccounts(request)
        default: throw UnknownMethod(method: method)
        }
    }
}

struct UnknownMethod: Error { let method: String }
