public import SessionWire

/// A group of old clients: only kept and shown.
/// - Source: configs.md §10.4
public struct LegacyGroupEntry: Hashable, Sendable {
    public let id: AccountID
    public var name = ""
    public var common = GroupCommon()
    public var publicKey: [UInt8] = []
    public var secretKey: [UInt8] = []
    /// Seconds; 0 for never.
    public var expiry: Int64 = 0
    /// Who belongs to it, and whether as an admin.
    public var members: [AccountID: Bool] = [:]

    public init(id: AccountID) { self.id = id }

    init(id: AccountID, _ dict: ConfigDict) {
        self.id = id
        name = dict.text("n") ?? ""
        common = GroupCommon(dict)
        if let publicKey = dict.bytes("k", count: 32), let secretKey = dict.bytes("K", count: 32) {
            (self.publicKey, self.secretKey) = (publicKey, secretKey)
        }
        expiry = max(0, dict.int("E") ?? 0)
        for id in Self.ids(dict["m"]) { members[id] = false }
        for id in Self.ids(dict["a"]) where members[id] == nil { members[id] = true }
    }

    /// Touches only what was changed: a value that this version cannot read stays as it is.
    func write(to dict: inout ConfigDict) {
        let old = LegacyGroupEntry(id: id, dict)
        common.write(to: &dict)
        if name != old.name || dict["n"] == nil { dict.set("n", text: ConfigName.truncated(name)) }
        if publicKey != old.publicKey || secretKey != old.secretKey {
            let hasKeys = publicKey.count == 32 && secretKey.count == 32
            dict["k"] = hasKeys ? .scalar(.bytes(publicKey)) : nil
            dict["K"] = hasKeys ? .scalar(.bytes(secretKey)) : nil
        }
        if expiry != old.expiry { dict.set("E", positive: expiry) }
        guard members != old.members else { return }
        for (name, isAdmin) in [("m", false), ("a", true)] {
            let ids = members.filter { $0.value == isAdmin }.map { ConfigScalar.bytes($0.key.bytes) }
            dict[name] = ids.isEmpty ? nil : .set(Set(ids))
        }
    }

    private static func ids(_ value: ConfigValue?) -> [AccountID] {
        (value?.set ?? []).compactMap { scalar in
            guard case .bytes(let bytes) = scalar, bytes.first == AccountID.prefix else { return nil }
            return AccountID(publicKey: Array(bytes.dropFirst()))
        }
    }
}
