/// How long texts may be, and what may be in them.
/// - Source: identity-and-messages.md §3.8, §4.1, §4.5
public enum TextLimits {
    /// Code points of a message that we send.
    public static let sendLimit = 2_000
    /// Code points of a received message that are kept.
    public static let storeLimit = 10_000
    /// Bytes of UTF-8 of a name: a person's, a nickname, a group's.
    public static let nameBytes = 100
    /// Bytes of the address of a picture.
    public static let pictureURLBytes = 223

    /// The length that counts for the limits.
    public static func count(_ text: String) -> Int { text.unicodeScalars.count }

    /// A message as it is kept and shown: without control characters other than tab and line feed, and cut to
    /// ``storeLimit``.
    public static func cleaned(_ text: String) -> String {
        let isClean = text.unicodeScalars.allSatisfy(isAllowed) && text.utf8.count <= storeLimit
        guard !isClean else { return text }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text.unicodeScalars.lazy.filter(isAllowed).prefix(storeLimit))
        return String(view)
    }

    /// A name as it is kept and shown: on one line, trimmed, and cut to ``nameBytes`` without splitting a character.
    /// `nil` when nothing is left.
    public static func cleanedName(_ text: String) -> String? {
        var name = ""
        var size = 0
        for character in text.prefix(nameBytes * 4) {
            let scalars = character.unicodeScalars
            let visible = scalars.allSatisfy { isAllowed($0) && $0 != "\n" } ? character : " "
            if name.isEmpty, visible.isWhitespace { continue }
            size += visible.utf8.count
            guard size <= nameBytes else { break }
            name.append(visible)
        }
        while let last = name.last, last.isWhitespace { name.removeLast() }
        return name.isEmpty ? nil : name
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: true
        case 0x00...0x1F, 0x7F...0x9F: false
        default: true
        }
    }
}
