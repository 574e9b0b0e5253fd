public import SessionWire

/// What one call message says, once its form was checked.
/// - Source: calls.md §2.1
public enum CallSignal: Hashable, Sendable {
    /// A call is coming. Wakes the other side before the description is ready.
    case preOffer
    /// How the caller can be reached; its text is not yet read.
    case offer(String)
    case answer(String)
    /// Ways to reach the sender: all of the current ICE generation that it knows so far.
    case candidates([ICECandidate])
    case end

    /// Longest description that is read.
    /// - Source: calls.md §7.2
    public static let maximumDescription = 65_536
    /// Most candidates that are kept for one call.
    /// - Source: calls.md §10
    public static let maximumCandidates = 200

    /// Reads a call message. Candidates that nobody can use are left out. Of too many the last ones count: a peer that
    /// never empties its list has the new ones at the end.
    /// - Returns: `nil` for a kind that nobody acts upon.
    /// - Throws: ``CallSignalError``; the message is to be dropped then.
    public init?(_ message: CallMessage) throws(CallSignalError) {
        switch message.kind {
        case .preOffer: self = .preOffer
        case .endCall: self = .end
        case .offer: self = .offer(try Self.description(of: message))
        case .answer: self = .answer(try Self.description(of: message))
        case .iceCandidates: self = .candidates(try Self.candidates(of: message))
        case .provisionalAnswer: return nil
        }
    }

    /// The message that says this of the call `id`.
    public func message(for id: CallID) -> CallMessage {
        switch self {
        case .preOffer: CallMessage(kind: .preOffer, uuid: id.text)
        case .offer(let sdp): CallMessage(kind: .offer, sdps: [sdp], uuid: id.text)
        case .answer(let sdp): CallMessage(kind: .answer, sdps: [sdp], uuid: id.text)
        case .candidates(let candidates):
            CallMessage(
                kind: .iceCandidates, sdps: candidates.map(\.text), sdpMLineIndexes: candidates.map(\.mediaIndex),
                sdpMids: candidates.map(\.mediaID), uuid: id.text)
        case .end: CallMessage(kind: .endCall, uuid: id.text)
        }
    }

    private static func description(of message: CallMessage) throws(CallSignalError) -> String {
        guard message.sdps.count == 1, let text = message.sdps.first, !text.isEmpty else {
            throw .notOneDescription(message.sdps.count)
        }
        guard text.utf8.count <= maximumDescription else { throw .descriptionTooLong(text.utf8.count) }
        return text
    }

    private static func candidates(of message: CallMessage) throws(CallSignalError) -> [ICECandidate] {
        guard message.sdps.count == message.sdpMids.count, message.sdps.count == message.sdpMLineIndexes.count else {
            throw .unequalCandidates
        }
        return message.sdps.indices.suffix(maximumCandidates).compactMap { index in
            ICECandidate(
                message.sdps[index], mediaID: message.sdpMids[index], mediaIndex: message.sdpMLineIndexes[index])
        }
    }
}

/// Why a call message is dropped.
public enum CallSignalError: Error, Equatable, Sendable, CustomStringConvertible {
    case notOneDescription(Int), descriptionTooLong(Int), unequalCandidates

    public var description: String {
        switch self {
        case .notOneDescription(let count): "The call message holds \(count) descriptions instead of one."
        case .descriptionTooLong(let count): "The description of the call is too long (\(count) bytes)."
        case .unequalCandidates: "The candidates of the call message do not match their media lines."
        }
    }
}
