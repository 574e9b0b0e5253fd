import ArgumentParser
import Foundation
import SessionWire
import ShallotCore
import ShallotStore

struct ConversationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conversations", abstract: "List the conversations, newest first.",
        discussion: "Does not connect. Message requests are under `requests list`.")

    @ParentCommand var root: ShallotCLI

    func run() async throws {
        try await root.withProfile { messenger in
            for summary in try await messenger.store.allConversations() {
                let line = ConversationLine(summary)
                try root.output.write(line, line.text)
            }
        }
    }
}

struct MessagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messages", abstract: "Print the newest messages of a conversation, oldest first.",
        discussion: "Does not connect. Reading here does not mark anything as read.")

    @ParentCommand var root: ShallotCLI
    @Argument(help: "The other person's Account ID; the own one for Note to Self.") var id: String
    @Option(help: "How many, 1 to 10000.") var limit = 50

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes a number from 1 to 10000.") }
    }

    func run() async throws {
        let conversation = ConversationID.account(try AccountID.argument(id))
        try await root.withProfile { messenger in
            guard try await messenger.store.conversation(conversation) != nil else {
                throw Failure(.missing, "There is no conversation with this ID.")
            }
            for message in try await messenger.store.page(conversation, limit: limit) {
                let line = MessageLine(message)
                try root.output.write(line, line.text)
            }
        }
    }
}

/// A conversation as the commands print it.
struct ConversationLine: Encodable {
    let conversation: String
    let name: String
    let isNoteToSelf: Bool
    let unread: Int
    let isPinned: Bool
    let isBlocked: Bool
    let lastActivity: Int64
    let preview: String

    init(_ summary: ConversationSummary) {
        conversation = summary.id.rawValue
        isNoteToSelf = summary.isNoteToSelf
        name = isNoteToSelf ? "Note to Self" : summary.contact?.displayName ?? summary.id.redacted
        unread = summary.conversation.unreadCount
        isPinned = summary.conversation.isPinned
        isBlocked = summary.contact?.isBlocked ?? false
        lastActivity = summary.conversation.lastActivityAt.unixMilliseconds
        preview = summary.conversation.lastMessage?.body ?? ""
    }

    var text: String {
        let count = unread > 0 ? " (\(unread) unread)" : ""
        return "\(conversation) \(name)\(count)" + (preview.isEmpty ? "" : "\n    \(preview.indented)")
    }
}

/// A message as the commands print it.
struct MessageLine: Encodable {
    let messageID: Int64
    let author: String
    let outgoing: Bool
    let kind: String
    let sentAt: Int64
    let receivedAt: Int64
    let state: String?
    let reason: String?
    let body: String
    /// Of a call.
    let seconds: Int?
    private let time: String

    private enum CodingKeys: CodingKey {
        case messageID, author, outgoing, kind, sentAt, receivedAt, state, reason, body, seconds
    }

    init(_ message: MessageRecord) {
        messageID = message.id.rawValue
        author = message.author.description
        outgoing = message.isOutgoing
        kind = "\(message.kind)"
        sentAt = message.sentAt.unixMilliseconds
        receivedAt = message.receivedAt.unixMilliseconds
        (state, reason) =
            switch message.delivery {
            case .none: (nil, nil)
            case .waiting: ("waiting", nil)
            case .sent: ("sent", nil)
            case .failed(let reason): ("failed", reason)
            case .read: ("read", nil)
            }
        body = message.body
        seconds = message.callSeconds
        time = message.sentAt.text
    }

    var text: String {
        let who = outgoing || kind == "youAccepted" ? "you" : author
        let mark = state.map { $0 == "sent" ? "" : " [\($0)\(reason.map { ": \($0)" } ?? "")]" } ?? ""
        return "\(time) \(who)\(mark)\n    \((words ?? body).indented)"
    }

    private var lasted: String { seconds.map { ", \($0) s" } ?? "" }

    /// What happened, for lines that nobody wrote.
    private var words: String? {
        switch kind {
        case "text": nil
        case "requestAccepted": "(accepted the message request)"
        case "youAccepted": "(accepted the message request)"
        case "deleted": "(this message was deleted)"
        case "callOutgoing": "(called\(lasted))"
        case "callIncoming": "(a call\(lasted))"
        case "callMissed": "(a missed call)"
        case "callMissedOff": "(a missed call; calls are off)"
        case "callUnanswered": "(called; nobody answered)"
        case "callRefused": "(called; declined)"
        case "callFailed": "(a call that was not connected)"
        case "callDeclined": "(declined a call)"
        default: "(\(kind))"
        }
    }
}
