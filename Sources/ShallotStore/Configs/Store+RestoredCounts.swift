import GRDB

/// What a restored account has by now.
public struct RestoredCounts: Sendable, Equatable {
    /// The account's own name; `nil` while it is not known.
    public var name: String?
    public var contacts = 0
    public var groups = 0
    public var communities = 0
    public var messages = 0

    public init() {}
}

extension Store {
    /// The numbers now and after each change.
    public func restoredCounts() -> StoreUpdates<RestoredCounts> { observe(RestoredCounts.fetch) }

    public func restoredCountsNow() async throws(StoreError) -> RestoredCounts { try await read(RestoredCounts.fetch) }
}

extension RestoredCounts {
    fileprivate static func fetch(_ db: Database) throws -> RestoredCounts {
        var counts = RestoredCounts()
        let name = try String.fetchOne(db, sql: "SELECT display_name FROM account") ?? ""
        counts.name = name.isEmpty ? nil : name
        counts.contacts = try Int.fetchOne(db, sql: "SELECT count(*) FROM contact") ?? 0
        counts.messages = try Int.fetchOne(db, sql: "SELECT count(*) FROM message") ?? 0
        let kinds = try Int.fetchAll(db, sql: "SELECT kind FROM membership")
        counts.communities = kinds.count { $0 == MembershipRecord.Kind.community.rawValue }
        counts.groups = kinds.count - counts.communities
        return counts
    }
}
