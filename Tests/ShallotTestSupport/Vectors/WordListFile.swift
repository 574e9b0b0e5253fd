import Foundation

/// The vector file that holds the words of recovery phrases.
public struct WordListFile: Decodable, Sendable {
    public let words: [String]
    public let prefixLength: Int

    private enum CodingKeys: String, CodingKey {
        case words
        case prefixLength = "prefix_length"
    }

    public static func load() throws -> WordListFile {
        let data = try Data(contentsOf: VectorFile.directory.appendingPathComponent("mnemonic_english.json"))
        return try JSONDecoder().decode(WordListFile.self, from: data)
    }
}
