import BaseKit

/// What one member of a swarm says about a request that was passed on to all.
/// - Source: network.md §4.4
public struct MemberResult: Hashable, Sendable {
    public enum Failure: Hashable, Sendable {
        case timedOut
        /// Status and reason of the member.
        case refused(status: String, reason: String)
        case badResponse
        /// The member's database failed.
        case query
        case unspecified
    }

    /// Everything the member's entry holds.
    public let fields: [String: JSONValue]

    public init(fields: [String: JSONValue]) { self.fields = fields }

    /// `nil` if the member did what was asked.
    public var failure: Failure? {
        guard fields["failed"]?.boolValue == true else { return nil }
        if fields["timeout"]?.boolValue == true { return .timedOut }
        if fields["bad_peer_response"]?.boolValue == true { return .badResponse }
        if fields["query_failure"]?.boolValue == true { return .query }
        guard let status = fields["code"]?.stringValue else { return .unspecified }
        return .refused(status: status, reason: fields["reason"]?.stringValue ?? "")
    }

    /// 64 bytes, not yet checked.
    public var signature: [UInt8]? {
        guard let bytes = fields["signature"]?.stringValue.flatMap({ [UInt8](base64: $0) }), bytes.count == 64 else {
            return nil
        }
        return bytes
    }

    /// For `store`: the hash the member computed.
    public var hash: MessageHash? { fields["hash"]?.stringValue.flatMap(MessageHash.init) }
    /// For `store`: when the message goes away, in Unix milliseconds.
    public var expiry: UInt64? { fields["expiry"]?.uint64Value }
    /// For `store`: whether the member had it already.
    public var isAlreadyStored: Bool { fields["already"]?.boolValue == true }
    /// For the methods that delete: what went away, of all namespaces. `nil` if the entry is malformed.
    public var deleted: [MessageHash]? { Self.hashes(fields["deleted"]) }
    /// For `expire` and `expire_all`: what was changed, of all namespaces. `nil` if the entry is malformed.
    public var updated: [MessageHash]? { Self.hashes(fields["updated"]) }

    /// A list, or an object of lists by namespace, which is put in one order.
    private static func hashes(_ field: JSONValue?) -> [MessageHash]? {
        switch field {
        case .array(let items): strings(items)
        case .object(let lists):
            lists.values.reduce([] as [MessageHash]?) { all, list in
                guard let all, let items = list.arrayValue, let more = strings(items) else { return nil }
                return all + more
            }?.sorted()
        default: nil
        }
    }

    private static func strings(_ items: [JSONValue]) -> [MessageHash]? {
        let hashes = items.compactMap { $0.stringValue.flatMap(MessageHash.init) }
        return hashes.count == items.count ? hashes : nil
    }
}

/// The answer to a request that every member of the swarm carried out.
/// - Source: network.md §4.4
public struct RecursiveReply: Hashable, Sendable {
    public let members: [ServiceNodeID: MemberResult]

    public init(_ body: JSONValue) throws(StorageReplyError) {
        guard let swarm = body["swarm"]?.objectValue else { throw .malformed("swarm") }
        guard swarm.count <= StorageReply.maximumMembers else { throw .tooMany("swarm members") }
        var members: [ServiceNodeID: MemberResult] = [:]
        for (key, value) in swarm {
            guard let id = ServiceNodeID(hex: key), let fields = value.objectValue else { throw .malformed("swarm") }
            members[id] = MemberResult(fields: fields)
        }
        self.members = members
    }

    /// The members whose word counts: of the swarm as we know it, without failure, with a valid signature.
    /// - Parameter nodes: keys from the pool; a key that only the answer names proves nothing.
    public func confirmed(_ request: StorageRequest, by nodes: Set<ServiceNodeID>) -> Set<ServiceNodeID> {
        Set(
            members.compactMap { id, result in
                nodes.contains(id) && MemberSignature.isValid(result, from: id, for: request) ? id : nil
            })
    }
}

/// `store`: the hash, and what each member says.
/// - Source: network.md §4.5
public struct StoreReply: Hashable, Sendable {
    public let hash: MessageHash
    public let swarm: RecursiveReply
    public var members: [ServiceNodeID: MemberResult] { swarm.members }

    public init(_ body: JSONValue) throws(StorageReplyError) {
        swarm = try RecursiveReply(body)
        guard let hash = body["hash"]?.stringValue.flatMap(MessageHash.init) else { throw .malformed("hash") }
        self.hash = hash
    }

    /// The members that provably hold the message under the hash we computed ourselves.
    public func confirmed(_ request: StoreRequest, by nodes: Set<ServiceNodeID>) -> Set<ServiceNodeID> {
        swarm.confirmed(.store(request), by: nodes)
    }
}
