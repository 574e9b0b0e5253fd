public import SessionWire

/// What stands for a person without a picture: up to two letters on one of a few colours that their id picks.
public nonisolated struct AvatarLook: Hashable, Sendable {
    /// How many colours there are; the style sheet names them `avatar-0` and so on.
    public static let colorCount = 8

    public let initials: String
    public let color: Int
    public let isNoteToSelf: Bool

    public init(name: String, id: ConversationID, isNoteToSelf: Bool = false) {
        initials = Self.initials(of: name)
        color = Self.color(of: id.rawValue)
        self.isNoteToSelf = isNoteToSelf
    }

    /// The first letters of the first and the last word, or the one emoji that a name begins with.
    static func initials(of name: String) -> String {
        let words = name.withoutDirectionControls.split(whereSeparator: \.isWhitespace)
        let letters = [words.first, words.count > 1 ? words.last : nil].compactMap { $0?.first }
        let isPicture = letters.first?.unicodeScalars.first?.properties.isEmojiPresentation ?? false
        return String(isPicture ? Array(letters.prefix(1)) : letters).uppercased()
    }

    /// The same colour for the same id on every start and every machine.
    static func color(of id: String) -> Int {
        var hash: UInt32 = 2_166_136_261  // FNV-1a, 32 bits
        for byte in id.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash % UInt32(colorCount))
    }
}
