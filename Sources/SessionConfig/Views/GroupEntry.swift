public import SessionWire
import SodiumKit

/// A group and what opens it.
/// - Source: configs.md §10.4
public struct GroupEntry: Hashable, Sendable {
    public enum Removal: Int64, Sendable { case kicked = 1, destroyed }

    public static let authSize = 100

    public let id: GroupID
    public var name = ""
    public var common = GroupCommon()
    /// The seed of the group's key, 32 bytes: admins have it.
    public var seed: [UInt8] = []
    /// What members prove themselves with, 100 bytes.
    public var auth: [UInt8] = []
    public private(set) var removal: Removal?

    public init(id: GroupID) { self.id = id }

    init(id: GroupID, _ dict: ConfigDict) {
        self.id = id
        name = dict.text("n") ?? ""
        common = GroupCommon(dict)
        if let seed = dict.bytes("K", count: 32), Self.makes(seed, id) { self.seed = seed }
        auth = dict.bytes("s", count: Self.authSize) ?? []
        removal = dict.int("r").flatMap(Removal.init)
    }

    /// Whether this is the seed of the group's key.
    public static func makes(_ seed: [UInt8], _ id: GroupID) -> Bool {
        Ed25519.KeyPair(seed: SecretBytes(seed))?.publicKey == id.publicKey
    }

    /// Touches only what was changed: a value that this version cannot read stays as it is.
    func write(to dict: inout ConfigDict) {
        let old = GroupEntry(id: id, dict)
        common.write(to: &dict)
        if name != old.name { dict.set("n", nonempty: ConfigName.truncated(name)) }
        // Written even when it is empty: it keeps the record alive.
        if seed != old.seed || dict["K"] == nil { dict.set("K", bytes: seed) }
        if seed.isEmpty, auth != old.auth { dict["s"] = auth.count == Self.authSize ? .scalar(.bytes(auth)) : nil }
        if removal != old.removal { dict.set("r", positive: removal?.rawValue ?? 0) }
    }

    public mutating func markKicked() {
        (seed, auth) = ([], [])
        if removal != .destroyed { removal = .kicked }
    }

    public mutating func markInvited() { if removal == .kicked { removal = nil } }

    public mutating func markDestroyed() {
        (seed, auth) = ([], [])
        removal = .destroyed
    }
}
