import Foundation

/// How far a conversation was read.
/// - Source: configs.md §10.3
public struct ReadPosition: Hashable, Sendable {
    /// Milliseconds: all messages sent until then are read.
    public var lastRead: Int64 = 0
    /// Marked unread by hand.
    public var isUnread = false
    /// Of a paid account; kept for others.
    public var proExpiry: Int64 = 0
    public var proTag: [UInt8] = []

    public init() {}

    init(_ dict: ConfigDict) {
        lastRead = dict.int("r") ?? 0
        isUnread = dict.flag("u")
        proExpiry = dict.int("e") ?? 0
        proTag = dict.bytes("g", count: 32) ?? []
    }

    /// New positions that are older than this are not worth a record.
    static let newLimit: TimeInterval = 30 * 86_400
    /// Records that are older are dropped at the next push.
    static let oldLimit: TimeInterval = 45 * 86_400

    /// Touches only what was changed: a value that this version cannot read stays as it is.
    func write(to dict: inout ConfigDict, now: Date) {
        let old = ReadPosition(dict)
        let isWorthIt = lastRead < old.lastRead || lastRead > now.addingTimeInterval(-Self.newLimit).wholeMilliseconds
        if lastRead != old.lastRead, isWorthIt { dict.set("r", int: lastRead) }
        if isUnread != old.isUnread { dict.set("u", flag: isUnread) }
        if proExpiry != old.proExpiry { dict.set("e", positive: proExpiry) }
        if proTag != old.proTag { dict["g"] = proTag.count == 32 ? .scalar(.bytes(proTag)) : nil }
    }

    func isStale(now: Date) -> Bool {
        !isUnread && lastRead < now.addingTimeInterval(-Self.oldLimit).wholeMilliseconds
            && proExpiry < now.wholeMilliseconds
    }
}
