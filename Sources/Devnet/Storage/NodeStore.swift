import BaseKit
import SessionWire

/// What one node keeps: messages by account and namespace in the order in which they reached this node, and revoked
/// tokens. Different members of a swarm may hold different orders.
struct NodeStore: Sendable {
    struct Row: Sendable, Equatable {
        /// Position in this node's order, given by the store.
        fileprivate(set) var sequence: UInt64 = 0
        let hash: MessageHash
        /// Unix milliseconds, as is the expiry.
        let timestamp: UInt64
        var expiry: UInt64
        let data: [UInt8]

        init(hash: MessageHash, timestamp: UInt64, expiry: UInt64, data: [UInt8]) {
            (self.hash, self.timestamp, self.expiry, self.data) = (hash, timestamp, expiry, data)
        }

        /// As clients get it.
        var message: StoredMessage {
            StoredMessage(hash: hash, timestamp: timestamp, expiration: expiry, data: data)
        }
    }

    /// A change that has to be written down to survive a restart.
    enum Change: Sendable, Equatable {
        case put(Owner, namespace: Namespace, Row)
        case removed(Owner, [MessageHash])
        case expiry(Owner, hash: MessageHash, UInt64)
        case revoked(Owner, [SubaccountToken])
    }

    private struct Shelf: Sendable {
        var rows: [Row] = []

        func index(of sequence: UInt64) -> Int? {
            var low = 0
            var high = rows.count
            while low < high {
                let middle = (low + high) / 2
                if rows[middle].sequence < sequence { low = middle + 1 } else { high = middle }
            }
            return low < rows.count && rows[low].sequence == sequence ? low : nil
        }
    }

    private struct Account: Sendable {
        var shelves: [Namespace: Shelf] = [:]
        /// Where each message is.
        var places: [MessageHash: (namespace: Namespace, sequence: UInt64)] = [:]
        var revoked: [SubaccountToken] = []
    }

    private var accounts: [Owner: Account] = [:]
    private var nextSequence: UInt64 = 1
    /// No message expires before this; spares the sweep a walk through everything.
    private var earliestExpiry = UInt64.max
    /// When set, changes are collected for the log.
    var isRecording = false
    private(set) var changes: [Change] = []

    mutating func takeChanges() -> [Change] {
        defer { changes = [] }
        return changes
    }

    private mutating func record(_ change: Change) {
        if isRecording { changes.append(change) }
    }

    // MARK: Reading

    var owners: [Owner] { Array(accounts.keys) }

    func namespaces(of owner: Owner) -> [Namespace] { Array(accounts[owner]?.shelves.keys ?? [:].keys) }

    func rows(of owner: Owner, namespace: Namespace) -> [Row] { accounts[owner]?.shelves[namespace]?.rows ?? [] }

    func row(of owner: Owner, hash: MessageHash) -> Row? {
        guard let account = accounts[owner], let place = account.places[hash],
            let shelf = account.shelves[place.namespace],
            let index = shelf.index(of: place.sequence)
        else { return nil }
        return shelf.rows[index]
    }

    /// The rows that reached this node after the one with this hash; all when the hash is not known in the namespace.
    func rows(of owner: Owner, namespace: Namespace, after hash: MessageHash?) -> ArraySlice<Row> {
        guard let account = accounts[owner], let shelf = account.shelves[namespace] else { return [] }
        guard let hash, let place = account.places[hash], place.namespace == namespace,
            let index = shelf.index(of: place.sequence)
        else { return shelf.rows[...] }
        return shelf.rows[(index + 1)...]
    }

    func revoked(of owner: Owner) -> [SubaccountToken] { accounts[owner]?.revoked ?? [] }
    var messageCount: Int { accounts.values.reduce(0) { $0 + $1.places.count } }

    // MARK: Writing

    enum PutResult: Equatable { case stored, already(expiry: UInt64) }

    /// Stores a message; one that is here already only has its life extended.
    @discardableResult
    mutating func put(_ owner: Owner, namespace: Namespace, _ row: Row) -> PutResult {
        if let known = self.row(of: owner, hash: row.hash) {
            if row.expiry > known.expiry { setExpiry(owner, hash: row.hash, row.expiry) }
            return .already(expiry: max(row.expiry, known.expiry))
        }
        var row = row
        row.sequence = nextSequence
        nextSequence += 1
        earliestExpiry = min(earliestExpiry, row.expiry)
        accounts[owner, default: Account()].shelves[namespace, default: Shelf()].rows.append(row)
        accounts[owner]?.places[row.hash] = (namespace, row.sequence)
        record(.put(owner, namespace: namespace, row))
        return .stored
    }

    /// Changes one message's expiry; nothing happens when it is not here.
    mutating func setExpiry(_ owner: Owner, hash: MessageHash, _ expiry: UInt64) {
        guard let place = accounts[owner]?.places[hash],
            let index = accounts[owner]?.shelves[place.namespace]?.index(of: place.sequence)
        else { return }
        accounts[owner]?.shelves[place.namespace]?.rows[index].expiry = expiry
        earliestExpiry = min(earliestExpiry, expiry)
        record(.expiry(owner, hash: hash, expiry))
    }

    /// Removes what `matches` says; returns the removed hashes.
    @discardableResult
    mutating func remove(
        _ owner: Owner, in namespaces: NamespaceSelection = .all, where matches: (Row) -> Bool
    ) -> HashList {
        guard let account = accounts[owner] else { return [:] }
        var removed: HashList = [:]
        for (key, shelf) in account.shelves where namespaces.contains(key) {
            let gone = shelf.rows.filter(matches).map(\.hash)
            guard !gone.isEmpty else { continue }
            removed[key] = gone
            let set = Set(gone)
            accounts[owner]?.shelves[key]?.rows.removeAll { set.contains($0.hash) }
            for hash in gone { accounts[owner]?.places[hash] = nil }
            if accounts[owner]?.shelves[key]?.rows.isEmpty == true { accounts[owner]?.shelves[key] = nil }
        }
        if !removed.isEmpty { record(.removed(owner, removed.all)) }
        return removed
    }

    /// The same, after which an account without messages is forgotten.
    @discardableResult
    mutating func remove(
        _ owner: Owner, in namespaces: NamespaceSelection = .all, forgettingRevocations: Bool,
        where matches: (Row) -> Bool
    ) -> HashList {
        defer { forgetIfEmpty(owner, revocations: forgettingRevocations) }
        return remove(owner, in: namespaces, where: matches)
    }

    /// Removes everything whose time has come.
    mutating func sweep(_ context: MemberContext) {
        guard earliestExpiry <= context.now else { return }
        for owner in owners {
            remove(owner, forgettingRevocations: context.revocationsNeedMessages) { $0.expiry <= context.now }
        }
        earliestExpiry =
            accounts.values.lazy
            .flatMap { $0.shelves.values.lazy.flatMap { $0.rows.lazy.map(\.expiry) } }
            .min() ?? .max
    }

    /// An account without messages is no longer known, nor (on real nodes) what it revoked.
    private mutating func forgetIfEmpty(_ owner: Owner, revocations: Bool) {
        guard let account = accounts[owner], account.places.isEmpty else { return }
        guard !account.revoked.isEmpty else { return accounts[owner] = nil }
        guard revocations else { return }
        accounts[owner] = nil
        record(.revoked(owner, []))
    }

    func isKnown(_ owner: Owner) -> Bool { accounts[owner].map { !$0.places.isEmpty } ?? false }

    /// Keeps the newest ones, which stand last.
    mutating func setRevoked(_ owner: Owner, _ tokens: [SubaccountToken]) {
        accounts[owner, default: Account()].revoked = Array(tokens.suffix(RevokeRequest.maximumTokens))
        record(.revoked(owner, revoked(of: owner)))
    }

    // MARK: State

    /// Everything in it as the changes that would bring it about, in this node's order.
    func snapshot() -> [Change] {
        var puts: [(UInt64, Change)] = []
        var others: [Change] = []
        for (owner, account) in accounts {
            for (namespace, shelf) in account.shelves {
                for row in shelf.rows { puts.append((row.sequence, .put(owner, namespace: namespace, row))) }
            }
            if !account.revoked.isEmpty { others.append(.revoked(owner, account.revoked)) }
        }
        return puts.sorted { $0.0 < $1.0 }.map(\.1) + others
    }

    /// Brings about a change that was written down earlier.
    mutating func apply(_ change: Change) {
        switch change {
        case .put(let owner, let namespace, let row):
            put(owner, namespace: namespace, row)
        case .removed(let owner, let hashes):
            let set = Set(hashes)
            remove(owner) { set.contains($0.hash) }
        case .expiry(let owner, let hash, let expiry): setExpiry(owner, hash: hash, expiry)
        case .revoked(let owner, let tokens): setRevoked(owner, tokens)
        }
    }
}
