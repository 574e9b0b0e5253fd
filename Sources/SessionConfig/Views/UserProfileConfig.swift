public import Foundation

/// The account's own name, picture and settings, as all its devices see them.
/// - Source: configs.md §10.1
public struct UserProfileConfig: Sendable {
    public var config: SharedConfig

    public init(keys: ConfigKeys) { config = SharedConfig(.userProfile, keys: keys) }
    public init(_ config: SharedConfig) { self.config = config }

    private var data: ConfigDict { config.data }

    // MARK: Reading

    public var name: String? { data.text("n") }
    /// The picture that was set or, if it is later, its automatic copy at another address.
    public var picture: ConfigPicture? {
        if reuploaded > updated, let copy = ConfigPicture(data, "P", "Q") { return copy }
        return ConfigPicture(data)
    }
    /// Unix seconds; `nil` when it was never said.
    public var profileUpdated: Int64? { data.seconds("t").map { max($0, reuploaded) } }
    /// Greater is higher in the list; negative hides Note to Self.
    public var noteToSelfPriority: Int64 { data.int("+") ?? 0 }
    /// Seconds; `nil` for never.
    public var noteToSelfExpiry: Int64? { data.int("e").flatMap { $0 > 0 ? $0 : nil } }
    /// Whether strangers of a community may write; `nil` if the user never said.
    public var acceptsCommunityRequests: Bool? { data.int("M").map { $0 != 0 } }
    public var profileBits: UInt64 { ProfileBits.read(data) }
    /// Milliseconds.
    public var proAccessExpiry: Int64? { data.int("E") }

    public var pro: ProEntry? { data["s"]?.dict.flatMap(ProEntry.init) }

    private var updated: Int64 { data.seconds("t") ?? 0 }
    private var reuploaded: Int64 { data.seconds("T") ?? 0 }

    // MARK: Writing

    /// - Throws: `.nameTooLong` beyond 100 bytes.
    public mutating func setName(_ name: String, now: Date) throws(ConfigError) {
        guard name.utf8.count <= ConfigName.maximum else { throw .nameTooLong }
        // An account without a name would look like one that is not set up.
        guard !name.isEmpty, name != self.name else { return }
        try change(now: now) { data throws(ConfigError) in data.set("n", nonempty: name) }
    }

    public mutating func setPicture(_ picture: ConfigPicture?, now: Date) throws(ConfigError) {
        guard picture != ConfigPicture(data) || (picture == nil && ConfigPicture(data, "P", "Q") != nil) else { return }
        let seconds = now.wholeSeconds
        try config.edit { data throws(ConfigError) in
            ConfigPicture.write(picture, to: &data)
            if picture == nil {
                ConfigPicture.write(nil, to: &data, "P", "Q")
                data.set("T", int: seconds)
            }
            data.set("t", int: seconds)
        }
    }

    /// The same picture was stored again, because the file server forgets.
    public mutating func setReuploadedPicture(_ picture: ConfigPicture, now: Date) throws(ConfigError) {
        guard picture != ConfigPicture(data, "P", "Q") else { return }
        let seconds = now.wholeSeconds
        try config.edit { data throws(ConfigError) in
            ConfigPicture.write(picture, to: &data, "P", "Q")
            data.set("T", int: seconds)
        }
    }

    public mutating func setNoteToSelfPriority(_ priority: Int64) throws(ConfigError) {
        try config.edit { data throws(ConfigError) in data.set("+", nonzero: priority) }
    }

    /// - Parameter seconds: 0 for never.
    public mutating func setNoteToSelfExpiry(_ seconds: Int64) throws(ConfigError) {
        try config.edit { data throws(ConfigError) in data.set("e", positive: seconds) }
    }

    public mutating func setAcceptsCommunityRequests(_ accepts: Bool?, now: Date) throws(ConfigError) {
        guard accepts != acceptsCommunityRequests else { return }
        try change(now: now) { data throws(ConfigError) in
            data["M"] = accepts.map { .scalar(.int($0 ? 1 : 0)) }
        }
    }

    /// Turns one feature bit on or off.
    public mutating func setProfileBit(_ bit: Int, _ isOn: Bool, now: Date) throws(ConfigError) {
        let bits = isOn ? profileBits | 1 << UInt64(bit) : profileBits & ~(1 << UInt64(bit))
        guard bits != profileBits else { return }
        try change(now: now) { data throws(ConfigError) in ProfileBits.write(bits, to: &data) }
    }

    /// - Parameter milliseconds: 0 for none.
    public mutating func setProAccessExpiry(_ milliseconds: Int64) throws(ConfigError) {
        try config.edit { data throws(ConfigError) in data.set("E", positive: milliseconds) }
    }

    public mutating func setPro(_ pro: ProEntry, now: Date) throws(ConfigError) {
        guard pro != self.pro else { return }
        try change(now: now) { data throws(ConfigError) in
            try data.change("s") { dict throws(ConfigError) in try pro.write(to: &dict) }
        }
    }

    /// Changes something that others see, and says when.
    private mutating func change(now: Date, _ body: (inout ConfigDict) throws(ConfigError) -> Void) throws(ConfigError)
    {
        let stamp = updated >= reuploaded ? "t" : "T"
        try config.edit { data throws(ConfigError) in
            try body(&data)
            data.set(stamp, int: now.wholeSeconds)
        }
    }
}

extension Date {
    var wholeSeconds: Int64 { Int64(timeIntervalSince1970.rounded(.down)) }
    var wholeMilliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
}
