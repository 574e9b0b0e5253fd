import BaseKit
public import SessionWire

/// What tests and Echo do behind the network's back.
extension Devnet {
    /// An account's messages on each member of its swarm, in that member's order.
    public func messages(of account: AccountID, namespace: Namespace = .messages) -> [[StoredMessage]] {
        guard let owner = Owner(account.description) else { return [] }
        return swarm(of: account).map { index in
            nodes[index].store.rows(of: owner, namespace: namespace.rawValue).compactMap(StoredMessage.init)
        }
    }

    /// Puts bytes where an account finds them, on all members of its swarm or on one, without any check: messages that
    /// no honest client would send.
    public func inject(
        _ data: [UInt8], for account: AccountID, namespace: Namespace = .messages, ttl: Duration = .seconds(86_400),
        onlyNode: Int? = nil
    ) {
        guard let owner = Owner(account.description) else { return }
        let hash = MessageHash.compute(account: owner.bytes, namespace: namespace, data: data).rawValue
        for index in swarm(of: account) where onlyNode == nil || onlyNode == index {
            let now = now(at: index)
            _ = nodes[index].store.put(
                owner, namespace: namespace.rawValue, hash: hash, timestamp: now, expiry: now + ttl.inMilliseconds,
                data: data.base64)
            saveChanges(index)
        }
        arrivals.send(owner.hex)
    }

    /// Stores through the door: any running member takes the request and hands it on, as for a client.
    /// - Returns: whether a member took it.
    func store(_ request: StoreRequest) async -> Bool {
        let body = StorageRequest.store(request).encoded()
        guard let call = try? RPCCall.parse(body, offersActiveNodesBin: true), let owner = call.call.owner,
            let swarm = layout.swarm(of: owner)
        else { return false }
        for index in members(of: swarm).shuffled() where nodes[index].isRunning {
            if await perform(call, on: index).status == 200 { return true }
        }
        return false
    }
}

extension StoredMessage {
    init?(_ row: NodeStore.Row) {
        guard let hash = MessageHash(row.hash), let data = [UInt8](base64: row.data) else { return nil }
        self.init(
            hash: hash, timestamp: UInt64(clamping: row.timestamp), expiration: UInt64(clamping: row.expiry), data: data
        )
    }
}
