import MediaKit
import Testing

@testable import ShallotModels

@MainActor @Suite(.timeLimit(.minutes(2))) struct CallDevicesModelTests {
    /// Microphones that a test speaks into.
    @MainActor private final class Ears {
        struct Opened {
            let id: String?
            let speak: AsyncStream<Double>.Continuation
        }
        var opened: [Opened] = []
        var closed = 0
        var isBroken = false
        /// The next one to be opened waits for this.
        var gate: AsyncStream<Void>?

        func open(_ id: String?) async throws -> MicrophoneEar {
            if isBroken { throw MediaError.cannotStart("broken") }
            let gate = gate
            self.gate = nil
            // The wait itself must not end with the task: opening a device does not either.
            await Task { for await _ in gate ?? .finished { break } }.value
            let (levels, speak) = AsyncStream.makeStream(of: Double.self)
            opened.append(Opened(id: id, speak: speak))
            return MicrophoneEar(levels: levels) { self.closed += 1 }
        }
    }

    private static func model(_ ears: Ears) -> CallDevicesModel {
        CallDevicesModel(save: { _ in }, use: { _, _ in }, openMicrophone: ears.open)
    }

    @Test func `a tried microphone shows how loud it is until its button goes up`() async {
        let ears = Ears()
        let model = Self.model(ears)
        model.setTrying(true)
        await until { ears.opened.count == 1 }
        ears.opened[0].speak.yield(0.5)
        await until { model.level == 0.5 }
        model.setTrying(false)
        #expect(!model.isTrying && model.level == nil)
        await until { ears.closed == 1 }
    }

    @Test func `a trial that was given up does not switch off the next one`() async {
        let ears = Ears()
        let model = Self.model(ears)
        let (gate, opens) = AsyncStream.makeStream(of: Void.self)
        ears.gate = gate
        model.setTrying(true)
        await until { ears.gate == nil }
        model.setTrying(false)
        model.setTrying(true)
        await until { ears.opened.count == 1 }
        ears.opened[0].speak.yield(0.25)
        await until { model.level == 0.25 }
        opens.yield()
        await until { ears.closed == 1 }
        #expect(model.isTrying && model.level == 0.25)
        ears.opened[0].speak.yield(0.75)
        await until { model.level == 0.75 }
    }

    @Test func `a microphone that is chosen while one is tried is tried in its place`() async {
        let ears = Ears()
        let model = Self.model(ears)
        model.setTrying(true)
        await until { ears.opened.count == 1 }
        await model.choose("other", for: .microphone)
        await until { ears.opened.count == 2 && ears.closed == 1 }
        #expect(ears.opened.map(\.id) == [nil, "other"] && model.isTrying)
    }

    @Test func `a microphone that cannot be opened or breaks off lets the button go up`() async {
        let ears = Ears()
        let model = Self.model(ears)
        model.setTrying(true)
        await until { ears.opened.count == 1 }
        ears.opened[0].speak.finish()
        await until { !model.isTrying }
        #expect(model.notice == nil)
        ears.isBroken = true
        model.setTrying(true)
        await until { !model.isTrying }
        #expect(model.notice?.text == "No microphone can be opened." && model.level == nil)
    }
}

extension AsyncStream {
    fileprivate static var finished: AsyncStream { AsyncStream { $0.finish() } }
}
