import MediaKit
import SessionCalls
import ShallotCore
import Testing

@testable import ShallotModels

@MainActor @Suite(.timeLimit(.minutes(2))) struct CallScreenTests {
    /// A desktop whose person a test plays.
    @MainActor private final class Desktop {
        var shared: [ScreenSource?] = []
        var givenBack = 0
        private var answer: CheckedContinuation<Result<ScreenSource, ScreenChoiceError>, Never>?
        var isAsked: Bool { answer != nil }

        func choose() async throws(ScreenChoiceError) -> ScreenSource {
            try await withCheckedContinuation { answer = $0 }.get()
        }

        func say(_ result: Result<ScreenSource, ScreenChoiceError>) {
            answer?.resume(returning: result)
            answer = nil
        }
    }

    private static let stream = ScreenSource.pipeWire(descriptor: 7, node: 42)

    private static func model(_ desktop: Desktop) -> CallModel {
        var actions = CallActions()
        actions.share = { desktop.shared.append($0) }
        let model = CallModel(
            CallModelTests.snapshot(.connected, connected: true), name: "Maria", actions: actions,
            surroundings: Samples.surroundings())
        model.canShareScreen = true
        return model
    }

    private static func snapshot(sharing: Bool, _ phase: Call.Phase = .connected) -> CallSnapshot {
        var snapshot = CallModelTests.snapshot(phase, connected: true)
        snapshot.isSharingScreen = sharing
        return snapshot
    }

    private static func share(_ model: CallModel, _ desktop: Desktop) async -> Task<Void, Never> {
        let work = Task { await model.shareScreen(desktop.choose) { desktop.givenBack += 1 } }
        await until { desktop.isAsked }
        return work
    }

    @Test func `what was chosen is shown, and given back when it is stopped`() async {
        let desktop = Desktop()
        let model = Self.model(desktop)
        let work = await Self.share(model, desktop)
        #expect(model.screen == .choosing && !model.showsScreen)
        desktop.say(.success(Self.stream))
        await work.value
        #expect(desktop.shared == [Self.stream] && model.showsScreen)
        // One from before the sharing began comes late.
        model.update(Self.snapshot(sharing: false))
        #expect(desktop.givenBack == 0)
        model.update(Self.snapshot(sharing: true))
        await model.stopSharing()
        #expect(desktop.shared == [Self.stream, nil])
        model.update(Self.snapshot(sharing: false))
        #expect(desktop.givenBack == 1 && model.screen == .none && model.notices.isEmpty)
    }

    @Test func `what is chosen after the end of the call is given back`() async {
        let desktop = Desktop()
        let model = Self.model(desktop)
        let work = await Self.share(model, desktop)
        model.update(Self.snapshot(sharing: false, .ended(.hungUpThere)))
        #expect(desktop.givenBack == 1, "the question goes with the call")
        desktop.say(.success(Self.stream))
        await work.value
        #expect(desktop.shared.isEmpty && desktop.givenBack == 2 && model.screen == .none)
    }

    @Test func `the end of the call gives the screen back, also before it was shown`() async {
        let desktop = Desktop()
        let model = Self.model(desktop)
        let work = await Self.share(model, desktop)
        desktop.say(.success(Self.stream))
        await work.value
        model.update(Self.snapshot(sharing: true, .ended(.hungUpHere)))
        #expect(desktop.givenBack == 1 && !model.showsScreen)
    }

    @Test(arguments: [ScreenChoiceError.cancelled, .unavailable])
    func `only a desktop that refuses is worth a word, a person who does is not`(_ error: ScreenChoiceError) async {
        let desktop = Desktop()
        let model = Self.model(desktop)
        let work = await Self.share(model, desktop)
        desktop.say(.failure(error))
        await work.value
        #expect(desktop.shared.isEmpty && model.screen == .none)
        #expect(
            model.notice?.text == (error == .cancelled ? nil : "The desktop did not let the screen be shared."))
    }

    @Test func `a desktop that takes the screen back ends the sharing, and is named once`() async {
        let desktop = Desktop()
        let model = Self.model(desktop)
        let work = await Self.share(model, desktop)
        desktop.say(.success(Self.stream))
        await work.value
        model.update(Self.snapshot(sharing: true))
        await model.screenWasTakenBack()
        await model.screenWasTakenBack()
        #expect(desktop.shared == [Self.stream, nil] && desktop.givenBack == 1)
        var broken = Self.snapshot(sharing: false)
        broken.troubles = [.screen("stream error")]
        model.update(broken)
        #expect(model.notices.map(\.text) == ["The desktop ended the sharing of your screen."])
    }

    @Test func `whoever does not want to choose any more ends the question`() async {
        let desktop = Desktop()
        let model = Self.model(desktop)
        let work = await Self.share(model, desktop)
        await model.shareScreen(desktop.choose) {}
        await model.stopSharing()
        #expect(desktop.givenBack == 1 && model.screen == .none)
        desktop.say(.failure(.cancelled))
        await work.value
        #expect(desktop.shared.isEmpty && model.notices.isEmpty)
    }

    @Test func `where the screen cannot be shared nobody is asked`() async {
        let desktop = Desktop()
        let model = Self.model(desktop)
        model.canShareScreen = false
        await model.shareScreen(desktop.choose) {}
        #expect(model.screen == .none && !desktop.isAsked)
    }
}
