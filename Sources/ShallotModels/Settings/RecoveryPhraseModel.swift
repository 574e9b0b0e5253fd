import Foundation
public import Observation
public import ShallotCore

/// Shows the recovery phrase, and asks for three of its words before it believes that it was written down.
@Observable
public final class RecoveryPhraseModel {
    public enum Stage: Sendable {
        /// "Make sure nobody sees your screen."
        case warning
        case words
        /// Asks for three words.
        case check
        case saved
    }

    /// Which words are asked for, counted from 1.
    public nonisolated static let asked = [3, 7, 11]
    /// How long a copied phrase stays on the clipboard.
    public nonisolated static let clipboardTime = Duration.seconds(60)

    public private(set) var stage = Stage.warning
    public private(set) var words: [String] = []
    public var showsQRCode = false
    public var answers = Array(repeating: "", count: asked.count)
    public private(set) var notice: Notice?
    /// Copied within the last 60 seconds.
    public private(set) var isCopied = false

    private let messenger: Messenger
    private let clipboard: ClipboardAccess
    private let surroundings: Surroundings
    private var clearing: Task<Void, Never>?
    private let saved: () -> Void

    /// - Parameter saved: called once the three words were right.
    public init(
        messenger: Messenger, clipboard: ClipboardAccess, surroundings: Surroundings = Surroundings(),
        saved: @escaping () -> Void = {}
    ) {
        (self.messenger, self.clipboard, self.surroundings, self.saved) = (messenger, clipboard, surroundings, saved)
    }

    public var phrase: String { words.joined(separator: " ") }
    /// What other Session apps read from a code: the words.
    public var qrPayload: String { phrase }

    public func reveal() async {
        do {
            words = try await messenger.recoveryPhrase()
            stage = .words
        } catch { notice = Notice(error) }
    }

    /// Takes the words off the screen and out of memory.
    public func hide() {
        words = []
        answers = answers.map { _ in "" }
        showsQRCode = false
        if stage != .saved { stage = .warning }
    }

    public func copy() {
        guard !words.isEmpty else { return }
        let text = phrase
        clipboard.set(text)
        isCopied = true
        clearing?.cancel()
        clearing = Task { [weak self, surroundings, clipboard] in
            do { try await surroundings.sleep(Self.clipboardTime) } catch { return }  // copied again
            clipboard.clear(text)
            self?.isCopied = false
        }
    }

    public var copiedText: String { tr("Copied. Will be cleared in 60 s") }

    // MARK: "I Saved It"

    public func askForWords() {
        guard !words.isEmpty else { return }
        answers = answers.map { _ in "" }
        notice = nil
        stage = .check
    }

    public func backToWords() {
        guard stage == .check else { return }
        stage = .words
    }

    /// "Word 3", for the label of a field.
    public func label(forAnswer index: Int) -> String { tr("Word {n}", ["n": Self.asked[index].formatted()]) }

    /// A wrong answer, or an empty one that is not being typed any more.
    public func isWrong(_ index: Int) -> Bool {
        let answer = answers[index].trimmed.lowercased()
        return !answer.isEmpty && !words[Self.asked[index] - 1].hasPrefix(answer)
    }

    public var canConfirm: Bool {
        stage == .check && zip(answers, Self.asked).allSatisfy { $0.trimmed.lowercased() == words[$1 - 1] }
    }

    public func confirm() async {
        guard canConfirm else {
            notice = Notice(text: tr("These are not the words of your recovery phrase. Look at them once more."))
            return
        }
        do {
            try await messenger.setPhraseSaved()
            hide()
            stage = .saved
            saved()
        } catch { notice = Notice(error) }
    }
}
