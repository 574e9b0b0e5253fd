import Testing

@testable import ShallotModels

@MainActor @Suite(.timeLimit(.minutes(5))) struct DraftKeeperTests {
    final class Saved { var texts: [String] = [] }

    @Test func `changes are written within half a second, the newest text only`() async {
        let sleep = ManualSleep()
        let saved = Saved()
        let keeper = DraftKeeper(sleep: { try await sleep.sleep($0) }) { saved.texts.append($0) }
        for text in ["h", "he", "hel"] { keeper.changed(to: text) }
        await until { sleep.durations == [.milliseconds(500)] }
        keeper.changed(to: "hell")
        #expect(sleep.durations == [.milliseconds(500)])
        sleep.wake()
        await until { saved.texts == ["hell"] }
        keeper.changed(to: "hello")
        await until { !sleep.durations.isEmpty }
        sleep.wake()
        await until { saved.texts == ["hell", "hello"] }
    }

    @Test func `leaving writes at once, and only what is not written`() async {
        let sleep = ManualSleep()
        let saved = Saved()
        let keeper = DraftKeeper(sleep: { try await sleep.sleep($0) }) { saved.texts.append($0) }
        keeper.changed(to: "hello")
        await keeper.flush()
        await keeper.flush()
        #expect(saved.texts == ["hello"])
    }
}
