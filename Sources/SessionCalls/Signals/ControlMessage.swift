import SessionWire

/// What the sides tell each other over the data channel while a call lasts.
/// - Source: calls.md §9
public enum ControlMessage: Hashable, Sendable {
    /// Whether the sender's camera or screen is on. The receiver shows its picture only then.
    case video(isOn: Bool)
    case hangUp

    /// Stream id of the channel, which both sides open without being told.
    public static let streamID = 548
    /// Longest text that is read.
    public static let maximumLength = 1_024

    /// Reads one text. Of both keys, the end counts.
    /// - Returns: `nil` for anything else, which is to be ignored.
    public init?(_ text: String) {
        let limits = JSONLimits(bytes: Self.maximumLength, depth: 4, values: 64)
        guard let object = (try? JSONValue.parse(text, limits: limits))?.objectValue else { return nil }
        if let hangUp = object["hangup"], hangUp != .bool(false), !hangUp.isNull {
            self = .hangUp
        } else if let isOn = object["video"]?.boolValue {
            self = .video(isOn: isOn)
        } else {
            return nil
        }
    }

    /// The text that is sent, as text and never as bytes.
    public var text: String {
        switch self {
        case .video(let isOn): JSONValue.object(["video": .bool(isOn)]).encodedText()
        case .hangUp: JSONValue.object(["hangup": true]).encodedText()
        }
    }
}
