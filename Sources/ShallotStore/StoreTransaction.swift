import GRDB
import SessionWire

/// The writing half of the store, inside one transaction. It must not leave the closure it was given to.
///
/// What the conversation list shows of a conversation (last message, unread count) is brought up to date once at the end.
public final class StoreTransaction {
    let db: Database
    private var rowIDs: [ConversationID: Int64] = [:]
    private var touched: Set<Int64> = []
    /// Conversations that are certainly in the list: a batch asks once for each.
    private var revealed: Set<Int64> = []

    init(_ db: Database) { self.db = db }

    /// The database's own number of a conversation.
    func rowID(of conversation: ConversationID) throws -> Int64? {
        if let known = rowIDs[conversation] { return known }
        let found = try db.cachedStatement(sql: "SELECT row_id FROM conversation WHERE id = ?")
        let rowID = try Int64.fetchOne(found, arguments: [conversation.rawValue])
        rowIDs[conversation] = rowID
        return rowID
    }

    func remember(_ rowID: Int64, for conversation: ConversationID) { rowIDs[conversation] = rowID }

    func forget(_ conversation: ConversationID) {
        guard let rowID = rowIDs.removeValue(forKey: conversation) else { return }
        touched.remove(rowID)
    }

    /// To be called for each conversation whose messages changed.
    func touch(_ rowID: Int64) { touched.insert(rowID) }

    /// Brings a hidden conversation back into the list.
    func reveal(_ rowID: Int64) throws {
        guard revealed.insert(rowID).inserted else { return }
        try execute("UPDATE conversation SET priority = 0 WHERE row_id = ? AND priority < 0", [rowID])
    }

    /// To be called by whatever may hide conversations.
    func forgetRevealed() { revealed = [] }

    /// Brings the projections of touched conversations up to date.
    func finish() throws {
        for rowID in touched { try refreshSummary(of: rowID) }
        touched = []
    }

    /// Calls `body` once this transaction is safe on disk; not at all if it is rolled back.
    public func afterCommit(_ body: @escaping @Sendable () -> Void) { db.afterNextTransaction { _ in body() } }

    /// Runs a statement that is kept compiled.
    func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
