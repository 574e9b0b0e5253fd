public import SessionWire

/// What a swarm confirmed about a stored message.
public struct StoreReceipt: Equatable, Sendable {
    /// The message's name in the swarm, computed here and named by the swarm alike.
    public let hash: MessageHash
    /// Members that provably hold it.
    public let confirmed: Int
    /// Members of the swarm.
    public let members: Int

    public init(hash: MessageHash, confirmed: Int, members: Int) {
        self.hash = hash
        self.confirmed = confirmed
        self.members = members
    }

    /// Whether at least half of the members confirmed. With fewer, the message is stored again in the background.
    public var isSettled: Bool { confirmed * 2 >= members }
}

/// What a swarm confirmed about a request that all its members carry out.
public struct SwarmReceipt: Equatable, Sendable {
    /// Members whose signed word says that they did it.
    public let confirmed: Int
    /// Members of the swarm.
    public let members: Int

    public init(confirmed: Int, members: Int) {
        self.confirmed = confirmed
        self.members = members
    }

    /// Whether every member confirmed.
    public var isComplete: Bool { confirmed >= members }
}

extension SessionNetwork {
    /// Stores data in the swarm of its owner.
    ///
    /// The request's `timestamp` is replaced by the network's time when it is sent, and again when nodes refuse it: it
    /// is the time of the request, not of the message.
    /// - Parameter timeout: for one attempt, the options' by default; everything together takes at most three times as
    ///   long.
    /// - Returns: only with at least one member's valid signature over the hash that was computed here. When less than
    ///   half of the members confirmed, the message is stored again later, without anybody waiting.
    /// - Source: network.md §4.4, §4.5; identity-and-messages.md §3.6
    public func store(
        _ request: StoreRequest, timeout: Duration? = nil
    ) async throws(NetworkError) -> StoreReceipt {
        let receipt = try await storeOnce(request, timeout: timeout)
        if !receipt.isSettled { confirmLater(request) }
        return receipt
    }

    func storeOnce(_ request: StoreRequest, timeout: Duration? = nil) async throws(NetworkError) -> StoreReceipt {
        guard request.data.count <= StoreRequest.maximumData else { throw .tooLarge }
        let expected = request.expectedHash
        return try await ask(swarmOf: request.account, timeout: timeout) { now, _ in
            .sequence([.store(request.stamped(now))])
        } read: { answer throws(NetworkError) in
            guard let result = Self.only(answer.json), result.isSuccess,
                let reply = try? StoreReply(result.body)
            else { throw .badReply("no result for a stored message") }
            guard reply.hash == expected else { throw .badReply("another message was stored") }
            let confirmed = reply.confirmed(request, by: answer.memberIDs).count
            guard confirmed > 0 else { throw .badReply("no member of the swarm confirmed the message") }
            return StoreReceipt(hash: expected, confirmed: confirmed, members: answer.swarm.count)
        }
    }

    /// Deletes messages from a swarm. Without a single valid confirmation it fails; check `isComplete` for the rest.
    public func delete(
        _ messages: [MessageHash], signer: any StorageSigner, timeout: Duration? = nil
    ) async throws(NetworkError) -> SwarmReceipt {
        let request = StorageRequest.delete(DeleteRequest(signer: signer, messages: messages))
        return try await carryOut(swarmOf: signer.accountBytes, timeout: timeout) { _ in request }
    }

    /// Carries out a request that a swarm member passes on to all others, and counts valid confirmations.
    /// - Parameter make: makes the request for the network's present time.
    /// - Source: network.md §4.4
    public func carryOut(
        swarmOf account: [UInt8], timeout: Duration? = nil,
        _ make: @escaping @Sendable (_ now: UInt64) -> StorageRequest
    ) async throws(NetworkError) -> SwarmReceipt {
        let sent = LastValue<StorageRequest>()
        return try await ask(swarmOf: account, timeout: timeout) { now, _ in
            let request = make(now)
            sent.value = request
            return .sequence([request])
        } read: { answer throws(NetworkError) in
            guard let request = sent.value, let result = Self.only(answer.json), result.isSuccess,
                let reply = try? RecursiveReply(result.body)
            else { throw .badReply("no result for a request to a swarm") }
            let confirmed = reply.confirmed(request, by: answer.memberIDs).count
            guard confirmed > 0 else { throw .badReply("no member of the swarm confirmed the request") }
            return SwarmReceipt(confirmed: confirmed, members: answer.swarm.count)
        }
    }

    /// Sends any request to a member of an account's swarm. The request's time stamps are the caller's: prefer the form
    /// that makes the request when the time is known.
    /// - Parameter timeout: for one attempt, the options' by default; everything together takes at most three times as
    ///   long.
    public func send(
        _ request: StorageRequest, toSwarmOf account: AccountID, timeout: Duration? = nil
    ) async throws(NetworkError) -> SwarmAnswer {
        try await send(toSwarmOf: account.bytes, timeout: timeout) { _ in request }
    }

    /// Sends a request that is made for the network's present time to a member of any account's swarm, groups included.
    /// - Parameter account: type byte and key, 33 bytes.
    public func send(
        toSwarmOf account: [UInt8], timeout: Duration? = nil,
        _ make: @escaping @Sendable (_ now: UInt64) -> StorageRequest
    ) async throws(NetworkError) -> SwarmAnswer {
        try await ask(swarmOf: account, timeout: timeout) { now, _ in
            make(now)
        } read: {
            $0
        }
    }

    /// The one result of a `sequence` of one.
    private static func only(_ json: JSONValue) -> BatchReply.SubReply? {
        guard let reply = try? BatchReply(json, requests: 1) else { return nil }  // the caller names what is wrong
        return reply.results.first
    }
}

extension StoreRequest {
    /// The same for another time.
    func stamped(_ now: UInt64) -> StoreRequest {
        StoreRequest(account: account, namespace: namespace, data: data, ttl: ttl, timestamp: now, signer: signer)
    }
}
