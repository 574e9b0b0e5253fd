import CMediaKit
import Synchronization

/// Whether sound and picture can flow, from what the engine, the certificate and the packets say.
final class LinkWatch: Sendable {
    /// The other side is taken for gone after so many microseconds without a packet.
    static let patience = 5_000_000

    private struct State {
        var isConnected = false
        var isVerified = false
        /// Other ways than webrtcbin's own count.
        var hasMoved = false
        var isUp = false
        /// Said again after a restart, even if nothing was interrupted.
        var saysUpAgain = false
        /// Runs when it is up for the first time.
        var open: (@Sendable () -> Void)?
    }

    private let report: AsyncStream<PeerEvent>.Continuation
    private let gate: Gate
    private let state = Mutex(State())

    init(report: AsyncStream<PeerEvent>.Continuation, gate: Gate) { (self.report, self.gate) = (report, gate) }

    func changed(_ isConnected: Bool) { update { if !$0.hasMoved { $0.isConnected = isConnected } } }

    func wayChanged(_ leads: Bool) { update { $0.isConnected = leads } }

    /// From now on ``wayChanged(_:)`` says whether there is a connection.
    func moved() { update { ($0.hasMoved, $0.isConnected) = (true, false) } }

    func certificateSeen(isRight: Bool) {
        gate.set(isRight ? .open : .shut)
        guard isRight else { return _ = report.yield(.failed(.wrongCertificate)) }
        update { $0.isVerified = true }
    }

    func restarted() { state.withLock { $0.saysUpAgain = true } }

    /// Runs `open` as soon as sound and picture can flow.
    func whenUp(_ open: @escaping @Sendable () -> Void) {
        let isUp = state.withLock { state in
            if !state.isUp { state.open = open }
            return state.isUp
        }
        if isUp { open() }
    }

    /// Looks at the packets; called every second.
    func look(now: Int) {
        let last = gate.traffic.last_received
        let isSilent = last == 0 || now - last > Self.patience
        let event: PeerEvent? = state.withLock { state in
            if state.isUp, isSilent {
                state.isUp = false
                return .down
            }
            let isFresh = !isSilent && now - last < 1_500_000
            guard state.isVerified, isFresh, state.isUp ? state.saysUpAgain : state.isConnected else { return nil }
            (state.isUp, state.saysUpAgain) = (true, false)
            return .up
        }
        if let event { report.yield(event) }
    }

    private func update(_ change: (inout State) -> Void) {
        let (isUp, open): (Bool, (@Sendable () -> Void)?) = state.withLock { state in
            change(&state)
            guard state.isConnected, state.isVerified, !state.isUp else { return (false, nil) }
            state.isUp = true
            defer { state.open = nil }
            return (true, state.open)
        }
        open?()
        if isUp { report.yield(.up) }
    }
}
