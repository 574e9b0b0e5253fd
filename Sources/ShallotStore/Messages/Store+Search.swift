import Foundation
import GRDB
public import SessionWire

/// A message that contains what was searched for.
public struct SearchHit: Sendable, Equatable, Identifiable {
    /// A piece of the text around the find.
    public struct Piece: Sendable, Equatable {
        public let text: String
        public let isMatch: Bool
    }

    public let message: MessageRecord
    public let snippet: [Piece]
    public var id: MessageID { message.id }
}

extension Store {
    /// Most words of a search that are looked at.
    private static let searchWordLimit = 16

    /// Messages that contain all words of `text`, each as the beginning of a word; case and accents do not matter.
    /// Newest (by arrival) first.
    /// - Parameters:
    ///   - conversation: `nil` searches everywhere.
    ///   - before: goes on after the last hit of an earlier answer.
    public func search(
        _ text: String, in conversation: ConversationID? = nil, before: MessageID? = nil, limit: Int = pageSize
    ) async throws(StoreError) -> [SearchHit] {
        let words = text.split(whereSeparator: \.isWhitespace).prefix(Self.searchWordLimit).joined(separator: " ")
        guard let pattern = FTS5Pattern(matchingAllPrefixesIn: words) else { return [] }
        return try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT \(MessageRecord.columns), conversation.id AS c_id,
                      snippet(message_text, 0, char(2), char(3), '…', 12) AS snippet
                    FROM message_text
                    JOIN message ON message.id = message_text.rowid
                    JOIN conversation ON conversation.row_id = message.conversation
                    WHERE message_text MATCH ?1 AND message_text.rowid < ?2 AND (?3 IS NULL OR conversation.id = ?3)
                    ORDER BY message_text.rowid DESC LIMIT ?4
                    """)
            let arguments: StatementArguments = [pattern, before?.rawValue ?? .max, conversation?.rawValue, limit]
            return try statement.all(arguments) { row in
                SearchHit(
                    message: try MessageRecord(row, in: try row.conversationID("c_id")),
                    snippet: SearchHit.pieces(row["snippet"]))
            }
        }
    }
}

extension SearchHit {
    /// Splits at the marks that SQLite put around matches. A message cannot contain them: control characters are cleaned.
    static func pieces(_ marked: String) -> [Piece] {
        var pieces: [Piece] = []
        var isMatch = false
        for part in marked.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\u{2}" || $0 == "\u{3}" }) {
            if !part.isEmpty { pieces.append(Piece(text: String(part), isMatch: isMatch)) }
            isMatch.toggle()
        }
        return pieces
    }
}
