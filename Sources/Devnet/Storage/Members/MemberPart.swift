import SessionWire

/// What a member of a swarm needs to know besides the request.
struct MemberContext: Sendable {
    /// The member's own clock, Unix milliseconds.
    let now: UInt64
    /// Another member handed the request on.
    let isForwarded: Bool
    /// Revocations vanish with the last message.
    let revocationsNeedMessages: Bool
}

/// One member's part of the answer, and the bytes that its signature covers.
struct MemberPart: Sendable {
    var fields: Fields
    var signed: [UInt8]
}

extension NodeStore {
    /// Why this member does not do what is asked, if it does not.
    func refusal(of call: StorageCall, _ context: MemberContext) -> StorageRefusal? {
        let revoked = call.account.map { self.revoked(of: Owner($0)) } ?? []
        return StorageAuth.verify(call, now: context.now, isForwarded: context.isForwarded) { revoked.contains($0) }
    }

    /// Checks a request that all members carry out, and does one member's part.
    /// - Source: network.md §4.4
    mutating func carryOut(
        _ call: StorageCall, _ context: MemberContext
    ) throws(StorageRefusal) -> MemberPart {
        if let refusal = refusal(of: call, context) { throw refusal }
        switch call {
        case .store(let call): return store(call)
        case .delete(let call): return delete(call, context)
        case .deleteAll(let call): return clear(call, context) { _ in true }
        case .deleteBefore(let call): return clear(call, context) { $0.timestamp <= call.number }
        case .expire(let call): return expire(call, context)
        case .expireAll(let call): return shorten(call)
        case .revokeSubaccounts(let call): return revoke(call, context)
        case .unrevokeSubaccounts(let call): return unrevoke(call)
        case .retrieve, .getExpiries, .revokedSubaccounts, .getSwarm, .info, .activeNodesBin, .oxend, .batch,
            .sequence, .choice:
            throw StorageRefusal(status: 500, text: "request failed")  // these have no parts
        }
    }
}
