import ShallotCore
import ShallotModels
import ShallotStore
import Testing

@MainActor @Suite(.timeLimit(.minutes(5))) struct RecoveryPhraseTests {
    @MainActor final class Board {
        var text: String?
        var access: ClipboardAccess {
            ClipboardAccess(set: { self.text = $0 }, clear: { if self.text == $0 { self.text = nil } })
        }
    }
    let sleep = ManualSleep()
    let board = Board()

    private func model(_ profile: Profile) -> RecoveryPhraseModel {
        RecoveryPhraseModel(
            messenger: profile.messenger, clipboard: board.access, surroundings: Samples.surroundings(sleep))
    }

    @Test func `nothing is shown before somebody asks, and nothing stays after`() async throws {
        let model = model(try await Profile())
        #expect(model.words.isEmpty)
        await model.reveal()
        #expect(model.words.count == 13)
        #expect(model.qrPayload == model.words.joined(separator: " "))
        model.hide()
        #expect(model.words.isEmpty)
        #expect(model.stage == .warning)
    }

    @Test func `a copy leaves the clipboard after 60 seconds`() async throws {
        let model = model(try await Profile())
        await model.reveal()
        model.copy()
        #expect(board.text == model.phrase)
        await until { sleep.durations == [.seconds(60)] }
        sleep.wake()
        await until { board.text == nil }
        #expect(!model.isCopied)
    }

    @Test func `what was copied since is left alone`() async throws {
        let model = model(try await Profile())
        await model.reveal()
        model.copy()
        await until { !sleep.durations.isEmpty }
        board.text = "something else"
        sleep.wake()
        await until { !model.isCopied }
        #expect(board.text == "something else")
    }

    @Test func `it is saved when words 3, 7 and 11 are right`() async throws {
        let profile = try await Profile()
        let model = model(profile)
        await model.reveal()
        let words = model.words
        model.askForWords()
        #expect(model.label(forAnswer: 1) == "Word 7")
        model.answers = [words[2], words[6], "wrong"]
        #expect(!model.canConfirm)
        #expect(model.isWrong(2))
        await model.confirm()
        #expect(model.stage == .check)
        #expect(model.notice != nil)
        #expect(try await profile.messenger.account()?.isPhraseSaved == false)
        model.answers = [words[2].uppercased(), " \(words[6]) ", words[10]]
        await model.confirm()
        #expect(model.stage == .saved)
        #expect(try await profile.messenger.account()?.isPhraseSaved == true)
    }
}
