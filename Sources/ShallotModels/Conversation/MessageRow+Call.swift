import ShallotStore

extension MessageRow {
    /// A line about a call: what became of it, when, how long it lasted.
    public nonisolated struct CallLine: Hashable, Sendable {
        public enum Symbol: Sendable { case outgoing, incoming, missed }
        /// What stands beside it as a button.
        public enum Offer: Sendable {
            case callBack, turnOn

            public var words: String {
                switch self {
                case .callBack: tr("Call Back")
                case .turnOn: tr("Turn On")
                }
            }
        }

        public let text: String
        /// "14:02 · 03:12".
        public let timeText: String
        public let symbol: Symbol
        public let offer: Offer?

        /// - Returns: `nil` for a message that is about no call.
        init?(_ record: MessageRecord, name: String, times: TimeTexts) {
            guard let symbol = Symbol(record.kind), let text = ControlText.text(of: record.kind, name: name) else {
                return nil
            }
            (self.symbol, self.text) = (symbol, text)
            let time = times.time(record.sentAt)
            timeText = record.callSeconds.map { "\(time) · \(CallWords.duration($0))" } ?? time
            offer =
                switch record.kind {
                case .callMissed: .callBack
                case .callMissedOff: .turnOn
                default: nil
                }
        }

        public var accessibleText: String { "\(text), \(timeText)" }
    }

    public var call: CallLine? {
        if case .call(let line) = content { line } else { nil }
    }
}

extension MessageRow.CallLine.Symbol {
    fileprivate nonisolated init?(_ kind: MessageRecord.Kind) {
        switch kind {
        case .callOutgoing, .callUnanswered, .callRefused: self = .outgoing
        case .callIncoming, .callDeclined: self = .incoming
        case .callMissed, .callMissedOff, .callFailed: self = .missed
        case .text, .requestAccepted, .youAccepted, .unsupported, .deleted: return nil
        }
    }
}
