import BaseKit

/// Who asks, as a server reads it.
public struct StorageCredentials: Hashable, Sendable {
    public struct Subaccount: Hashable, Sendable {
        public let token: SubaccountToken
        public let signature: [UInt8]
    }

    /// Type byte and key, 33 bytes.
    public let account: [UInt8]
    public let ed25519: [UInt8]?
    /// 64 bytes.
    public let signature: [UInt8]?
    public let subaccount: Subaccount?
}

/// One call of the storage RPC as a server reads it: parsed, not yet authorised.
/// - Source: network.md §4
public enum StorageCall: Hashable, Sendable {
    public struct Store: Hashable, Sendable {
        public let credentials: StorageCredentials
        public let namespace: Namespace
        public let data: [UInt8]
        /// Unix milliseconds.
        public let timestamp: UInt64
        /// Unix milliseconds; earlier than `timestamp` if somebody asks for that.
        public let expiry: UInt64
        /// What the signature covers.
        public let signatureTimestamp: UInt64

        public var hash: MessageHash { .compute(account: credentials.account, namespace: namespace, data: data) }
    }

    public struct Retrieve: Hashable, Sendable {
        public let credentials: StorageCredentials
        public let namespace: Namespace
        public let lastHash: MessageHash?
        /// 0 for none.
        public let maximumCount: Int
        /// As given; 0 for none, negative for a share.
        public let maximumSize: Int
        public let timestamp: UInt64?

        /// Bytes of messages that one answer holds.
        /// - Source: network.md §4.2
        public static let maximumAnswer = 7_800_000

        /// What a message counts for in an answer.
        public static func weight(of message: StoredMessage) -> Int {
            message.data.count * 4 / 3 + MessageHash.length + 100
        }

        /// Bytes that this answer may hold, as messages are weighed.
        /// - Source: network.md §4.6
        public var answerSize: Int {
            if maximumSize > 0 { return min(maximumSize, Self.maximumAnswer) }
            if maximumSize < 0 { return Int(UInt(Self.maximumAnswer) / maximumSize.magnitude) }
            return maximumCount > 0 ? Self.maximumAnswer : Self.maximumAnswer / 5
        }
    }

    public struct Delete: Hashable, Sendable {
        public let credentials: StorageCredentials
        public let messages: [MessageHash]
        public let isRequired: Bool
    }

    /// `delete_all`, `delete_before` and `expire_all`: a number and where it holds.
    public struct Bulk: Hashable, Sendable {
        public let credentials: StorageCredentials
        public let namespaces: NamespaceSelection
        /// The timestamp, the time before which, or the expiry.
        public let number: UInt64
    }

    public struct Expire: Hashable, Sendable {
        public let credentials: StorageCredentials
        public let messages: [MessageHash]
        /// One, or one for each message; as sent.
        public let expiries: [UInt64]
        /// Each message has its own, even if it is only one.
        public let isList: Bool
        /// As sent; see ``isForcedToExtend``.
        public let change: ExpiryChange

        /// A token without the right to delete may only lengthen lives.
        public var isForcedToExtend: Bool {
            guard let token = credentials.subaccount?.token else { return false }
            return !token.access.contains(.delete)
        }

        /// Milliseconds from now that a server keeps messages at most.
        /// - Source: network.md §4.9
        public static let maximumLifetime: UInt64 = 30 * 86_400_000

        /// What was asked for the message at this place in ``messages``.
        public func expiry(at place: Int) -> UInt64 { isList ? expiries[place] : expiries[0] }
    }

    public struct GetExpiries: Hashable, Sendable {
        public let credentials: StorageCredentials
        public let messages: [MessageHash]
        public let timestamp: UInt64
    }

    public struct Revoke: Hashable, Sendable {
        public let credentials: StorageCredentials
        public let tokens: [SubaccountToken]
        public let timestamp: UInt64
    }

    case store(Store)
    case retrieve(Retrieve)
    case delete(Delete)
    case deleteAll(Bulk)
    case deleteBefore(Bulk)
    case expire(Expire)
    case expireAll(Bulk)
    case getExpiries(GetExpiries)
    case revokeSubaccounts(Revoke)
    case unrevokeSubaccounts(Revoke)
    /// Without tokens.
    case revokedSubaccounts(Revoke)
    /// The account, 33 bytes.
    case getSwarm([UInt8])
    case info
    case activeNodesBin
    case oxend(endpoint: String, parameters: JSONValue)
    case batch([StorageCall])
    case sequence([StorageCall])
    /// `ifelse`
    indirect case choice(Choice)

    /// The account whose swarm has to answer; `nil` where any node may.
    public var account: [UInt8]? {
        switch self {
        case .store(let call): call.credentials.account
        case .retrieve(let call): call.credentials.account
        case .delete(let call): call.credentials.account
        case .deleteAll(let call), .deleteBefore(let call), .expireAll(let call): call.credentials.account
        case .expire(let call): call.credentials.account
        case .getExpiries(let call): call.credentials.account
        case .revokeSubaccounts(let call), .unrevokeSubaccounts(let call), .revokedSubaccounts(let call):
            call.credentials.account
        case .getSwarm, .info, .activeNodesBin, .oxend, .batch, .sequence, .choice: nil
        }
    }

    /// The name it goes by.
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
        case .oxend: "oxend_request"
        case .batch: "batch"
        case .sequence: "sequence"
        case .choice: "ifelse"
        }
    }

    /// Whether all members of the swarm carry it out.
    public var isRecursive: Bool {
        switch self {
        case .store, .delete, .deleteAll, .deleteBefore, .expire, .expireAll, .revokeSubaccounts, .unrevokeSubaccounts:
            true
        default: false
        }
    }
}
