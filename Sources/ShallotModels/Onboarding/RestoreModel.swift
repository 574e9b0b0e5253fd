public import Observation
import SessionWire

/// One of the 13 fields.
public nonisolated struct RestoreWord: Equatable, Sendable {
    public enum State: Sendable {
        case empty
        /// The beginning of a word of the list.
        case partial
        case known
        case unknown
    }

    public internal(set) var text = ""

    public var state: State {
        if text.isEmpty { return .empty }
        if RecoveryPhrase.isKnown(text) { return .known }
        return RecoveryPhrase.completions(of: text, limit: 1).isEmpty ? .unknown : .partial
    }
}

/// Takes the 13 words of a recovery phrase and brings the account to this device.
@Observable
public final class RestoreModel {
    public nonisolated static let wordCount = 13
    /// The most text that is looked at when somebody pastes, in characters.
    nonisolated static let maximumPaste = 4096

    public private(set) var words = Array(repeating: RestoreWord(), count: wordCount)
    public var showsWords = false
    public private(set) var isWorking = false
    public private(set) var notice: Notice?
    /// How many words a paste had when they were more than fit.
    private var pastedCount: Int?

    private let restore: (_ phrase: String) async throws -> Void

    /// - Parameter restore: brings the account back; the caller shows what comes next when it returns.
    public init(restore: @escaping (_ phrase: String) async throws -> Void) { self.restore = restore }

    // MARK: Words

    /// Changes one field. Text with several words, as from a paste, fills the fields: all of them when it is a whole
    /// phrase, from this one on otherwise.
    /// - Returns: the field to go to next, when the change calls for one.
    @discardableResult
    public func setWord(_ index: Int, to text: String) -> Int? {
        guard words.indices.contains(index), text != words[index].text else { return nil }
        let parts = Self.parts(of: text)
        if parts.count > 1 { return fill(with: parts, from: index) }
        pastedCount = nil
        notice = nil
        words[index].text = parts.first ?? ""
        let isFinished = text.last.map { !$0.isLetter } ?? false
        if isFinished { complete(index) }
        return isFinished && !words[index].text.isEmpty && index + 1 < words.count ? index + 1 : nil
    }

    /// Fills all fields from a pasted phrase with any spacing and line breaks.
    @discardableResult
    public func paste(_ text: String, at index: Int = 0) -> Int? {
        fill(with: Self.parts(of: text), from: index)
    }

    /// Takes the phrase out of the codes of a picture: as words, or as the 32 hexadecimal digits of its seed.
    /// - Parameter read: gives what all codes of the picture say.
    public func takeCode(_ read: () async throws(CodePictureError) -> [String]) async {
        guard !isWorking else { return }
        isWorking = true
        defer { isWorking = false }
        notice = nil
        do {
            let phrases = try await read().compactMap(RecoveryPhrase.words(inCode:))
            guard let phrase = phrases.first else { throw CodePictureError.noPhrase }
            paste(phrase.joined(separator: " "))
        } catch { notice = Notice(error) }
    }

    /// Fills in the rest of a word that was only begun, where one word of the list alone begins like that: three letters are
    /// enough. So there is completion while the words are hidden too, when a list of them would tell what the dots hide.
    public func complete(_ index: Int) {
        guard words.indices.contains(index) else { return }
        let found = RecoveryPhrase.completions(of: words[index].text, limit: 2)
        if found.count == 1 { words[index].text = found[0] }
    }

    /// Words of the list that begin like the field, unless it already is one of them.
    public func completions(for index: Int, limit: Int = 5) -> [String] {
        guard words.indices.contains(index), !words[index].text.isEmpty else { return [] }
        let found = RecoveryPhrase.completions(of: words[index].text, limit: limit)
        return found == [words[index].text] ? [] : found
    }

    private func fill(with parts: [String], from index: Int) -> Int? {
        guard !parts.isEmpty else { return nil }
        notice = nil
        let start = parts.count >= Self.wordCount - 1 ? 0 : index
        pastedCount = start + parts.count > Self.wordCount ? parts.count : nil
        if start == 0, parts.count >= Self.wordCount - 1 {
            words = Array(repeating: RestoreWord(), count: Self.wordCount)
        }
        for (offset, part) in parts.enumerated() where start + offset < words.count {
            words[start + offset].text = part
        }
        return min(start + parts.count, words.count - 1)
    }

    private static func parts(of text: String) -> [String] {
        text.prefix(maximumPaste).lowercased().split { !$0.isLetter }.map(String.init)
    }

    private var phrase: String { words.map(\.text).joined(separator: " ") }
    private var filledCount: Int { words.count { !$0.text.isEmpty } }

    private var failure: RecoveryPhraseError? {
        do {
            _ = try RecoveryPhrase.decode(phrase)
            return nil
        } catch { return error }
    }

    /// The check word matches: the phrase is whole.
    public var canContinue: Bool {
        filledCount == Self.wordCount && pastedCount == nil && failure == nil && !isWorking
    }

    /// What is wrong with the words, or what is still missing; `nil` when there is nothing to say.
    public var problem: String? {
        if let notice { return notice.text }
        if let pastedCount {
            return trn(
                "This is {n} word. A recovery phrase has 13.", "These are {n} words. A recovery phrase has 13.",
                pastedCount)
        }
        if let unknown = words.firstIndex(where: { $0.state == .unknown }) {
            return Notice(RecoveryPhraseError.unknownWord(position: unknown + 1)).text
        }
        let missing = Self.wordCount - filledCount
        if missing == Self.wordCount { return nil }
        if missing > 0 { return Notice(RecoveryPhraseError.tooFewWords(filledCount)).text }
        return failure.map { Notice($0).text }
    }

    /// The caption under the words is bad news, not only a count of what is missing.
    public var isProblemAnError: Bool {
        notice != nil || pastedCount != nil || words.contains { $0.state == .unknown }
            || (filledCount == Self.wordCount && failure != nil)
    }

    public func submit() async {
        guard canContinue else { return }
        isWorking = true
        defer { isWorking = false }
        do {
            try await restore(phrase)
            words = Array(repeating: RestoreWord(), count: Self.wordCount)
        } catch { notice = Notice(error) }
    }

    /// Always visible: what a recovery phrase brings back.
    public var footnote: String { Self.footnote }

    static var footnote: String {
        tr(
            "Comes back: contacts, groups, communities and settings that one of your devices refreshed in the last 30 days, and messages of the last 14 days. Older messages stay on the devices that have them."
        )
    }
}
