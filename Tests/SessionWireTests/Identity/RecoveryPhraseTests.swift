import BaseKit
import Crypto
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct RecoveryPhraseTests {
    private static let valid = "amaze buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed faxed"

    @Test func `the word list is the known one`() {
        let text = RecoveryPhrase.words.map { $0 + "\n" }.joined()
        let hash = [UInt8](SHA256.hash(data: Array(text.utf8)))
        #expect(hash.hex == "eaa6bce7dd92f4d6dd74f224264e0ef4ad21095d68ec77616b26ceb599baf4f7")
        #expect(RecoveryPhrase.words.count == 1_626)
        #expect(Set(RecoveryPhrase.words.map { $0.prefix(3) }).count == 1_626)
    }

    @Test func `the word list is that of the vectors`() throws {
        let file = try WordListFile.load()
        #expect(RecoveryPhrase.words == file.words)
        #expect(RecoveryPhrase.prefixLength == file.prefixLength)
    }

    @Test(arguments: 0..<1_000)
    func `every seed comes back from its phrase`(number: UInt64) throws {
        var random = SeededRandom(seed: number)
        let seed = SecretBytes(random.bytes(16))
        let phrase = try #require(RecoveryPhrase.encode(seed))
        #expect(phrase.count == 13)
        #expect(try RecoveryPhrase.decode(phrase.joined(separator: " ")) == seed)
    }

    @Test(arguments: [0, 15, 17, 32])
    func `only 16 bytes have a phrase`(count: Int) {
        #expect(RecoveryPhrase.encode(SecretBytes([UInt8](repeating: 0, count: count))) == nil)
    }

    private static let mistakes: [(String, RecoveryPhraseError)] = [
        ("", .tooFewWords(0)), ("   ", .tooFewWords(0)), ("abbey", .tooFewWords(1)),
        ("\(valid.dropLast(6))", .tooFewWords(12)), ("\(valid) abbey", .tooManyWords(14)),
        ("\(valid) \(valid)", .tooManyWords(26)),
        ("amaze buffet cake qqqq symptoms tiger lamb maze nestle python dusted faxed faxed", .unknownWord(position: 4)),
        (
            "amaze buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed qqqq",
            .unknownWord(position: 13)
        ),
        (
            "am buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed faxed",
            .unknownWord(position: 1)
        ),
        (
            "ämaze buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed faxed",
            .unknownWord(position: 1)
        ),
        ("buffet amaze cake entrance symptoms tiger lamb maze nestle python dusted faxed faxed", .checksumMismatch),
        ("amaze buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed amaze", .checksumMismatch),
        ("abbey abbey zoom abbey abbey abbey abbey abbey abbey abbey abbey abbey abbey", .overflow),
        ("abbey abbey abbey abbey abbey abbey abbey abbey abbey abbey abbey zoom abbey", .overflow),
    ]

    @Test(arguments: mistakes)
    func `each mistake has its own error`(text: String, error: RecoveryPhraseError) {
        #expect(throws: error) { try RecoveryPhrase.decode(text) }
    }

    @Test(arguments: [
        valid.uppercased(), "\n\(valid)\t", valid.replacing(" ", with: ", "), valid.replacing(" ", with: "\r\n12. "),
        valid.split(separator: " ").map { $0.prefix(3) }.joined(separator: "-"),
    ])
    func `spelling is taken generously`(text: String) throws {
        #expect(try RecoveryPhrase.decode(text).copyBytes() == Array(0...15))
    }

    @Test func `endless text ends`() {
        #expect(throws: RecoveryPhraseError.self) {
            try RecoveryPhrase.decode(String(repeating: "abbey ", count: 1_000_000))
        }
    }

    @Test func `words are known and completed`() {
        #expect(RecoveryPhrase.isKnown("abbey"))
        #expect(RecoveryPhrase.isKnown(" ZOOm "))
        #expect(RecoveryPhrase.isKnown("abb"))
        #expect(!RecoveryPhrase.isKnown("ab"))
        #expect(!RecoveryPhrase.isKnown(""))
        #expect(!RecoveryPhrase.isKnown("abbey abbey"))
        #expect(RecoveryPhrase.completions(of: "ab", limit: 3) == ["abbey", "abducts", "ability"])
        #expect(RecoveryPhrase.completions(of: "ZOO", limit: 9) == ["zoom"])
        #expect(RecoveryPhrase.completions(of: "", limit: 9).isEmpty)
        #expect(RecoveryPhrase.completions(of: "zzz", limit: 9).isEmpty)
        #expect(RecoveryPhrase.completions(of: "a", limit: -1).isEmpty)
    }
}
