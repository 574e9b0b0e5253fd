import BaseKit

/// One change of a node's store as a line of its log.
struct ChangeLine: Codable {
    /// The account.
    var o: String
    /// A new message: namespace, hash, timestamp, expiry, data.
    var n: Int?
    var h: String?
    var t: Int64?
    var e: Int64?
    var d: String?
    /// Removed hashes.
    var x: [String]?
    /// All revoked tokens.
    var r: [String]?

    init(_ change: NodeStore.Change) {
        switch change {
        case .put(let owner, let namespace, let row):
            o = owner.hex
            (n, h, t, e, d) = (namespace, row.hash, row.timestamp, row.expiry, row.data)
        case .removed(let owner, let hashes):
            o = owner.hex
            x = hashes
        case .expiry(let owner, let hash, let expiry):
            o = owner.hex
            (h, e) = (hash, expiry)
        case .revoked(let owner, let tokens):
            o = owner.hex
            r = tokens.map(\.hex)
        }
    }

    /// `nil` for a line that makes no sense.
    var change: NodeStore.Change? {
        guard let owner = Owner(o) else { return nil }
        if let x { return .removed(owner, x) }
        if let r { return .revoked(owner, r.compactMap { [UInt8](hex: $0) }) }
        guard let h, let e else { return nil }
        guard let n, let t, let d else { return .expiry(owner, hash: h, e) }
        return .put(owner, namespace: n, .init(sequence: 0, hash: h, timestamp: t, expiry: e, data: d))
    }
}
