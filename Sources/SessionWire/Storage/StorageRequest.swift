import BaseKit

/// One call of the storage RPC.
/// - Source: network.md §4
public enum StorageRequest: Sendable {
    case store(StoreRequest)
    case retrieve(RetrieveRequest)
    case delete(DeleteRequest)
    case deleteAll(DeleteAllRequest)
    case deleteBefore(DeleteBeforeRequest)
    case expire(ExpireRequest)
    case expireAll(ExpireAllRequest)
    case getExpiries(GetExpiriesRequest)
    case revokeSubaccounts(RevokeRequest)
    case unrevokeSubaccounts(RevokeRequest)
    case revokedSubaccounts(RevokedSubaccountsRequest)
    /// Type byte and key of the account, 33 bytes.
    case getSwarm([UInt8])
    case info
    case activeNodesBin
    case serviceNodes
    /// BLAKE2b of a name, 32 bytes.
    case onsResolve([UInt8])
    /// All at once; at most ``maximumBatch``.
    case batch([StorageRequest])
    /// One after the other up to the first failure; at most ``maximumBatch``.
    case sequence([StorageRequest])

    /// Requests in one `batch` or `sequence`.
    /// - Source: network.md §4.1
    public static let maximumBatch = 20

    public var method: String {
        switch self {
        case .store: "store"
        case .retrieve: "retrieve"
        case .delete: "delete"
        case .deleteAll: "delete_all"
        case .deleteBefore: "delete_before"
        case .expire: "expire"
        case .expireAll: "expire_all"
        case .getExpiries: "get_expiries"
        case .revokeSubaccounts: "revoke_subaccount"
        case .unrevokeSubaccounts: "unrevoke_subaccount"
        case .revokedSubaccounts: "revoked_subaccounts"
        case .getSwarm: "get_swarm"
        case .info: "info"
        case .activeNodesBin: "active_nodes_bin"
        case .serviceNodes, .onsResolve: "oxend_request"
        case .batch: "batch"
        case .sequence: "sequence"
        }
    }

    /// The `params` object, signed where the method wants it.
    public var parameters: JSONValue {
        switch self {
        case .store(let request): .object(request.parameters)
        case .retrieve(let request): .object(request.parameters)
        case .delete(let request): .object(request.parameters)
        case .deleteAll(let request): .object(request.parameters)
        case .deleteBefore(let request): .object(request.parameters)
        case .expire(let request): .object(request.parameters)
        case .expireAll(let request): .object(request.parameters)
        case .getExpiries(let request): .object(request.parameters)
        case .revokeSubaccounts(let request): .object(request.parameters(unrevoke: false))
        case .unrevokeSubaccounts(let request): .object(request.parameters(unrevoke: true))
        case .revokedSubaccounts(let request): .object(request.parameters)
        case .getSwarm(let account): ["pubkey": .string(account.hex)]
        case .info, .activeNodesBin: [:]
        case .serviceNodes: ["endpoint": "get_service_nodes", "params": ServiceNodeList.parameters]
        case .onsResolve(let hash):
            ["endpoint": "ons_resolve", "params": ["type": 0, "name_hash": .string(hash.base64)]]
        case .batch(let requests), .sequence(let requests):
            ["requests": .array(requests.map(\.document))]
        }
    }

    /// `{"method":…,"params":…}`
    public var document: JSONValue { ["method": .string(method), "params": parameters] }

    public func encoded() -> [UInt8] { document.encoded() }
}

/// Assembles the parameters that most methods share.
enum StorageParameters {
    /// Account, signature and whatever proves the right to sign.
    static func signed(
        by signer: any StorageSigner, over text: [UInt8], _ fields: [String: JSONValue?]
    ) -> [String: JSONValue] {
        var parameters = plain(account: signer.accountBytes, fields)
        parameters["pubkey_ed25519"] = signer.accountEd25519.map { .string($0.hex) }
        parameters["signature"] = .string(signer.sign(text).base64)
        if let subaccount = signer.subaccount {
            parameters["subaccount"] = .string(subaccount.token.bytes.base64)
            parameters["subaccount_sig"] = .string(subaccount.signature.base64)
        }
        return parameters
    }

    static func plain(account: [UInt8], _ fields: [String: JSONValue?]) -> [String: JSONValue] {
        var parameters = fields.compactMapValues { $0 }
        parameters["pubkey"] = .string(account.hex)
        return parameters
    }

    static func list(_ messages: [MessageHash]) -> JSONValue { .array(messages.map { .string($0.rawValue) }) }

    /// 0 is the default and stays out.
    static func namespace(_ namespace: Namespace) -> JSONValue? { NamespaceSelection.one(namespace).parameter }
}
