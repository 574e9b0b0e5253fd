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

    @Test func `whoever empties the stored draft can wait for a save that has begun`() async {
        let sleep = ManualSleep()
        let saved = Saved()
        let keeper = DraftKeeper(sleep: { try await sleep.sleep($0) }) { text in
            saved.texts.append("begin \(text)")
            try? await sleep.sleep(.seconds(1))
            saved.texts.append("end \(text)")
        }
        keeper.changed(to: "hello")
        let leaving = Task { await keeper.flush() }
        await until { sleep.durations.last == .seconds(1) }
        keeper.forget()
        let sending = Task {
            await keeper.settle()
            saved.texts.append("emptied")
        }
        for _ in 0..<10 { await Task.yield() }
        sleep.wake()
        await sending.value
        await leaving.value
        #expect(saved.texts == ["begin hello", "end hello", "emptied"])
    }
}
