import SessionWire

extension NodeStore {
    /// - Source: network.md §4.7
    mutating func delete(_ call: StorageCall.Delete, _ context: MemberContext) -> MemberPart {
        let wanted = Set(call.messages)
        let deleted = remove(
            Owner(call.credentials.account), in: .all, forgettingRevocations: context.revocationsNeedMessages
        ) { wanted.contains($0.hash) }.all
        let signed = MemberSignature.delete(
            account: call.credentials.account, requested: call.messages, deleted: deleted)
        return MemberPart(fields: ["deleted": deleted.json], signed: signed)
    }

    /// `delete_all` and `delete_before`.
    /// - Source: network.md §4.8
    mutating func clear(
        _ call: StorageCall.Bulk, _ context: MemberContext, where matches: (Row) -> Bool
    ) -> MemberPart {
        let deleted = remove(
            Owner(call.credentials.account), in: call.namespaces,
            forgettingRevocations: context.revocationsNeedMessages, where: matches)
        return part(call, deleted, as: "deleted")
    }

    /// `expire_all`
    /// - Source: network.md §4.9
    mutating func shorten(_ call: StorageCall.Bulk) -> MemberPart {
        let owner = Owner(call.credentials.account)
        var updated: HashList = [:]
        for namespace in namespaces(of: owner) where call.namespaces.contains(namespace) {
            let hashes = rows(of: owner, namespace: namespace).filter { $0.expiry > call.number }.map(\.hash)
            for hash in hashes { setExpiry(owner, hash: hash, call.number) }
            if !hashes.isEmpty { updated[namespace] = hashes }
        }
        var part = part(call, updated, as: "updated")
        part.fields["expiry"] = .number(call.number)
        return part
    }

    private func part(_ call: StorageCall.Bulk, _ hashes: HashList, as name: String) -> MemberPart {
        let signed = MemberSignature.bulk(
            account: call.credentials.account, number: call.number, hashes: hashes.all)
        return MemberPart(fields: [name: hashes.json(for: call.namespaces)], signed: signed)
    }

    /// - Source: network.md §4.9
    mutating func expire(_ call: StorageCall.Expire, _ context: MemberContext) -> MemberPart {
        let owner = Owner(call.credentials.account)
        let latest = context.now + StorageCall.Expire.maximumLifetime
        let isExtending = call.change == .extend || call.isForcedToExtend
        var applied: [MessageHash: UInt64] = [:]
        var unchanged: [MessageHash: UInt64] = [:]
        for (place, hash) in call.messages.enumerated() {
            guard let row = row(of: owner, hash: hash) else { continue }
            let wanted = min(call.expiry(at: place), latest)
            if (call.change == .shorten && wanted >= row.expiry) || (isExtending && wanted <= row.expiry) {
                unchanged[hash] = row.expiry
            } else {
                setExpiry(owner, hash: hash, wanted)
                applied[hash] = wanted
            }
        }
        let updated = applied.keys.sorted()
        let expiries = call.isList ? updated.compactMap { applied[$0] } : [min(call.expiry(at: 0), latest)]
        var fields: Fields = ["updated": updated.json]
        fields["expiry"] = call.isList ? .array(expiries.map(JSONValue.number)) : .number(expiries[0])
        if call.change == .set { unchanged = [:] } else { fields["unchanged"] = .times(unchanged) }
        let signed = MemberSignature.expire(
            account: call.credentials.account, expiries: expiries, requested: call.messages, updated: updated,
            unchanged: unchanged)
        return MemberPart(fields: fields, signed: signed)
    }
}

extension JSONValue {
    /// Unix milliseconds of messages.
    fileprivate static func times(_ times: [MessageHash: UInt64]) -> JSONValue {
        .object(Dictionary(uniqueKeysWithValues: times.map { ($0.key.rawValue, .number($0.value)) }))
    }
}
