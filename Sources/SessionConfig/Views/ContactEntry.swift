public import SessionWire

/// A contact as all devices of the account see it.
/// - Source: configs.md §10.2
public struct ContactEntry: Hashable, Sendable {
    /// When messages of the conversation go away.
    public enum Expiry: Hashable, Sendable {
        case afterSend(seconds: Int64)
        case afterRead(seconds: Int64)
    }

    public let id: AccountID
    public var name = ""
    public var nickname = ""
    public var picture: ConfigPicture?
    /// When its profile was last changed, Unix seconds.
    public var profileUpdated: Int64 = 0
    public var profileBits: UInt64 = 0
    /// We accepted them.
    public var isApproved = false
    /// They accepted us.
    public var didApproveUs = false
    public var isBlocked = false
    /// Greater is higher in the list; negative hides the conversation.
    public var priority: Int64 = 0
    public var notifications = ConfigNotifications.standard
    /// Unix seconds.
    public var muteUntil: Int64 = 0
    public var expiry: Expiry?
    /// Unix seconds.
    public var created: Int64 = 0

    public init(id: AccountID) { self.id = id }

    init(id: AccountID, _ dict: ConfigDict) {
        self.id = id
        name = dict.text("n") ?? ""
        nickname = dict.text("N") ?? ""
        picture = ConfigPicture(dict)
        profileUpdated = dict.seconds("t") ?? 0
        profileBits = ProfileBits.read(dict)
        isApproved = dict.flag("a")
        didApproveUs = dict.flag("A")
        isBlocked = dict.flag("b")
        priority = dict.int("+") ?? 0
        let mode = ConfigNotifications(rawValue: dict.int("@") ?? 0) ?? .standard
        notifications = mode == .mentionsOnly ? .all : mode
        muteUntil = dict.seconds("!") ?? 0
        expiry = Expiry(dict)
        created = dict.seconds("j") ?? 0
    }

    /// Touches only what was changed: a value that this version cannot read stays as it is.
    func write(to dict: inout ConfigDict) {
        let old = ContactEntry(id: id, dict)
        // Written even when it is empty: it keeps the record alive.
        if name != old.name || dict["n"] == nil { dict.set("n", text: ConfigName.truncated(name)) }
        if nickname != old.nickname { dict.set("N", nonempty: ConfigName.truncated(nickname)) }
        if picture != old.picture { ConfigPicture.write(picture, to: &dict) }
        if profileUpdated != old.profileUpdated { dict.set("t", positive: ConfigDict.seconds(profileUpdated)) }
        if profileBits != old.profileBits { ProfileBits.write(profileBits, to: &dict) }
        if isApproved != old.isApproved { dict.set("a", flag: isApproved) }
        if didApproveUs != old.didApproveUs { dict.set("A", flag: didApproveUs) }
        if isBlocked != old.isBlocked { dict.set("b", flag: isBlocked) }
        if priority != old.priority { dict.set("+", nonzero: priority) }
        if notifications != old.notifications {
            dict.set("@", positive: (notifications == .mentionsOnly ? .all : notifications).rawValue)
        }
        if muteUntil != old.muteUntil { dict.set("!", positive: ConfigDict.seconds(muteUntil)) }
        if expiry != old.expiry { Expiry.write(expiry, to: &dict) }
        if created != old.created { dict.set("j", positive: ConfigDict.seconds(created)) }
    }
}

extension ContactEntry.Expiry {
    init?(_ dict: ConfigDict) {
        guard let seconds = dict.int("E"), seconds > 0 else { return nil }
        switch dict.int("e") {
        case 1: self = .afterSend(seconds: seconds)
        case 2: self = .afterRead(seconds: seconds)
        default: return nil
        }
    }

    static func write(_ expiry: Self?, to dict: inout ConfigDict) {
        let (mode, seconds): (Int64, Int64) =
            switch expiry {
            case .afterSend(let seconds): (1, seconds)
            case .afterRead(let seconds): (2, seconds)
            case nil: (0, 0)
            }
        dict.set("e", positive: seconds > 0 ? mode : 0)
        dict.set("E", positive: seconds)
    }
}
