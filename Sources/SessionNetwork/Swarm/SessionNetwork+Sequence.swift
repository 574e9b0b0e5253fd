public import SessionWire

/// What became of several messages that were stored one after the other.
public struct SequenceReceipt: Sendable {
    /// One for each message; `nil` where nothing proves that a member holds it.
    public let stores: [StoreReceipt?]
    /// Who proved that they deleted what was asked.
    public let deletion: Deletion

    public enum Deletion: Sendable {
        case nobody, someMembers
        /// Also when nothing was asked.
        case allMembers
    }
}

/// What a swarm says about messages that were to live longer.
public struct ExtendReceipt: Sendable {
    /// Messages that at least one member proved to have, with their new ends in Unix milliseconds.
    public let alive: [MessageHash: UInt64]
    /// Messages that a member proved not to have.
    public let missing: Set<MessageHash>
}

extension SessionNetwork {
    /// Stores messages of one account one after the other and, if all of them were taken, deletes others.
    ///
    /// The requests' time stamps are replaced by the network's time. What less than half of the members confirmed is not
    /// stored again by itself: it may be obsolete by then.
    /// - Parameter stores: with the deletion no more than a sequence holds.
    /// - Source: configs.md §9.1; network.md §4.13
    public func store(
        _ stores: [StoreRequest], thenDelete obsolete: [MessageHash], signer: any StorageSigner,
        timeout: Duration? = nil
    ) async throws(NetworkError) -> SequenceReceipt {
        guard stores.allSatisfy({ $0.data.count <= StoreRequest.maximumData }) else { throw .tooLarge }
        let deletion =
            obsolete.isEmpty ? [] : [StorageRequest.delete(DeleteRequest(signer: signer, messages: obsolete))]
        guard stores.count + deletion.count <= StorageRequest.maximumBatch else { throw .tooLarge }
        return try await ask(swarmOf: signer.accountBytes, timeout: timeout) { now, _ in
            .sequence(stores.map { .store($0.stamped(now)) } + deletion)
        } read: { answer throws(NetworkError) in
            guard let reply = try? BatchReply(answer.json, requests: stores.count + deletion.count) else {
                throw .badReply("no results for stored messages")
            }
            var receipts = [StoreReceipt?](repeating: nil, count: stores.count)
            for (place, (store, result)) in zip(stores, reply.results).enumerated() where result.isSuccess {
                receipts[place] = Self.receipt(of: store, result.body, answer)
            }
            guard receipts.contains(where: { $0 != nil }) || stores.isEmpty else {
                let first = reply.results.first { !$0.isSuccess }
                guard let first else { throw .badReply("no member of the swarm confirmed a message") }
                throw .rejected(status: first.status, String((first.body.stringValue ?? "").prefix(200)))
            }
            var deleted = deletion.isEmpty ? SequenceReceipt.Deletion.allMembers : .nobody
            if let request = deletion.first, reply.results.count > stores.count,
                let result = try? RecursiveReply(reply.results[stores.count].body)
            {
                let confirmed = result.confirmed(request, by: answer.memberIDs).count
                deleted = confirmed == 0 ? .nobody : confirmed < answer.memberIDs.count ? .someMembers : .allMembers
            }
            return SequenceReceipt(stores: receipts, deletion: deleted)
        }
    }

    private static func receipt(
        of request: StoreRequest, _ body: JSONValue, _ answer: SwarmAnswer
    ) -> StoreReceipt? {
        guard let reply = try? StoreReply(body), reply.hash == request.expectedHash else { return nil }
        let confirmed = reply.confirmed(request, by: answer.memberIDs).count
        guard confirmed > 0 else { return nil }
        return StoreReceipt(hash: reply.hash, confirmed: confirmed, members: answer.swarm.count)
    }

    /// Lengthens the life of messages; never shortens it.
    /// - Parameter lifetime: from the network's present time, milliseconds.
    /// - Source: configs.md §9.3; network.md §4.9
    public func extend(
        _ messages: [MessageHash], by lifetime: UInt64, signer: any StorageSigner, timeout: Duration? = nil
    ) async throws(NetworkError) -> ExtendReceipt {
        let sent = LastValue<StorageRequest>()
        return try await ask(swarmOf: signer.accountBytes, timeout: timeout) { now, _ in
            let request = StorageRequest.expire(
                ExpireRequest(signer: signer, messages: messages, expiry: now + lifetime, change: .extend))
            sent.value = request
            return .sequence([request])
        } read: { answer throws(NetworkError) in
            guard let request = sent.value, let batch = try? BatchReply(answer.json, requests: 1),
                let result = batch.results.first, result.isSuccess, let reply = try? RecursiveReply(result.body)
            else { throw .badReply("no result for a longer life") }
            let confirmed = reply.confirmed(request, by: answer.memberIDs)
            guard !confirmed.isEmpty else { throw .badReply("no member of the swarm confirmed a longer life") }
            var alive: [MessageHash: UInt64] = [:]
            var missing: Set<MessageHash> = []
            for id in confirmed {
                guard let member = reply.members[id] else { continue }
                let ends = member.ends
                for message in messages {
                    if let end = ends[message] {
                        alive[message] = min(alive[message] ?? end, end)
                    } else {
                        missing.insert(message)
                    }
                }
            }
            return ExtendReceipt(alive: alive, missing: missing)
        }
    }
}

extension MemberResult {
    /// When the messages that this member has go away: what it changed and what it left as it was.
    fileprivate var ends: [MessageHash: UInt64] {
        var ends: [MessageHash: UInt64] = [:]
        let applied = fields["expiry"]
        for (place, hash) in (updated ?? []).enumerated() {
            if let list = applied?.arrayValue {
                ends[hash] = list.indices.contains(place) ? list[place].uint64Value : nil
            } else {
                ends[hash] = applied?.uint64Value
            }
        }
        for (hash, end) in fields["unchanged"]?.objectValue ?? [:] {
            if let hash = MessageHash(hash), let end = end.uint64Value { ends[hash] = end }
        }
        return ends
    }
}
