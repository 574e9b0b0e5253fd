/// What all kinds of groups have in common.
/// - Source: configs.md §10.4
public struct GroupCommon: Hashable, Sendable {
    /// Greater is higher in the list; negative hides it.
    public var priority: Int64 = 0
    /// Unix seconds.
    public var joined: Int64 = 0
    public var notifications = ConfigNotifications.standard
    /// Unix seconds.
    public var muteUntil: Int64 = 0
    /// Not yet accepted.
    public var isInvited = false

    public init() {}

    init(_ dict: ConfigDict) {
        priority = dict.int("+") ?? 0
        joined = max(0, dict.seconds("j") ?? 0)
        notifications = ConfigNotifications(rawValue: dict.int("@") ?? 0) ?? .standard
        muteUntil = dict.seconds("!") ?? 0
        isInvited = dict.flag("i")
    }

    /// Touches only what was changed: a value that this version cannot read stays as it is.
    func write(to dict: inout ConfigDict) {
        let old = GroupCommon(dict)
        if priority != old.priority { dict.set("+", nonzero: priority) }
        if joined != old.joined { dict.set("j", positive: ConfigDict.seconds(joined)) }
        if notifications != old.notifications { dict.set("@", positive: notifications.rawValue) }
        if muteUntil != old.muteUntil { dict.set("!", positive: ConfigDict.seconds(muteUntil)) }
        if isInvited != old.isInvited { dict.set("i", flag: isInvited) }
    }
}
