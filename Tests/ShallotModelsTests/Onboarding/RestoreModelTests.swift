import BaseKit
import SessionWire
import ShallotCore
import ShallotModels
import SodiumKit
import Testing

@MainActor @Suite struct RestoreModelTests {
    static let phrase = "vexed enjoy pigment films adept voted vexed enjoy pigment films adept voted adept"
    static var words: [String] { phrase.split(separator: " ").map(String.init) }
    let model = RestoreModel { _ in }

    @Test(arguments: [" ", "\n", "  \t", ", ", " 1. ", "\r\n"])
    func `pasting fills all fields, whatever stands between the words`(separator: String) {
        model.paste(Self.words.joined(separator: separator), at: 5)
        #expect(model.words.map(\.text) == Self.words)
        #expect(model.canContinue)
        #expect(model.problem == nil)
    }

    @Test func `a field takes a paste too`() {
        #expect(model.setWord(0, to: Self.phrase.uppercased()) == 12)
        #expect(model.canContinue)
    }

    @Test func `a few words fill from their field on`() {
        model.paste("vexed enjoy", at: 3)
        #expect(model.words[3].text == "vexed")
        #expect(model.words[4].text == "enjoy")
        #expect(model.words[0].state == .empty)
    }

    @Test(arguments: ["", " \n"])
    func `the code of a picture fills all fields`(around: String) async {
        let code = around + Self.phrase.uppercased() + around
        await model.takeCode { () async throws(CodePictureError) in ["05abc", code] }
        #expect(model.words.map(\.text) == Self.words)
        #expect(model.canContinue)
    }

    @Test func `a code that is a seed in digits is taken too`() async throws {
        let seed = try RecoveryPhrase.decode(Self.phrase).withBytes { Array($0) }
        let code = seed.hex
        await model.takeCode { () async throws(CodePictureError) in [code] }
        #expect(model.words.map(\.text) == Self.words)
    }

    @Test(arguments: [CodePictureError.tooLarge, .unreadable, .noCode])
    func `a bad picture gets a sentence, and what was typed stays`(error: CodePictureError) async {
        model.setWord(0, to: "vexed")
        await model.takeCode { () async throws(CodePictureError) in throw error }
        #expect(model.problem == Notice(error as any Error).text && model.isProblemAnError)
        #expect(model.words[0].text == "vexed")
        model.setWord(1, to: "enjoy")
        #expect(!model.isProblemAnError)
    }

    @Test func `the code of something else is named so`() async {
        await model.takeCode { () async throws(CodePictureError) in ["https://example.org", "05ab"] }
        #expect(model.problem == "The QR code in this picture is not that of a recovery phrase.")
    }

    @Test func `three letters make a word when it is finished`() {
        model.setWord(0, to: "vex")
        #expect(model.words[0].text == "vex", "somebody still types")
        #expect(model.setWord(0, to: "vex ") == 1)
        #expect(model.words[0].text == "vexed")
        model.setWord(1, to: "e ")
        model.setWord(2, to: "xyzzy ")
        #expect(model.words[1].text == "e" && model.words[2].text == "xyzzy")
    }

    @Test func `with 12 words one is missing and none is guessed`() {
        model.paste(Self.words.dropLast().joined(separator: " "))
        #expect(model.problem == "One word is missing.")
        #expect(model.words[12].text.isEmpty)
        #expect(!model.canContinue)
        #expect(!model.isProblemAnError)
    }

    @Test func `too few words are counted`() {
        model.paste("vexed enjoy pigment")
        #expect(model.problem == "Too few words: 3 of 13.")
    }

    @Test func `too many words are refused, not cut`() {
        model.paste(Self.phrase + " adept")
        #expect(model.problem == "These are 14 words. A recovery phrase has 13.")
        #expect(!model.canContinue)
        model.setWord(12, to: "")
        model.setWord(12, to: "adept")
        #expect(model.canContinue)
    }

    @Test func `an unknown word is marked and named by its number`() {
        model.paste(Self.phrase)
        model.setWord(3, to: "qqq")
        #expect(model.words[3].state == .unknown)
        #expect(model.problem == "Word 4 is not a word of a recovery phrase.")
        #expect(model.isProblemAnError)
    }

    @Test func `the beginning of a word is not an error`() {
        model.setWord(0, to: "ve")
        #expect(model.words[0].state == .partial)
        #expect(model.completions(for: 0).contains("vector"))
    }

    @Test func `a wrong check word is told`() {
        model.paste(Self.words.dropLast().joined(separator: " ") + " vexed")
        #expect(model.problem == "The check word does not match. A word is wrong or in the wrong place.")
    }

    @Test func `words that stand for too large a number are told apart`() {
        model.paste(
            Array(repeating: ["abbey", "abbey", "zoom"], count: 4).flatMap { $0 }.joined(separator: " ") + " abbey")
        #expect(model.problem == "These words do not make a recovery phrase. Check each one.")
    }

    @Test func `a space after a word goes on to the next field`() {
        #expect(model.setWord(0, to: "vexed ") == 1)
        #expect(model.words[0].text == "vexed")
        #expect(model.setWord(1, to: "enjoy") == nil)
        #expect(model.setWord(1, to: "qqq ") == 2)
        #expect(model.words[1].state == .unknown)
    }

    @Test func `an enormous paste is cut, not read`() {
        model.paste(String(repeating: "vexed ", count: 100_000))
        #expect(!model.canContinue)
        #expect(model.problem != nil)
    }

    @Test func `what is handed on is the phrase, and the words are forgotten`() async {
        var given: String?
        let model = RestoreModel { given = $0 }
        model.paste(Self.phrase)
        await model.submit()
        #expect(given == Self.phrase)
        #expect(model.words.allSatisfy { $0.text.isEmpty })
    }

    @Test func `an error of the messenger is shown`() async {
        let model = RestoreModel { _ in throw AccountError.alreadyExists }
        model.paste(Self.phrase)
        await model.submit()
        #expect(model.notice == Notice(AccountError.alreadyExists))
        #expect(!model.isWorking)
    }
}
