/// Takes out of a line what could tell who somebody is or where they are: IDs and keys, addresses, servers, paths.
nonisolated enum Censor {
    /// Runs of hexadecimal digits from this length on are IDs, keys or hashes. Shortened ones (`05ab…9f3c`) stay.
    static let identifierLength = 12

    static func apply(to line: String) -> String {
        var result = ""
        var word = ""
        for character in line {
            if character.isASCII, character.isLetter || character.isNumber || ".:/_-~@".contains(character) {
                word.append(character)
            } else {
                result += replacement(for: word) + String(character)
                word = ""
            }
        }
        return result + replacement(for: word)
    }

    private static func replacement(for word: String) -> String {
        if word.contains("://") { return "[server]" }
        if word.contains("/"), word.count > 1 { return "[path]" }
        if isIPv4(word) { return "[address]" }
        if word.count(where: { $0 == ":" }) > 1 { return "[address]" }
        if hasIdentifier(word) { return "[id]" }
        if word.split(separator: ".").count > 2, word.contains(where: \.isLetter) { return "[server]" }
        return word
    }

    private static func isIPv4(_ word: String) -> Bool {
        let host = word.split(separator: ":").first ?? ""
        let parts = host.trimmingSuffix(".").split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func hasIdentifier(_ word: String) -> Bool {
        var run = 0
        for character in word {
            run = character.isHexDigit ? run + 1 : 0
            if run >= identifierLength { return true }
        }
        return false
    }
}

extension Substring {
    fileprivate nonisolated func trimmingSuffix(_ suffix: Character) -> Substring {
        last == suffix ? dropLast() : self
    }
}
