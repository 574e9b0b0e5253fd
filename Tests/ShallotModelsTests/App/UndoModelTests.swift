import ShallotModels
import Testing

@MainActor @Suite(.timeLimit(.minutes(5))) struct UndoModelTests {
    let sleep = ManualSleep()
    final class Log { var entries: [String] = [] }

    @Test func `after ten seconds it is final`() async {
        let model = UndoModel(surroundings: Samples.surroundings(sleep))
        let log = Log()
        await model.offer(
            "Message deleted", takeBack: { log.entries.append("back") }, perform: { log.entries.append("done") })
        #expect(model.offer?.text == "Message deleted")
        #expect(log.entries.isEmpty)
        await until { sleep.durations == [.seconds(10)] }
        sleep.wake()
        await until { model.offer == nil }
        #expect(log.entries == ["done"])
    }

    @Test func `before that it can be taken back, once`() async throws {
        let model = UndoModel(surroundings: Samples.surroundings(sleep))
        let log = Log()
        await model.offer("x", takeBack: { log.entries.append("back") }, perform: { log.entries.append("done") })
        let id = try #require(model.offer?.id)
        model.undo(id)
        model.undo(id)
        await model.finish()
        #expect(log.entries == ["back"])
    }

    @Test func `a second offer makes the first one final`() async {
        let model = UndoModel(surroundings: Samples.surroundings(sleep))
        let log = Log()
        await model.offer("1", takeBack: {}, perform: { log.entries.append("first") })
        await model.offer("2", takeBack: {}, perform: { log.entries.append("second") })
        #expect(log.entries == ["first"])
        #expect(model.offer?.text == "2")
        await model.finish()
        #expect(log.entries == ["first", "second"])
    }

    @Test func `a toast that is gone cannot undo its successor`() async throws {
        let model = UndoModel(surroundings: Samples.surroundings(sleep))
        let log = Log()
        await model.offer("1", takeBack: {}, perform: {})
        let old = try #require(model.offer?.id)
        await model.offer("2", takeBack: { log.entries.append("back") }, perform: {})
        model.undo(old)
        #expect(log.entries.isEmpty)
        #expect(model.offer?.text == "2")
    }
}
