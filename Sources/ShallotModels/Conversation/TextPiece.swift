/// A part of a message's text: plain words, or a web address that can be opened.
public nonisolated enum TextPiece: Hashable, Sendable {
    case plain(String)
    case link(String)

    public var text: String {
        switch self {
        case .plain(let text), .link(let text): text
        }
    }

    /// The longest address that becomes a link, in characters.
    static let maximumLinkLength = 2048

    /// Splits a text at its `https://` and `http://` addresses. Nothing else becomes a link: no bare host names, which
    /// would turn "end.Then" into one.
    public static func pieces(of text: String, withLinks: Bool = true) -> [TextPiece] {
        guard withLinks, text.contains("://") else { return [.plain(text)] }
        var pieces: [TextPiece] = []
        var plain = ""
        var rest = text[...]
        while !rest.isEmpty {
            let wordStart = rest.firstIndex { !$0.isWhitespace } ?? rest.endIndex
            plain += rest[..<wordStart]
            let word = rest[wordStart...].prefix { !$0.isWhitespace }
            rest = rest[word.endIndex...]
            guard let (before, link, after) = split(word) else {
                plain += word
                continue
            }
            plain += before
            if !plain.isEmpty { pieces.append(.plain(plain)) }
            pieces.append(.link(link))
            plain = after
        }
        if !plain.isEmpty { pieces.append(.plain(plain)) }
        return pieces
    }

    private static func split(_ word: Substring) -> (before: String, link: String, after: String)? {
        guard word.count <= maximumLinkLength else { return nil }
        let lower = word.lowercased()
        guard lower.utf8.count == word.utf8.count,
            let scheme = ["https://", "http://"].compactMap({ lower.firstRange(of: $0) }).min(by: {
                $0.lowerBound < $1.lowerBound
            })
        else { return nil }
        let offset = lower.utf8.distance(from: lower.startIndex, to: scheme.lowerBound)
        let start = word.utf8.index(word.startIndex, offsetBy: offset)
        var end = word.endIndex
        // A sentence ends after the address, not inside it; so does a bracket that was opened before it.
        while end > start, let last = word[start..<end].last, ".,;:!?'\"»”’)]>".contains(last) {
            if last == ")", word[start..<end].contains("(") { break }
            end = word.index(before: end)
        }
        let schemeLength = lower.utf8.distance(from: scheme.lowerBound, to: scheme.upperBound)
        guard word[start..<end].utf8.count > schemeLength else { return nil }
        return (String(word[..<start]), String(word[start..<end]), String(word[end...]))
    }

    /// Up to `limit` emoji and nothing else but white space.
    static func isOnlyEmoji(_ text: String, limit: Int = 6) -> Bool {
        var count = 0
        for character in text where !character.isWhitespace {
            count += 1
            guard count <= limit, character.isEmoji else { return false }
        }
        return count > 0
    }
}

extension Character {
    /// Shown as a picture: digits and `#` have emoji forms, but only with the selector that asks for them.
    fileprivate nonisolated var isEmoji: Bool {
        guard let first = unicodeScalars.first else { return false }
        if first.properties.isEmojiPresentation { return true }
        return first.properties.isEmoji && unicodeScalars.count > 1
            && unicodeScalars.dropFirst().contains {
                $0.value == 0xFE0F || $0.value == 0x20E3 || $0.properties.isEmojiModifier
            }
    }
}
