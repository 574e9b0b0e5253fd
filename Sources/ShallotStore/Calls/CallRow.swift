public import Foundation
public import SessionWire

/// What a conversation says about a call.
public struct CallRow: Sendable, Equatable {
    /// Names the call; the same name changes the same row.
    public var call: String
    public var conversation: ConversationID
    public var author: AccountID
    /// Network time.
    public var sentAt: Date
    public var kind: MessageRecord.Kind
    /// Whole seconds that the call lasted; `nil` when nobody was reached.
    public var seconds: Int?
    public var isRead: Bool

    public init(
        call: String, conversation: ConversationID, author: AccountID, sentAt: Date, kind: MessageRecord.Kind,
        seconds: Int? = nil, isRead: Bool
    ) {
        (self.call, self.conversation, self.author, self.sentAt) = (call, conversation, author, sentAt)
        (self.kind, self.seconds, self.isRead) = (kind, seconds, isRead)
    }
}

/// A call that is over.
public struct FinishedCallRecord: Sendable, Equatable {
    public var call: String
    /// The word of whoever remembers it.
    public var verdict: String
    public var until: Date

    public init(call: String, verdict: String, until: Date) {
        (self.call, self.verdict, self.until) = (call, verdict, until)
    }
}
