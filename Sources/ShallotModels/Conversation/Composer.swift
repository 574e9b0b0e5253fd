import SessionWire

/// What stands where one writes.
public nonisolated enum ComposerState: Hashable, Sendable {
    /// The field, with a line above it when writing has a consequence.
    case writing(note: String?)
    /// One line instead of the field: why nothing can be written here.
    case closed(reason: String, canUnblock: Bool)
}

/// The count beside the field, from 200 characters before the limit on.
public nonisolated struct LimitCounter: Hashable, Sendable {
    static let warningDistance = 200

    /// How many characters are left; negative when there are too many.
    public let remaining: Int
    /// How many messages the text would become; 0 when it is too long even for that.
    public let parts: Int

    public var isOver: Bool { remaining < 0 }
    public var words: String {
        isOver
            ? trn("{n} character too many", "{n} characters too many", -remaining)
            : trn("{n} character left", "{n} characters left", remaining)
    }

    /// - Returns: `nil` while there is plenty of room.
    init?(text: String) {
        let count = text.unicodeScalars.count
        guard count > TextLimits.sendLimit - Self.warningDistance else { return nil }
        remaining = TextLimits.sendLimit - count
        parts = count > TextParts.maximumCount ? 0 : TextParts.split(text).count
    }
}

/// Splits a long text into messages that fit, at line ends or spaces where there are any.
nonisolated enum TextParts {
    /// The longest text that is split, in code points: 50 messages.
    static let maximumCount = 50 * TextLimits.sendLimit

    static func split(_ text: String, limit: Int = TextLimits.sendLimit) -> [String] {
        var parts: [String] = []
        var rest = Substring(text).trimmed
        while rest.unicodeScalars.count > limit {
            let end = end(of: rest, limit: limit)
            let room = rest[..<end]
            let earliest = rest.index(rest.startIndex, offsetBy: room.count / 2)
            let cut =
                room[earliest...].lastIndex(where: \.isNewline) ?? room[earliest...].lastIndex(where: \.isWhitespace)
                ?? end
            let part = rest[..<cut].trimmed
            if !part.isEmpty { parts.append(String(part)) }
            rest = rest[cut...].trimmed
        }
        if !rest.isEmpty { parts.append(String(rest)) }
        return parts
    }

    /// Where at most `limit` code points end: never inside a character made of several, unless it alone is over the limit.
    private static func end(of text: Substring, limit: Int) -> String.Index {
        var end = text.startIndex
        var count = 0
        while end < text.endIndex {
            let next = text.index(after: end)
            count += text[end..<next].unicodeScalars.count
            guard count <= limit else { break }
            end = next
        }
        return end > text.startIndex ? end : text.unicodeScalars.index(text.startIndex, offsetBy: limit)
    }
}

extension Substring {
    fileprivate nonisolated var trimmed: Substring {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text.drop(while: \.isWhitespace)
    }
}
