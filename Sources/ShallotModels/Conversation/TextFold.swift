/// Whether a long text shows all of itself. Laying out thousands of lines takes longer than anybody should wait.
/// - Source: ux.md §5.8
public nonisolated enum TextFold: Hashable, Sendable {
    case folded, unfolded

    /// What somebody presses to see the other side of it.
    public var action: String { self == .folded ? tr("Read More") : tr("Show Less") }

    /// How many lines a folded text shows.
    static let lines = 25
    /// How many letters count as one line: about what a bubble has room for.
    static let lineLength = 60

    /// The first lines of a text that has more than a folded one shows; `nil` for any other.
    static func beginning(of text: String) -> String? {
        // Most texts are short, and counting bytes is quick.
        if text.utf8.count / lineLength + text.utf8.count(where: { $0 < 0x20 || $0 > 0x7F }) < lines { return nil }
        var (line, column) = (0, 0)
        var lastSpace: String.Index?
        for index in text.indices {
            let character = text[index]
            if character.isNewline {
                (line, column, lastSpace) = (line + 1, 0, nil)
            } else {
                if character.isWhitespace { lastSpace = index }
                column += 1
                if column > lineLength { (line, column) = (line + 1, 1) }
            }
            guard line == lines else { continue }
            // Not in the middle of a word, unless the word fills a line.
            let space = lastSpace.flatMap { text.distance(from: $0, to: index) <= lineLength ? $0 : nil }
            var beginning = text[..<(space ?? index)]
            while beginning.last?.isWhitespace == true { beginning.removeLast() }
            return beginning + "…"
        }
        return nil
    }
}
