import SessionWire
public import ShallotStore

/// What is known about one message, for its details window. A value: the window shows one moment.
public nonisolated struct MessageDetails: Equatable, Sendable {
    public struct Line: Equatable, Sendable, Identifiable {
        public let label: String
        public let value: String
        public var id: String { label }
    }

    public let lines: [Line]
    /// Under *Technical*.
    public let technical: [Line]

    /// - Parameter name: the other side's name.
    public init(_ record: MessageRecord, name: String, times: TimeTexts) {
        var lines = [Line(label: tr("From"), value: record.isOutgoing ? tr("You") : name.isolated)]
        if record.isOutgoing { lines.append(Line(label: tr("State"), value: Self.state(record.delivery))) }
        lines.append(Line(label: tr("Sent"), value: times.exact(record.sentAt)))
        if !record.isOutgoing { lines.append(Line(label: tr("Received"), value: times.exact(record.receivedAt))) }
        self.lines = lines
        technical = [
            Line(
                label: tr("Message hash"), value: record.serverHash?.rawValue ?? tr("Not stored on the network"))
        ]
    }

    /// What *Copy Technical Details* gives: states and times, no content, no name and no Account ID.
    public var technicalText: String {
        (lines.dropFirst() + technical).map { "\($0.label): \($0.value)" }.joined(separator: "\n")
    }

    private static func state(_ delivery: MessageRecord.Delivery) -> String {
        switch delivery {
        case .none: tr("Not sent over the network")
        case .waiting: tr("Waiting")
        case .sent: tr("Stored by the recipient's nodes")
        case .read: tr("Read")
        case .failed(let reason): tr("Not sent: {reason}", ["reason": FailureText.reason(reason)])
        }
    }
}

extension ConversationModel {
    /// The details of a message that is in the window; `nil` when it is gone.
    public func details(of message: MessageID) -> MessageDetails? {
        window.records.first { $0.id == message }.map {
            MessageDetails($0, name: header?.title ?? fallbackName, times: surroundings.times.texts)
        }
    }
}
