import SessionWire

/// Reads one namespace of the contacted node only.
/// - Source: network.md §4.6
struct RetrieveCall: Sendable {
    let owner: Owner
    let namespace: Namespace
    let lastHash: String?
    let maximumCount: Int?
    /// Bytes, as the limits weigh them.
    let maximumSize: Int
    let timestamp: Int64?
    let credentials: Credentials

    init(_ parameters: Parameters) throws(RPCFailure) {
        owner = try parameters.owner(orCamelCase: true)
        namespace = try parameters.namespace()
        var last = try parameters.string("last_hash")
        if let other = try parameters.string("lastHash") {
            guard last == nil else { throw .invalid("Cannot specify both 'last_hash' and 'lastHash'") }
            last = other
        }
        if let last, !last.isEmpty { lastHash = try parameters.messageHash("last_hash", last) } else { lastHash = nil }
        let count = try parameters.integer("max_count") ?? 0
        let size = try parameters.integer("max_size") ?? 0
        maximumCount = count > 0 ? Int(count) : nil
        let limit = Int64(StorageLimits.retrieveSize)
        maximumSize =
            if size < 0 {
                Int(limit / Int64(size.magnitude.clamped(to: 1...UInt64(limit))))
            } else if size > 0 {
                Int(min(size, limit))
            } else {
                count > 0 ? Int(limit) : Int(limit / 5)
            }
        timestamp = try parameters.timestamp("timestamp")
        credentials = try parameters.credentials(owner: owner)
        let isSigned = credentials.signature != nil
        if isSigned, timestamp == nil { throw .invalid("Required field 'timestamp' missing") }
        if !isSigned, namespace != .messages, namespace.needsSignatureToRetrieve {
            throw .invalid("Required field 'signature' missing")
        }
    }

    func authorize(_ store: NodeStore, _ context: MemberContext) throws(RPCFailure) {
        guard credentials.signature != nil, let timestamp else {
            guard !namespace.needsSignatureToRetrieve else {
                throw RPCFailure(401, "retrieve: request signature required")
            }
            return
        }
        guard context.isTimely(timestamp) else {
            throw RPCFailure(406, "retrieve timestamp too far from current time")
        }
        let revoked = namespace.isUnrevocable ? [] : store.revoked(of: owner)
        let message = signedText(["retrieve", namespace.signedText, String(timestamp)])
        guard credentials.verify(message, access: .read, revoked: revoked) else {
            throw RPCFailure(401, "retrieve signature verification failed")
        }
    }

    /// The messages that fit, at least one, and whether more wait.
    func read(_ store: NodeStore) -> (rows: [NodeStore.Row], more: Bool) {
        let waiting = store.rows(of: owner, namespace: namespace.rawValue, after: lastHash)
        var rows: [NodeStore.Row] = []
        var size = 0
        for row in waiting {
            if let maximumCount, rows.count == maximumCount { return (rows, true) }
            size += row.data.utf8.count + StorageLimits.messageOverhead
            if size > maximumSize, !rows.isEmpty { return (rows, true) }
            rows.append(row)
        }
        return (rows, false)
    }
}

extension UInt64 {
    fileprivate func clamped(to range: ClosedRange<UInt64>) -> UInt64 {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}

extension NodeStore.Row {
    /// The message as `retrieve` hands it out.
    var fields: Fields {
        ["hash": .string(hash), "timestamp": .int(timestamp), "expiration": .int(expiry), "data": .string(data)]
    }
}
