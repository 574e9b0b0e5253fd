import SessionWire
import ShallotStore

/// The words of rows that are no messages: what happened in a conversation.
nonisolated enum ControlText {
    static var unsupported: String { tr("This message needs a newer version of Shallot.") }

    /// - Parameter name: the other side's name, isolated for direction.
    /// - Returns: `nil` for a message that people wrote.
    static func text(of kind: MessageRecord.Kind, name: String) -> String? {
        switch kind {
        case .text: nil
        case .requestAccepted: tr("{name} accepted your message request.", ["name": name])
        case .deleted: tr("This message was deleted")
        case .unsupported: unsupported
        case .callOutgoing: tr("You called {name}", ["name": name])
        case .callIncoming: tr("{name} called you", ["name": name])
        case .callMissed: tr("Missed call from {name}", ["name": name])
        case .callMissedOff: tr("Missed call from {name}. Calls are off.", ["name": name])
        case .callUnanswered: tr("You called {name}. No answer.", ["name": name])
        case .callRefused: tr("You called {name}. The call was declined.", ["name": name])
        case .callFailed: tr("A call with {name} could not be connected.", ["name": name])
        case .callDeclined: tr("You declined a call from {name}", ["name": name])
        case .youAccepted: tr("You accepted the message request from {name}.", ["name": name])
        }
    }
}

extension MessageRecord {
    nonisolated var isBubble: Bool { kind == .text }

    /// What a bubble shows of the text, and that this is not all, if it is not.
    nonisolated func noted(_ text: String) -> String {
        hasUnshown ? text + "\n\n" + tr("Something in this message needs a newer version of Shallot.") : text
    }
}
