import MediaKit
import SessionCalls
public import ShallotCore

/// Sentences about calls, the same wherever they stand.
public nonisolated enum CallWords {
    /// "03:12", and "1:03:12" from an hour on.
    public static func duration(_ seconds: Int) -> String {
        let seconds = max(0, seconds)
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(two(minutes)):\(two(rest))"
    }

    /// What a mode means for the address of this machine.
    /// - Parameter name: the other side's, isolated for direction.
    static func address(_ mode: CallMode, name: String) -> String {
        mode == .relayOnly
            ? tr("Relay only: {name} does not see your IP address. The relay does.", ["name": name])
            : tr("Direct: {name} can see your IP address during the call.", ["name": name])
    }

    /// What happened to a device, in the reader's language. What GStreamer says stays in its own.
    static func trouble(_ trouble: DeviceTrouble) -> String {
        switch trouble {
        case .stoodIn(.microphone): tr("The chosen microphone is gone. The system’s microphone is used.")
        case .stoodIn(.speaker): tr("The chosen speaker is gone. The system’s speaker is used.")
        case .stoodIn(.camera): tr("The chosen camera is gone. The system’s camera is used.")
        case .missing(.microphone): tr("There is no microphone. The other side hears silence.")
        case .missing(.speaker): tr("There is no speaker. You cannot hear the other side.")
        case .missing(.camera): tr("There is no camera. The other side sees no picture.")
        case .failed(.microphone, let reason): tr("The microphone cannot be used: {reason}", ["reason": reason])
        case .failed(.speaker, let reason): tr("The speaker cannot be used: {reason}", ["reason": reason])
        case .failed(.camera, let reason): tr("The camera cannot be used: {reason}", ["reason": reason])
        case .screen(let reason): tr("The screen can be shown no longer: {reason}", ["reason": reason])
        }
    }

    /// Why sound and picture were given up.
    private static func failure(_ failure: MediaFailure) -> String {
        switch failure {
        case .relaysSilent: tr("No relay answers, and calls may use nothing else")
        case .relaysRefuse: tr("The relay refuses the network’s name or password, or is full")
        case .notSecured: tr("The other side was reached, but did not finish securing the connection")
        case .engine(let words): tr("The call failed: {reason}", ["reason": words])
        }
    }

    /// What a person reads when a call is over.
    static func end(_ reason: EndReason, of direction: Call.Direction, wasConnected: Bool) -> String {
        switch reason {
        case .hungUpHere where wasConnected, .hungUpThere where wasConnected: tr("Call ended")
        case .hungUpHere: direction == .outgoing ? tr("Call cancelled") : tr("Declined")
        case .hungUpThere: direction == .outgoing ? tr("Call ended") : tr("Missed call")
        case .declinedThere: tr("Declined, or in another call")
        case .answeredElsewhere: tr("Answered on another device")
        case .declinedElsewhere: tr("Declined on another device")
        case .unanswered: direction == .outgoing ? tr("No answer") : tr("Missed call")
        case .notConnected: tr("No way between the two devices was found")
        case .connectionLost: tr("The connection was lost")
        case .notSent: tr("The network did not take the call")
        case .unusable: tr("What the other side sent is not safe, so the call was ended")
        case .media(let failure): Self.failure(failure)
        case .replaced: tr("Call ended")
        }
    }
}

extension CallMode {
    /// What the choice is called.
    public nonisolated var words: String {
        switch self {
        case .off: tr("Off")
        case .relayOnly: tr("Relay only")
        case .direct: tr("Direct when possible")
        }
    }

    /// Who learns what by it.
    public nonisolated var explanation: String {
        switch self {
        case .off: tr("Nobody can call you. Who tries leaves a line in the conversation.")
        case .relayOnly:
            tr("Sound and picture go through a relay. The people you call do not see your IP address. The relay does.")
        case .direct:
            tr("The shortest way, often with better quality. The people you call can see your IP address.")
        }
    }
}
