import BaseKit
import SessionWire

/// One change of a node's store as a line of its log.
struct ChangeLine: Codable {
    /// The account.
    var o: String
    /// A new message: namespace, hash, timestamp, expiry, data.
    var n: Namespace?
    var h: MessageHash?
    var t: UInt64?
    var e: UInt64?
    var d: String?
    /// Removed hashes.
    var x: [MessageHash]?
    /// All revoked tokens.
    var r: [String]?

    init(_ change: NodeStore.Change) {
        switch change {
        case .put(let owner, let namespace, let row):
            o = owner.hex
            (n, h, t, e, d) = (namespace, row.hash, row.timestamp, row.expiry, row.data.base64)
        case .removed(let owner, let hashes):
            o = owner.hex
            x = hashes
        case .expiry(let owner, let hash, let expiry):
            o = owner.hex
            (h, e) = (hash, expiry)
        case .revoked(let owner, let tokens):
            o = owner.hex
            r = tokens.map(\.bytes.hex)
        }
    }

    /// `nil` for a line that makes no sense.
    var change: NodeStore.Change? {
        guard let owner = Owner(hex: o) else { return nil }
        if let x { return .removed(owner, x) }
        if let r { return .revoked(owner, r.compactMap { SubaccountToken($0) }) }
        guard let h, let e else { return nil }
        guard let n, let t, let d else { return .expiry(owner, hash: h, e) }
        guard let data = [UInt8](base64: d) else { return nil }
        return .put(owner, namespace: n, .init(hash: h, timestamp: t, expiry: e, data: data))
    }
}
