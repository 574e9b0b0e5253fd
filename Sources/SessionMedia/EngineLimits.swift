import MediaKit
import SessionCalls
import Synchronization

/// How long a call waits for relays and for the handshake before it says what is wrong.
final class EngineLimits: Sendable {
    /// A relay that has not let us through by then will not.
    private static let relayPatience = Duration.seconds(10)
    /// From the first way to the other side on. Lost packets of a handshake are repeated after one, two, four seconds.
    private static let handshakePatience = Duration.seconds(20)

    private struct State {
        var relays: Task<Void, Never>?
        /// Ends the wait for relays.
        var spoken: Task<Void, Never>?
        var handshake: Task<Void, Never>?
        /// The handshake may be over before it is known that it began.
        var isSecured = false
        var hasEnded = false
    }

    private let state = Mutex(State())

    /// Without a relay the other side would ring and nobody could ever connect: the person should know why.
    func relays(of relays: [PeerOptions.Relay], missed: @escaping @Sendable (MediaFailure) async -> Void) {
        let pause = Task<Void, Never> {
            try? await Task.sleep(for: Self.relayPatience)  // cancelled: they have said all that they will say
        }
        let work = Task {
            await pause.value
            guard !Task.isCancelled else { return }
            let isAnyThere = await RelayProbe.anyAnswers(relays)
            guard !Task.isCancelled else { return }
            await missed(isAnyThere ? .relaysRefuse : .relaysSilent)
        }
        keep {
            $0.relays = work
            $0.spoken = pause
        }
    }

    /// Looking for ways has ended without one.
    func relaysHaveSpoken() { state.withLock { $0.spoken }?.cancel() }

    /// - Parameters:
    ///   - hasWay: whether packets reach the other side.
    ///   - missed: called once when they did for too long without sound and picture.
    func handshake(
        hasWay: @escaping @Sendable () async -> Bool, missed: @escaping @Sendable () async -> Void
    ) {
        let work = Task {
            var began: ContinuousClock.Instant?
            while !Task.isCancelled {
                do { try await Task.sleep(for: .seconds(1)) } catch { return }
                guard await hasWay() else { continue }
                let start = began ?? .now
                began = start
                if .now - start > Self.handshakePatience { break }
            }
            if !Task.isCancelled { await missed() }
        }
        keep { $0.handshake = work }
    }

    func isSecured() { keep { $0.isSecured = true } }

    /// Whether the call still waits for its handshake. For tests.
    var watchesHandshake: Bool { state.withLock { $0.handshake?.isCancelled == false } }

    func end() {
        keep { $0.hasEnded = true }
    }

    private func keep(_ change: (inout State) -> Void) {
        let over: [Task<Void, Never>] = state.withLock { state in
            change(&state)
            let watching = [state.relays, state.spoken].compactMap { state.hasEnded ? $0 : nil }
            return watching + [state.handshake].compactMap { state.hasEnded || state.isSecured ? $0 : nil }
        }
        over.forEach { $0.cancel() }
    }
}
