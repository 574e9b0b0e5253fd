import Foundation
import SessionWire
import ShallotCore
import ShallotStore

/// An event as `receive` prints it.
struct EventLine: Encodable {
    let event: String
    var conversation: String?
    var author: String?
    var name: String?
    var outgoing: Bool?
    var messageID: Int64?
    var sentAt: Int64?
    var body: String?
    var reason: String?

    /// `nil` for what has no line.
    init?(_ event: MessengerEvent) {
        switch event {
        case .messageReceived(let message, let contact), .messageRestored(let message, let contact):
            self.event = "message"
            conversation = message.conversation.rawValue
            author = message.author.description
            name = contact?.displayName
            outgoing = message.isOutgoing
            messageID = message.id.rawValue
            sentAt = message.sentAt.unixMilliseconds
            body = message.kind == .unsupported ? "(cannot be shown by this version)" : message.body
        case .requestReceived(let id), .requestRestored(let id):
            self.event = "request"
            conversation = id.rawValue
        case .requestAccepted(let id):
            self.event = "accepted"
            conversation = id.rawValue
        case .messageSent(let id):
            self.event = "sent"
            messageID = id.rawValue
        case .messageFailed(let id, let reason):
            self.event = "failed"
            messageID = id.rawValue
            self.reason = reason.rawValue
        case .newerFormatSeen: self.event = "newerFormat"
        case .configTooLong(let kind):
            self.event = "configTooLong"
            reason = kind
        case .storageFailed(let reason):
            self.event = "storageFailed"
            self.reason = reason
        default: return nil
        }
    }

    /// Whether something came from somebody else.
    var isArrival: Bool { ["message", "request", "accepted"].contains(event) }

    var text: String {
        switch event {
        case "message":
            "\(outgoing == true ? "to" : "from") \(conversation ?? "") \(name ?? "")\n    \((body ?? "").indented)"
        case "request": "request from \(conversation ?? "")"
        case "accepted": "accepted by \(conversation ?? "")"
        case "sent": "sent \(messageID ?? 0)"
        case "failed": "failed \(messageID ?? 0): \(reason ?? "")"
        case "newerFormat": "a message in a newer format was received and cannot be shown"
        default: "\(event): \(reason ?? "")"
        }
    }
}
