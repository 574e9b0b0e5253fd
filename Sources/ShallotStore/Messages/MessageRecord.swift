public import Foundation
import GRDB
public import SessionWire

/// A message as it is kept.
public struct MessageRecord: Sendable, Equatable, Identifiable {
    /// What a message is. The numbers are on disk: append only.
    public enum Kind: Int, Sendable, CaseIterable {
        case text = 0
        /// The other side accepted our request.
        case requestAccepted = 1
        /// We accepted theirs.
        case youAccepted = 2
        /// Something that this version cannot show.
        case unsupported = 3
        /// Its author took it back; the text is gone.
        case deleted = 4
        /// We called.
        case callOutgoing = 5
        /// Somebody called, and it was answered here or on another device.
        case callIncoming = 6
        case callMissed = 7
        /// Somebody called while calls were turned off.
        case callMissedOff = 8
        /// We called, and nobody answered.
        case callUnanswered = 9
        /// We called, and the other side declined or was busy.
        case callRefused = 10
        /// A call was wanted on both sides and did not come about.
        case callFailed = 11
        /// Somebody called, and it was declined here or on another device.
        case callDeclined = 12

        /// Somebody wrote it, whether or not it can be shown: it can be unread, and its author can take it back.
        public var isWritten: Bool { self == .text || self == .unsupported }
    }

    /// What became of an outgoing message.
    public enum Delivery: Sendable, Equatable {
        /// Incoming messages and control lines.
        case none
        case waiting
        /// Kept by the recipient's swarm.
        case sent
        /// Given up. The word is the program's own, for choosing a sentence; not for reading.
        case failed(String)
        case read
    }

    /// The copy for one's own other devices.
    public enum SyncState: Int, Sendable, CaseIterable { case none = 0, waiting = 1, synced = 2, failed = 3 }

    public let id: MessageID
    public let conversation: ConversationID
    public let author: AccountID
    /// Exact to the millisecond; with the author it names the message within its conversation.
    public let sentAt: Date
    public let receivedAt: Date
    public let isOutgoing: Bool
    public let kind: Kind
    public let body: String
    public let delivery: Delivery
    /// The hash under which a swarm keeps the message, if it does.
    public let serverHash: MessageHash?
    public let syncState: SyncState
    public let isRead: Bool
    /// Seconds that a call lasted; `nil` for anything else, and when nobody was reached.
    public let callSeconds: Int?
    /// Something in it cannot be shown by this version; see ``Store/unshownContent(of:)``.
    public let hasUnshown: Bool

    public var cursor: MessageCursor { MessageCursor(sentAt: sentAt, id: id) }
}

extension MessageRecord.Delivery {
    var code: Int {
        switch self {
        case .none: 0
        case .waiting: 1
        case .sent: 2
        case .failed: 3
        case .read: 4
        }
    }

    var failure: String? {
        guard case .failed(let reason) = self else { return nil }
        return reason
    }

    init(code: Int, failure: String?) throws {
        switch code {
        case 0: self = .none
        case 1: self = .waiting
        case 2: self = .sent
        case 3: self = .failed(failure ?? "")
        case 4: self = .read
        default: throw StoreError.damaged("a state of delivery is unknown")
        }
    }
}

extension MessageRecord {
    /// What reading the row of `new` would give, right after it was inserted as `id`.
    public init(_ new: NewIncoming, id: MessageID) {
        self.init(
            id: id, conversation: new.conversation, author: new.author, sentAt: new.sentAt.inWholeMilliseconds,
            receivedAt: new.receivedAt.inWholeMilliseconds, isOutgoing: new.isOutgoing, kind: new.kind, body: new.body,
            delivery: new.delivery, serverHash: new.serverHash, syncState: new.syncState, isRead: new.isRead,
            callSeconds: nil, hasUnshown: new.unshown != nil)
    }
}

extension NewIncoming {
    /// A copy of what another device sent is stored in its swarm, and every device gets that copy.
    var delivery: MessageRecord.Delivery { isOutgoing ? .sent : .none }
    var syncState: MessageRecord.SyncState { isOutgoing ? .synced : .none }
}

extension MessageRecord {
    static let columns = """
        message.id, message.author, message.sent_at, message.received_at, message.is_outgoing, message.kind, message.body,
        message.delivery, message.failure, message.server_hash, message.sync_state, message.is_read, message.call_seconds,
        message.content IS NOT NULL AS has_unshown
        """

    init(_ row: Row, in conversation: ConversationID) throws {
        self.init(
            id: MessageID(rawValue: row["id"]), conversation: conversation, author: try row.accountID("author"),
            sentAt: row.date("sent_at"), receivedAt: row.date("received_at"), isOutgoing: row["is_outgoing"],
            kind: try row.value("kind", as: Kind.self), body: row["body"],
            delivery: try Delivery(code: row["delivery"], failure: row["failure"]),
            serverHash: row.messageHash("server_hash"), syncState: try row.value("sync_state", as: SyncState.self),
            isRead: row["is_read"], callSeconds: row["call_seconds"], hasUnshown: row["has_unshown"])
    }
}
