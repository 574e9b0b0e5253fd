import SessionWire

/// Sets when messages expire.
/// - Source: network.md §4.9
struct ExpireCall: SwarmCall {
    let method = "expire"
    let owner: Owner
    let messages: [String]
    let expiries: [Int64]
    let isList: Bool
    let isShortening: Bool
    let isExtending: Bool
    let credentials: Credentials

    init(_ parameters: Parameters) throws(RPCFailure) {
        owner = try parameters.owner()
        messages = try parameters.hashes()
        var expiries: [Int64] = []
        if let items = parameters.value("expiry")?.arrayValue {
            for item in items {
                guard let number = item.int64Value, number >= 0 else {
                    throw .invalid("Invalid value given for 'expiry': expected integer timestamp (in milliseconds)")
                }
                expiries.append(number)
            }
            guard expiries.count == messages.count else {
                throw .invalid("Invalid value given for 'expiry': expected one time for each message")
            }
            isList = true
        } else {
            expiries = [try parameters.required("expiry", try parameters.timestamp("expiry"))]
            isList = false
        }
        self.expiries = expiries
        isShortening = try parameters.bool("shorten") ?? false
        isExtending = try parameters.bool("extend") ?? false
        guard !isShortening || !isExtending else { throw .invalid("Cannot specify both 'shorten' and 'extend'") }
        credentials = try parameters.credentials(owner: owner)
        _ = try parameters.required("signature", credentials.signature)
        guard credentials.access.contains(.delete) || !isShortening else {
            throw .invalid("Cannot use 'shorten' without delete access")
        }
    }

    func perform(on store: inout NodeStore, _ context: MemberContext) throws(RPCFailure) -> MemberResult {
        guard expiries.allSatisfy({ $0 >= context.now - StorageLimits.signatureTolerance }) else {
            throw RPCFailure(401, "expire: timestamp should be >= current time")
        }
        let mode = isShortening ? "shorten" : isExtending ? "extend" : ""
        let message = signedText(["expire", mode] + expiries.map { String($0) } + messages)
        guard credentials.verify(message, access: .write, revoked: store.revoked(of: owner)) else {
            throw RPCFailure(401, "expire: signature verification failed")
        }
        let latest = context.now + StorageLimits.maximumLifetime
        let mayOnlyExtend = isExtending || !credentials.access.contains(.delete)
        var updated: [(hash: String, expiry: Int64)] = []
        var unchanged: [String: Int64] = [:]
        for (position, hash) in messages.enumerated() {
            guard let row = store.row(of: owner, hash: hash) else { continue }
            let wanted = min(isList ? expiries[position] : expiries[0], latest)
            if (isShortening && wanted >= row.expiry) || (mayOnlyExtend && wanted <= row.expiry) {
                unchanged[hash] = row.expiry
            } else {
                store.setExpiry(owner, hash: hash, wanted)
                updated.append((hash, wanted))
            }
        }
        updated.sort { $0.hash < $1.hash }
        return result(updated, unchanged, latest: latest)
    }

    private func result(
        _ updated: [(hash: String, expiry: Int64)], _ unchanged: [String: Int64], latest: Int64
    ) -> MemberResult {
        var fields: Fields = ["updated": .array(updated.map { .string($0.hash) })]
        let applied = isList ? updated.map(\.expiry) : [min(expiries[0], latest)]
        fields["expiry"] = isList ? .array(applied.map(JSONValue.int)) : .int(applied[0])
        if isShortening || isExtending { fields["unchanged"] = .object(unchanged.mapValues(JSONValue.int)) }
        let reported = isShortening || isExtending ? unchanged : [:]
        let kept = reported.sorted { $0.key < $1.key }.flatMap { [$0.key, String($0.value)] }
        let parts = [owner.hex] + applied.map { String($0) } + messages + updated.map(\.hash) + kept
        return MemberResult(fields: fields, signed: signedText(parts))
    }
}

/// Shortens the life of everything in a namespace or in all.
/// - Source: network.md §4.9
struct ExpireAllCall: SwarmCall {
    let method = "expire_all"
    let owner: Owner
    let namespace: NamespaceSelection
    let expiry: Int64
    let credentials: Credentials

    init(_ parameters: Parameters) throws(RPCFailure) {
        owner = try parameters.owner()
        namespace = try parameters.namespaceOrAll()
        expiry = try parameters.required("expiry", try parameters.timestamp("expiry"))
        credentials = try parameters.credentials(owner: owner)
        _ = try parameters.required("signature", credentials.signature)
    }

    func perform(on store: inout NodeStore, _ context: MemberContext) throws(RPCFailure) -> MemberResult {
        let tolerance = context.isForwarded ? StorageLimits.forwardedTolerance : StorageLimits.signatureTolerance
        guard expiry >= context.now - tolerance else {
            throw RPCFailure(406, "expire_all timestamp should be >= current time")
        }
        let message = signedText(["expire_all", namespace.signedText, String(expiry)])
        guard credentials.verify(message, access: .delete, revoked: store.revoked(of: owner)) else {
            throw RPCFailure(401, "expire_all signature verification failed")
        }
        var updated: [Int: [String]] = [:]
        for key in namespace.number.map({ [$0] }) ?? store.namespaces(of: owner) {
            let hashes = store.rows(of: owner, namespace: key).filter { $0.expiry > expiry }.map(\.hash)
            for hash in hashes { store.setExpiry(owner, hash: hash, expiry) }
            if !hashes.isEmpty { updated[key] = hashes }
        }
        return MemberResult(
            fields: ["updated": HashList.value(updated, byNamespace: namespace == .all), "expiry": .int(expiry)],
            signed: signedText([owner.hex, String(expiry)] + HashList.sorted(updated)))
    }
}

/// Asks the contacted node when messages expire.
/// - Source: network.md §4.9
struct GetExpiriesCall: Sendable {
    let owner: Owner
    let messages: [String]
    let timestamp: Int64
    let credentials: Credentials

    init(_ parameters: Parameters) throws(RPCFailure) {
        owner = try parameters.owner()
        messages = try parameters.hashes()
        timestamp = try parameters.required("timestamp", try parameters.timestamp("timestamp"))
        credentials = try parameters.credentials(owner: owner)
        _ = try parameters.required("signature", credentials.signature)
    }

    func read(_ store: NodeStore, _ context: MemberContext) throws(RPCFailure) -> Fields {
        guard context.isTimely(timestamp) else {
            throw RPCFailure(406, "get_expiries timestamp too far from current time")
        }
        let message = signedText(["get_expiries", String(timestamp)] + messages)
        guard credentials.verify(message, access: .read, revoked: store.revoked(of: owner)) else {
            throw RPCFailure(401, "get_expiries signature verification failed")
        }
        var expiries: Fields = [:]
        for hash in messages {
            if let row = store.row(of: owner, hash: hash) { expiries[hash] = .int(row.expiry) }
        }
        return ["expiries": .object(expiries)]
    }
}
