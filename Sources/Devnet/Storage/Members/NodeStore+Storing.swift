import BaseKit
import SessionWire

extension NodeStore {
    /// - Source: network.md §4.5
    mutating func store(_ call: StorageCall.Store) -> MemberPart {
        let owner = Owner(call.credentials.account)
        let hash = call.hash
        if call.namespace.isPublicOutbox {
            let newest = rows(of: owner, namespace: call.namespace).map(\.timestamp).max() ?? 0
            if call.timestamp > newest { remove(owner, in: .one(call.namespace)) { $0.hash != hash } }
        }
        let row = Row(hash: hash, timestamp: call.timestamp, expiry: call.expiry, data: call.data)
        var fields: Fields = ["hash": .string(hash.rawValue), "expiry": .number(call.expiry)]
        if case .already(let applied) = put(owner, namespace: call.namespace, row) {
            fields["already"] = true
            fields["expiry"] = .number(applied)
        }
        return MemberPart(fields: fields, signed: MemberSignature.store(hash))
    }

    /// - Source: network.md §4.10
    mutating func revoke(_ call: StorageCall.Revoke, _ context: MemberContext) -> MemberPart {
        let owner = Owner(call.credentials.account)
        if isKnown(owner) || !context.revocationsNeedMessages {
            setRevoked(owner, revoked(of: owner).filter { !call.tokens.contains($0) } + call.tokens)
        }
        return part(call, [:])
    }

    mutating func unrevoke(_ call: StorageCall.Revoke) -> MemberPart {
        let owner = Owner(call.credentials.account)
        let known = revoked(of: owner)
        let left = known.filter { !call.tokens.contains($0) }
        if left.count < known.count { setRevoked(owner, left) }
        return part(call, ["count": .int(Int64(known.count - left.count))])
    }

    private func part(_ call: StorageCall.Revoke, _ fields: Fields) -> MemberPart {
        let signed = MemberSignature.revoke(
            account: call.credentials.account, timestamp: call.timestamp, tokens: call.tokens)
        return MemberPart(fields: fields, signed: signed)
    }
}
