import BaseKit
public import SessionWire

/// What tests and Echo do behind the network's back.
extension Devnet {
    /// An account's messages on each member of its swarm, in that member's order.
    public func messages(of account: AccountID, namespace: Namespace = .messages) -> [[StoredMessage]] {
        swarm(of: account).map { index in
            nodes[index].store.rows(of: Owner(account.bytes), namespace: namespace).map(\.message)
        }
    }

    /// Puts bytes where an account finds them, on all members of its swarm or on one, without any check: messages that
    /// no honest client would send.
    public func inject(
        _ data: [UInt8], for account: AccountID, namespace: Namespace = .messages, ttl: Duration = .seconds(86_400),
        onlyNode: Int? = nil
    ) {
        let owner = Owner(account.bytes)
        let hash = MessageHash.compute(account: owner.bytes, namespace: namespace, data: data)
        for index in swarm(of: account) where onlyNode == nil || onlyNode == index {
            let now = now(at: index)
            let row = NodeStore.Row(
                hash: hash, timestamp: UInt64(clamping: now), expiry: UInt64(clamping: now + ttl.milliseconds),
                data: data)
            nodes[index].store.put(owner, namespace: namespace, row)
            saveChanges(index)
        }
        arrivals.send(owner.hex)
    }

    /// Stores through the door: any running member takes the request and hands it on, as for a client.
    /// - Returns: whether a member took it.
    package func store(_ request: StoreRequest) async -> Bool {
        guard let call = try? StorageCall.parse(StorageRequest.store(request).encoded()),
            let swarm = layout.swarm(of: Owner(request.account))
        else { return false }
        for index in members(of: swarm).shuffled() where nodes[index].isRunning {
            if await perform(call, on: index).status == 200 { return true }
        }
        return false
    }
}
