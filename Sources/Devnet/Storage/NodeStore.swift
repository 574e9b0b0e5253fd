import BaseKit

/// What one node keeps: messages by account and namespace in the order in which they reached this node, and revoked
/// tokens. Different members of a swarm may hold different orders.
struct NodeStore: Sendable {
    struct Row: Sendable, Equatable {
        /// Position in this node's order.
        let sequence: UInt64
        let hash: String
        let timestamp: Int64
        var expiry: Int64
        /// Standard base64, as it is handed out.
        let data: String
    }

    /// A change that has to be written down to survive a restart.
    enum Change: Sendable, Equatable {
        case put(Owner, namespace: Int, Row)
        case removed(Owner, [String])
        case expiry(Owner, hash: String, Int64)
        case revoked(Owner, [[UInt8]])
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
        var shelves: [Int: Shelf] = [:]
        /// Where each message is.
        var places: [String: (namespace: Int, sequence: UInt64)] = [:]
        var revoked: [[UInt8]] = []
    }

    /// Newest revocations that are kept.
    /// - Source: network.md §4.2
    static let maximumRevoked = 50

    private var accounts: [Owner: Account] = [:]
    private var nextSequence: UInt64 = 1
    /// No message expires before this; spares the sweep a walk through everything.
    private var earliestExpiry = Int64.max
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

    func namespaces(of owner: Owner) -> [Int] { accounts[owner]?.shelves.keys.sorted() ?? [] }

    func rows(of owner: Owner, namespace: Int) -> [Row] { accounts[owner]?.shelves[namespace]?.rows ?? [] }

    func row(of owner: Owner, hash: String) -> Row? {
        guard let account = accounts[owner], let place = account.places[hash],
            let shelf = account.shelves[place.namespace],
            let index = shelf.index(of: place.sequence)
        else { return nil }
        return shelf.rows[index]
    }

    func namespace(of owner: Owner, hash: String) -> Int? { accounts[owner]?.places[hash]?.namespace }

    /// The rows that reached this node after the one with this hash; all when the hash is not known in the namespace.
    func rows(of owner: Owner, namespace: Int, after hash: String?) -> ArraySlice<Row> {
        guard let account = accounts[owner], let shelf = account.shelves[namespace] else { return [] }
        guard let hash, let place = account.places[hash], place.namespace == namespace,
            let index = shelf.index(of: place.sequence)
        else { return shelf.rows[...] }
        return shelf.rows[(index + 1)...]
    }

    func revoked(of owner: Owner) -> [[UInt8]] { accounts[owner]?.revoked ?? [] }
    var messageCount: Int { accounts.values.reduce(0) { $0 + $1.places.count } }

    // MARK: Writing

    enum PutResult: Equatable { case stored, already(expiry: Int64) }

    /// Stores a message; one that is here already only has its life extended.
    mutating func put(
        _ owner: Owner, namespace: Int, hash: String, timestamp: Int64, expiry: Int64, data: String
    ) -> PutResult {
        if let known = row(of: owner, hash: hash) {
            if expiry > known.expiry { setExpiry(owner, hash: hash, expiry) }
            return .already(expiry: max(expiry, known.expiry))
        }
        let row = Row(sequence: nextSequence, hash: hash, timestamp: timestamp, expiry: expiry, data: data)
        nextSequence += 1
        earliestExpiry = min(earliestExpiry, expiry)
        accounts[owner, default: Account()].shelves[namespace, default: Shelf()].rows.append(row)
        accounts[owner]?.places[hash] = (namespace, row.sequence)
        record(.put(owner, namespace: namespace, row))
        return .stored
    }

    /// Changes one message's expiry; nothing happens when it is not here.
    mutating func setExpiry(_ owner: Owner, hash: String, _ expiry: Int64) {
        guard let place = accounts[owner]?.places[hash],
            let index = accounts[owner]?.shelves[place.namespace]?.index(of: place.sequence)
        else { return }
        accounts[owner]?.shelves[place.namespace]?.rows[index].expiry = expiry
        earliestExpiry = min(earliestExpiry, expiry)
        record(.expiry(owner, hash: hash, expiry))
    }

    /// Removes what `matches` says, in one namespace or (`nil`) in all; returns the removed hashes by namespace.
    @discardableResult
    mutating func remove(_ owner: Owner, namespace: Int?, where matches: (Row) -> Bool) -> [Int: [String]] {
        guard let account = accounts[owner] else { return [:] }
        var removed: [Int: [String]] = [:]
        for (key, shelf) in account.shelves where namespace == nil || namespace == key {
            let gone = shelf.rows.filter(matches).map(\.hash)
            guard !gone.isEmpty else { continue }
            removed[key] = gone
            let set = Set(gone)
            accounts[owner]?.shelves[key]?.rows.removeAll { set.contains($0.hash) }
            for hash in gone { accounts[owner]?.places[hash] = nil }
            if accounts[owner]?.shelves[key]?.rows.isEmpty == true { accounts[owner]?.shelves[key] = nil }
        }
        let all = removed.values.flatMap { $0 }
        if !all.isEmpty { record(.removed(owner, all)) }
        return removed
    }

    /// Removes everything whose time has come.
    mutating func sweep(now: Int64, forgetRevocations: Bool) {
        guard earliestExpiry <= now else { return }
        for owner in owners {
            remove(owner, namespace: nil) { $0.expiry <= now }
            forgetIfEmpty(owner, revocations: forgetRevocations)
        }
        earliestExpiry =
            accounts.values.lazy
            .flatMap { $0.shelves.values.lazy.flatMap { $0.rows.lazy.map(\.expiry) } }
            .min() ?? .max
    }

    /// An account without messages is no longer known, nor (on real nodes) what it revoked.
    mutating func forgetIfEmpty(_ owner: Owner, revocations: Bool) {
        guard let account = accounts[owner], account.places.isEmpty else { return }
        guard !account.revoked.isEmpty else { return accounts[owner] = nil }
        guard revocations else { return }
        accounts[owner] = nil
        record(.revoked(owner, []))
    }

    func isKnown(_ owner: Owner) -> Bool { accounts[owner].map { !$0.places.isEmpty } ?? false }

    mutating func setRevoked(_ owner: Owner, _ tokens: [[UInt8]]) {
        accounts[owner, default: Account()].revoked = Array(tokens.suffix(Self.maximumRevoked))
        record(.revoked(owner, revoked(of: owner)))
    }

    mutating func removeAll() { self = NodeStore() }

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
            _ = put(
                owner, namespace: namespace, hash: row.hash, timestamp: row.timestamp, expiry: row.expiry,
                data: row.data)
        case .removed(let owner, let hashes):
            let set = Set(hashes)
            remove(owner, namespace: nil) { set.contains($0.hash) }
        case .expiry(let owner, let hash, let expiry): setExpiry(owner, hash: hash, expiry)
        case .revoked(let owner, let tokens): setRevoked(owner, tokens)
        }
    }
}
