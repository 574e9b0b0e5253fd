import BaseKit
public import SodiumKit

/// The words that restore an account: 12 that carry the 16 bytes of its seed, and one of them again as a checksum.
/// - Source: identity-and-messages.md §1.4
public enum RecoveryPhrase {
    /// Words of a phrase, the checksum included.
    public static let wordCount = 13
    /// Letters that identify a word; the rest is for the eye.
    public static let prefixLength = 3
    /// The list, in its order: 1626 lower-case English words.
    public static let words: [String] = WordList.english.words

    /// The phrase of a 16-byte seed; `nil` for any other count.
    public static func encode(_ seed: SecretBytes) -> [String]? {
        guard seed.count == AccountKeys.seedSize else { return nil }
        let indices = seed.withBytes { bytes in
            stride(from: 0, to: bytes.count, by: 4).flatMap { offset in
                triplet(of: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            }
        }
        return (indices + [indices[checksumPosition(of: indices)]]).map { words[$0] }
    }

    /// Reads a phrase as a person may type it: in any case, with anything but letters between the words, and with only the
    /// first three letters of each word looked at.
    /// - Throws: what is wrong first; the order is count, unknown word, overflow, checksum.
    public static func decode(_ text: String) throws(RecoveryPhraseError) -> SecretBytes {
        let typed = split(text)
        guard typed.count >= wordCount else { throw .tooFewWords(typed.count) }
        guard typed.count == wordCount else { throw .tooManyWords(typed.count) }
        var indices: [Int] = []
        for (position, word) in typed.enumerated() {
            guard let index = WordList.english.index(ofPrefix: word) else { throw .unknownWord(position: position + 1) }
            indices.append(index)
        }
        let checksum = indices.removeLast()
        var seed: [UInt8] = []
        seed.reserveCapacity(AccountKeys.seedSize)
        defer { Sodium.wipe(&seed) }
        for start in stride(from: 0, to: indices.count, by: 3) {
            guard let value = value(of: indices[start..<start + 3]) else { throw .overflow }
            withUnsafeBytes(of: value.littleEndian) { seed.append(contentsOf: $0) }
        }
        guard indices[checksumPosition(of: indices)] == checksum else { throw .checksumMismatch }
        return SecretBytes(count: seed.count) { memory in seed.withUnsafeBytes { memory.copyMemory(from: $0) } }
    }

    /// The phrase in what a QR code says: its words, or the 32 hexadecimal digits of its seed. `nil` for anything else.
    public static func words(inCode text: String) -> [String]? {
        if let seed = try? decode(text) { return encode(seed) }  // what is no phrase may be a seed
        guard text.utf8.count == 2 * AccountKeys.seedSize, let seed = [UInt8](hex: text) else { return nil }
        return encode(SecretBytes(seed))
    }

    /// Whether `word` names an entry of the list by its first three letters.
    public static func isKnown(_ word: String) -> Bool {
        let parts = split(word)
        return parts.count == 1 && WordList.english.index(ofPrefix: parts[0]) != nil
    }

    /// The list's words that begin with `prefix`, in order, at most `limit`. Nothing for an empty prefix.
    public static func completions(of prefix: String, limit: Int) -> [String] {
        let prefix = prefix.lowercased()
        guard !prefix.isEmpty else { return [] }
        return Array(words.lazy.filter { $0.hasPrefix(prefix) }.prefix(max(0, limit)))
    }

    /// Most letters that are looked at; a longer text has too many words in any case.
    private static let textLimit = 4_096

    /// Runs of letters, in lower case. Letters of any script hold a word together, so that a foreign word is unknown
    /// as a whole rather than cut in two.
    private static func split(_ text: String) -> [String] {
        text.unicodeScalars.prefix(textLimit).split { !$0.properties.isAlphabetic }
            .map { String(String.UnicodeScalarView($0)).lowercased() }
    }

    private static func triplet(of value: UInt32) -> [Int] {
        let count = words.count
        let x = Int(value)
        let first = x % count
        let second = (x / count + first) % count
        return [first, second, (x / count / count + second) % count]
    }

    private static func value(of triplet: ArraySlice<Int>) -> UInt32? {
        let count = words.count
        let w = Array(triplet)
        let x = w[0] + count * ((count - w[0] + w[1]) % count) + count * count * ((count - w[1] + w[2]) % count)
        return UInt32(exactly: x)
    }

    private static func checksumPosition(of indices: [Int]) -> Int {
        let letters = indices.flatMap { words[$0].utf8.prefix(prefixLength) }
        return Int(CRC32.checksum(letters)) % indices.count
    }
}
