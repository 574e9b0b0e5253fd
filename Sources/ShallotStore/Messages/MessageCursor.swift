public import Foundation

/// A place in the order of a conversation: sent time, then number.
public struct MessageCursor: Hashable, Comparable, Sendable {
    public let sentAt: Date
    public let id: MessageID

    public init(sentAt: Date, id: MessageID) {
        self.sentAt = sentAt
        self.id = id
    }

    public static func < (first: MessageCursor, second: MessageCursor) -> Bool {
        (first.sentAt, first.id) < (second.sentAt, second.id)
    }
}

/// A stretch of a conversation, oldest first.
public struct MessageWindow: Sendable, Equatable {
    public let messages: [MessageRecord]
    /// The first message that was not read, if it is in the stretch.
    public let firstUnread: MessageID?
    public let hasOlder: Bool
    public let hasNewer: Bool
}

/// Says that messages of a conversation changed; what to fetch again is the reader's choice.
public struct ChangeTick: Sendable, Equatable {
    /// Grows with each change. 0 while there is no conversation.
    public let version: Int
}
