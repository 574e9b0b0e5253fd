import SessionWire

/// - Source: network.md §4.7
struct DeleteCall: SwarmCall {
    let method = "delete"
    let owner: Owner
    let messages: [String]
    let isRequired: Bool
    let credentials: Credentials

    init(_ parameters: Parameters) throws(RPCFailure) {
        owner = try parameters.owner()
        messages = try parameters.hashes()
        isRequired = try parameters.bool("required") ?? false
        credentials = try parameters.credentials(owner: owner)
        _ = try parameters.required("signature", credentials.signature)
    }

    func perform(on store: inout NodeStore, _ context: MemberContext) throws(RPCFailure) -> MemberResult {
        let revoked = store.revoked(of: owner)
        guard credentials.verify(signedText(["delete"] + messages), access: .delete, revoked: revoked) else {
            throw RPCFailure(401, "delete_msgs signature verification failed")
        }
        let wanted = Set(messages)
        let deleted = store.remove(owner, namespace: nil) { wanted.contains($0.hash) }.values.flatMap { $0 }.sorted()
        store.forgetIfEmpty(owner, revocations: context.revocationsNeedMessages)
        return MemberResult(
            fields: ["deleted": .array(deleted.map(JSONValue.string))],
            signed: signedText([owner.hex] + messages + deleted))
    }

    func finish(_: inout Fields, own _: MemberResult, members: [Fields]) -> Int {
        let isAnyDeleted = members.contains { $0["deleted"]?.arrayValue?.isEmpty == false }
        return isRequired && !isAnyDeleted ? 404 : 200
    }
}

/// Clears a namespace or all of them.
/// - Source: network.md §4.8
struct DeleteAllCall: SwarmCall {
    let method = "delete_all"
    let owner: Owner
    let namespace: NamespaceSelection
    let timestamp: Int64
    let credentials: Credentials

    init(_ parameters: Parameters) throws(RPCFailure) {
        owner = try parameters.owner()
        namespace = try parameters.namespaceOrAll()
        timestamp = try parameters.required("timestamp", try parameters.timestamp("timestamp"))
        credentials = try parameters.credentials(owner: owner)
        _ = try parameters.required("signature", credentials.signature)
    }

    func perform(on store: inout NodeStore, _ context: MemberContext) throws(RPCFailure) -> MemberResult {
        guard context.isTimely(timestamp, relaxedWhenForwarded: true) else {
            throw RPCFailure(406, "delete_all timestamp too far from current time")
        }
        let message = signedText(["delete_all", namespace.signedText, String(timestamp)])
        guard credentials.verify(message, access: .delete, revoked: store.revoked(of: owner)) else {
            throw RPCFailure(401, "delete_all signature verification failed")
        }
        let removed = store.remove(owner, namespace: namespace.number) { _ in true }
        store.forgetIfEmpty(owner, revocations: context.revocationsNeedMessages)
        return MemberResult(
            fields: ["deleted": HashList.value(removed, byNamespace: namespace == .all)],
            signed: signedText([owner.hex, String(timestamp)] + HashList.sorted(removed)))
    }
}

/// Clears what is as old as a given time or older.
/// - Source: network.md §4.8
struct DeleteBeforeCall: SwarmCall {
    let method = "delete_before"
    let owner: Owner
    let namespace: NamespaceSelection
    let before: Int64
    let credentials: Credentials

    init(_ parameters: Parameters) throws(RPCFailure) {
        owner = try parameters.owner()
        namespace = try parameters.namespaceOrAll()
        before = try parameters.required("before", try parameters.timestamp("before"))
        credentials = try parameters.credentials(owner: owner)
        _ = try parameters.required("signature", credentials.signature)
    }

    func perform(on store: inout NodeStore, _ context: MemberContext) throws(RPCFailure) -> MemberResult {
        guard before <= context.now + StorageLimits.signatureTolerance else {
            throw RPCFailure(401, "delete_before timestamp too far in the future")
        }
        let message = signedText(["delete_before", namespace.signedText, String(before)])
        guard credentials.verify(message, access: .delete, revoked: store.revoked(of: owner)) else {
            throw RPCFailure(401, "delete_before signature verification failed")
        }
        let removed = store.remove(owner, namespace: namespace.number) { $0.timestamp <= before }
        store.forgetIfEmpty(owner, revocations: context.revocationsNeedMessages)
        return MemberResult(
            fields: ["deleted": HashList.value(removed, byNamespace: namespace == .all)],
            signed: signedText([owner.hex, String(before)] + HashList.sorted(removed)))
    }
}
