/// A session description, read line by line. Unknown lines are kept but never looked at.
/// - Source: RFC 8866; calls.md §7
public struct SessionDescription: Hashable, Sendable {
    /// - Source: calls.md §7.2
    public static let maximumMediaLines = 8
    /// Longest name of a media line. Those of known clients have up to 12 characters.
    public static let maximumMediaID = 64
    /// More than any client writes: Chromium's offers have about 250.
    public static let maximumLines = 2_048

    /// What stands ahead of the first media line.
    public let session: DescriptionSection
    public let media: [MediaLine]

    /// Reads a text with LF or CRLF line ends.
    public init(_ text: String) throws(DescriptionError) {
        guard text.utf8.count <= CallSignal.maximumDescription else { throw .tooLong(text.utf8.count) }
        let lines = text.split(omittingEmptySubsequences: true) { $0.isNewline }
        guard lines.count <= Self.maximumLines else { throw .tooManyLines }
        guard lines.first == "v=0" else { throw .malformed(line: 1) }
        var sections: [[String]] = [[]]
        for (number, line) in lines.enumerated() {
            guard Self.isLine(line) else { throw .malformed(line: number + 1) }
            if line.hasPrefix("m=") { sections.append([]) }
            sections[sections.count - 1].append(String(line))
        }
        guard sections.count - 1 <= Self.maximumMediaLines else { throw .tooManyMediaLines(sections.count - 1) }
        let session = DescriptionSection(lines: sections[0])
        var media: [MediaLine] = []
        var line = sections[0].count
        for section in sections.dropFirst() {
            guard let read = MediaLine(DescriptionSection(lines: section), session: session) else {
                throw .malformed(line: line + 1)
            }
            media.append(read)
            line += section.count
        }
        self.session = session
        self.media = media
    }

    /// A letter, an equals sign, and no control character.
    private static func isLine(_ line: Substring) -> Bool {
        let bytes = line.utf8
        guard bytes.count >= 2, let first = bytes.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            bytes[bytes.index(after: bytes.startIndex)] == UInt8(ascii: "=")
        else { return false }
        return bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
    }

    public func first(_ kind: MediaLine.Kind) -> MediaLine? { media.first { $0.kind == kind && !$0.isRejected } }
}

/// Lines that belong together: the head of a description, or one media line with its attributes.
public struct DescriptionSection: Hashable, Sendable {
    public let lines: [String]

    init(lines: [String]) { self.lines = lines }

    /// The value of the first attribute `a=<name>:<value>`; empty for a bare `a=<name>`.
    public func attribute(_ name: String) -> String? { attributes(name).first }

    public func attributes(_ name: String) -> [String] {
        lines.compactMap { line in
            guard line.hasPrefix("a=") else { return nil }
            let body = line.dropFirst(2)
            if body == name { return "" }
            return body.hasPrefix(name + ":") ? String(body.dropFirst(name.utf8.count + 1)) : nil
        }
    }
}
