/// A list of words, each known by its first letters.
struct WordList: Sendable {
    let words: [String]
    private let indices: [String: Int]

    static let english = WordList(text: PackageResources.english_txt)

    /// - Parameter text: one word a line, as bytes of ASCII.
    private init(text: [UInt8]) {
        words = text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        indices = Dictionary(
            words.enumerated().map { (String($1.prefix(RecoveryPhrase.prefixLength)), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Where the word stands that shares its first three letters with `word`; `nil` if there is none.
    func index(ofPrefix word: String) -> Int? { indices[String(word.prefix(RecoveryPhrase.prefixLength))] }
}
