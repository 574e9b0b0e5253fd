import GRDB
public import SessionWire

extension Store {
    /// Most rows of a list that are observed at once.
    public static let listLimit = 5_000

    /// The conversation list now and after each change: what is not hidden and no request; pinned first, then newest.
    public func conversationSummaries(limit: Int = listLimit) -> StoreUpdates<[ConversationSummary]> {
        observe { try ConversationSummary.fetch($0, .conversations, limit: limit) }
    }

    /// The message requests now and after each change, newest first.
    public func requestSummaries(limit: Int = listLimit) -> StoreUpdates<[ConversationSummary]> {
        observe { try ConversationSummary.fetch($0, .requests, limit: limit) }
    }

    /// One conversation now and after each change; `nil` while there is none.
    public func conversationObservation(_ id: ConversationID) -> StoreUpdates<ConversationSummary?> {
        observe { try ConversationSummary.fetch($0, id) }
    }

    /// The conversation list once.
    public func allConversations(limit: Int = listLimit) async throws(StoreError) -> [ConversationSummary] {
        try await read { try ConversationSummary.fetch($0, .conversations, limit: limit) }
    }

    /// The message requests once.
    public func allRequests(limit: Int = listLimit) async throws(StoreError) -> [ConversationSummary] {
        try await read { try ConversationSummary.fetch($0, .requests, limit: limit) }
    }

    /// One conversation, hidden ones and requests too.
    public func conversation(_ id: ConversationID) async throws(StoreError) -> ConversationSummary? {
        try await read { try ConversationSummary.fetch($0, id) }
    }
}
