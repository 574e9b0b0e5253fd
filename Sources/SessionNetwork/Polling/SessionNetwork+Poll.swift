public import SessionWire

extension SessionNetwork {
    /// With as many items in one namespace there are likely more, whatever the node says.
    /// - Source: identity-and-messages.md §5.2
    private static let fullNamespace = 95

    /// Fetches what is new in an account's swarm: one batch to one member.
    /// - Parameters:
    ///   - lastHashes: the newest message that this very node gave before.
    ///   - preferred: the member to ask first.
    /// - Source: identity-and-messages.md §5.1
    public func poll(
        keys: AccountKeys, namespaces: [Namespace], preferring preferred: ServiceNodeID? = nil,
        timeout: Duration? = nil,
        lastHashes: @escaping @Sendable (ServiceNodeID, Namespace) async -> MessageHash?
    ) async throws(NetworkError) -> PollResult {
        try await poll(
            signer: keys, namespaces: namespaces, preferring: preferred, timeout: timeout, lastHashes: lastHashes)
    }

    /// The same for whoever may read an account, such as a member of a group.
    public func poll(
        signer: any StorageSigner, namespaces: [Namespace], preferring preferred: ServiceNodeID? = nil,
        timeout: Duration? = nil, isImportant: @escaping @Sendable (Namespace) -> Bool = { $0 == .messages },
        lastHashes: @escaping @Sendable (ServiceNodeID, Namespace) async -> MessageHash?
    ) async throws(NetworkError) -> PollResult {
        let shares = RetrieveRequest.shares(of: namespaces, isImportant: isImportant)
        let clock = clock
        return try await ask(swarmOf: signer.accountBytes, timeout: timeout, preferring: preferred) { now, node in
            var requests: [StorageRequest] = []
            for namespace in namespaces.prefix(StorageRequest.maximumBatch) {
                requests.append(
                    .retrieve(
                        RetrieveRequest(
                            signer: signer, namespace: namespace, lastHash: await lastHashes(node, namespace),
                            maximumSize: shares[namespace], timestamp: now)))
            }
            return .batch(requests)
        } read: { answer throws(NetworkError) in
            try Self.read(answer, namespaces: namespaces, account: signer.accountBytes, now: clock.now())
        }
    }

    /// Where relocated items belong that a node keeps among the messages.
    private static let userConfigs: [Namespace] = [.userProfile, .contacts, .conversationVolatile, .userGroups]

    static func read(
        _ answer: SwarmAnswer, namespaces: [Namespace], account: [UInt8], now: UInt64
    ) throws(NetworkError) -> PollResult {
        guard let batch = try? BatchReply(answer.json), batch.results.count == namespaces.count else {
            throw .badReply("a poll brought no result for each namespace")
        }
        var items: [Namespace: [StoredMessage]] = [:]
        var positions: [Namespace: PollResult.Position] = [:]
        var more = false
        var complete: Set<Namespace> = []
        var genuine = 0
        var altered = 0
        for (namespace, result) in zip(namespaces, batch.results) where result.isSuccess {
            guard let reply = try? RetrieveReply(result.body) else { throw .badReply("a poll brought no messages") }
            let hasMore = reply.more || reply.messages.count >= fullNamespace
            guard let last = reply.messages.last else {
                complete.insert(namespace)
                continue
            }
            let kept = reply.messages.filter { $0.isGenuine(account: account, namespace: namespace) }
            let isWhole = kept.count == reply.messages.count || namespace != .messages
            let misplaced = isWhole ? 0 : reply.messages.count { isMisplaced($0, account: account) }
            genuine += kept.count
            altered += reply.messages.count - kept.count - misplaced
            // Who changes messages has not told everything.
            if !hasMore, kept.count + misplaced == reply.messages.count { complete.insert(namespace) }
            positions[namespace] = PollResult.Position(hash: last.hash, expiration: last.expiration)
            let fresh = kept.filter { $0.expiration > now }
            if !fresh.isEmpty { items[namespace] = fresh }
            more = more || hasMore
        }
        guard batch.results.contains(where: \.isSuccess) else {
            let first = batch.results.first
            throw .rejected(status: first?.status ?? 0, String((first?.body.stringValue ?? "").prefix(200)))
        }
        guard altered == 0 || genuine > 0 else { throw .badReply("a poll brought other messages than it says") }
        return PollResult(
            node: answer.node, items: items, positions: positions, more: more, complete: complete,
            swarmSize: answer.swarm.count)
    }
    /// Whether the item is a config that a swarm handed to its new member: that says where nothing belongs, and all of it
    /// comes to lie among the messages, under its old hash. No use to us there, and no lie either.
    /// - Source: network.md §4.16
    private static func isMisplaced(_ message: StoredMessage, account: [UInt8]) -> Bool {
        userConfigs.contains { message.isGenuine(account: account, namespace: $0) }
    }
}
