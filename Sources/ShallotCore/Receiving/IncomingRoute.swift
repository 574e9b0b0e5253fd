import Foundation
import SessionWire
import ShallotStore

/// What an opened message asks of the messenger, before anybody looks at what is already known about its sender.
/// - Source: identity-and-messages.md §3.7, §3.8
enum IncomingRoute: Equatable, Sendable {
    /// A message that people see, from somebody else.
    case text(from: AccountID, IncomingText)
    /// The same that another device of this account sent, or a Note to Self.
    case ownText(in: AccountID, IncomingText)
    /// The sender accepted our request.
    case requestAccepted(by: AccountID, sentAt: Date, Profile?)
    /// The author takes a message back. `conversation` is `nil` when another device of this account asks.
    case unsend(author: AccountID, sentAt: Date, conversation: AccountID?)
    /// A signal of a call, from somebody else or from another device of this account.
    case call(IncomingCallMessage)
    /// Nothing to do; the text says why, for the log.
    case skip(String)
}

/// What is kept of a visible message.
struct IncomingText: Equatable, Sendable {
    var sentAt: Date
    /// Empty when there is none; then there is something to show that this version cannot show.
    var body: String
    var profile: Profile?
    /// The serialized content, if something in it has no other place here.
    var unshown: [UInt8]?

    var kind: MessageRecord.Kind { body.isEmpty ? .unsupported : .text }
}

extension IncomingText {
    /// `nil` if there is nothing to show.
    /// - Source: identity-and-messages.md §3.8
    init?(_ data: DataMessage, in message: DirectMessage.Decoded, sentAt: Date, profile: Profile?) {
        let body = data.displayBody
        // A reaction is no message of its own, and neither is a change of a timer.
        let isMessage = data.reaction == nil && !data.isExpirationTimerUpdate
        guard body != nil || isMessage && data.isVisible else { return nil }
        // A preview is of a link that stands in the text.
        let isWhole =
            body != nil && data.attachments.isEmpty && data.quote == nil && data.communityInvitation == nil
        self.init(
            sentAt: sentAt, body: body ?? "", profile: profile, unshown: isWhole ? nil : message.serialized)
    }
}

extension IncomingRoute {
    /// Messages dated later than this beyond the network's time are not believed: they would sit below everything
    /// that is written until then.
    static let futureLimit: TimeInterval = 6 * 60 * 60
    /// A swarm keeps a message for 14 days, and nobody tries to send one for longer than a day. What is older was kept
    /// by somebody and is played back.
    static let staleLimit: TimeInterval = 30 * 24 * 60 * 60

    /// - Parameters:
    ///   - own: the account that received it.
    ///   - now: network time.
    init(_ message: DirectMessage.Decoded, own: AccountID, now: Date) {
        let sentAt = Date(milliseconds: message.timestamp)
        if sentAt > now.addingTimeInterval(Self.futureLimit) {
            self = .skip("dated in the future")
        } else if sentAt < now.addingTimeInterval(-Self.staleLimit) {
            self = .skip("older than any message that is still on its way")
        } else if message.sender == own {
            self = Self.fromSelf(message, sentAt: sentAt, own: own)
        } else {
            self = Self.fromOther(message, sentAt: sentAt, own: own)
        }
    }

    private static func fromOther(_ message: DirectMessage.Decoded, sentAt: Date, own: AccountID) -> Self {
        switch message.content.kind {
        case .data(let data):
            // Only our own devices write copies of what we sent.
            guard data.syncTarget?.isEmpty ?? true else { return .skip("a copy for other devices from somebody else") }
            guard data.groupUpdate == nil else { return .skip("a group update") }
            let text = IncomingText(data, in: message, sentAt: sentAt, profile: data.profile)
            guard let text else { return .skip("a message with nothing to show") }
            return .text(from: message.sender, text)
        case .messageRequestResponse(let response):
            guard response.isApproved else { return .skip("a request response without approval") }
            return .requestAccepted(by: message.sender, sentAt: sentAt, response.profile)
        case .unsend(let request):
            guard request.author == message.sender else {
                return .skip("an unsend for somebody else's message")
            }
            return .unsend(
                author: message.sender, sentAt: Date(milliseconds: request.timestamp), conversation: message.sender)
        case .call(let call):
            return .call(IncomingCallMessage(sender: message.sender, sentAt: sentAt, message: call))
        default: return .skip("a kind that is not handled")
        }
    }

    private static func fromSelf(_ message: DirectMessage.Decoded, sentAt: Date, own: AccountID) -> Self {
        switch message.content.kind {
        case .data(let data):
            let text = IncomingText(data, in: message, sentAt: sentAt, profile: nil)
            guard data.groupUpdate == nil, let text else { return .skip("a message with nothing to show") }
            let target = data.syncTarget ?? ""
            guard let conversation = target.isEmpty ? own : AccountID(target) else {
                return .skip("a copy for a conversation that is not an account")
            }
            return .ownText(in: conversation, text)
        case .unsend(let request):
            guard request.author == own else { return .skip("an unsend for somebody else's message") }
            return .unsend(author: own, sentAt: Date(milliseconds: request.timestamp), conversation: nil)
        case .call(let call):
            return .call(IncomingCallMessage(sender: own, sentAt: sentAt, message: call))
        default: return .skip("a kind that is not accepted from oneself")
        }
    }
}
