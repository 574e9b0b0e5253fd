import BaseKit
import Foundation
import MediaKit
import SessionCalls
import SessionNetwork
import SessionWire
import ShallotStore
import SodiumKit
import Synchronization

@testable import ShallotCore

/// The calls of one account alone: a real store, one friend, and swarms that do what a test says.
final class CallDesk: Sendable {
    /// Without devices: nobody who tests hears or sees anything.
    static let quiet = CallMedia(microphone: .tone(440), camera: .none, sound: AudioOutput())

    let own = AccountKeys.generate()
    let friend = AccountKeys.generate()
    let store: Store
    private let state = Mutex(State())

    private struct State {
        var tried: [SignalKind] = []
        var stored: [SignalKind] = []
        var held: Set<SignalKind> = []
        var refused: Set<SignalKind> = []
        var times = 0
        var timesMissing = 0
        var events: [MessengerEvent] = []
    }

    init() async throws {
        store = try Store.inMemory()
        for id in [friend.accountID] {
            try await store.upsertContact(id) { ($0.isApproved, $0.approvedMe) = (true, true) }
        }
        try await store.setPreference(.callMode, to: .direct)
    }

    /// What is done with calls; each one has to read what the ones before remembered.
    func calls() -> CallService {
        CallService(
            store: store, keys: own,
            dependencies: CallDependencies(
                deliver: { [self] request throws(NetworkError) in try await deliver(request) },
                networkNow: { UInt64(Date().timeIntervalSince1970 * 1_000) }, now: { Date() },
                sentTime: { [self] in try time() }, setUrgent: { _ in }, addresses: { ["192.0.2.7"] }, relays: [],
                random: SystemRandom(), retryScale: 0,
                report: { [self] event in state.withLock { $0.events.append(event) } }))
    }

    // MARK: The friend's swarm

    /// Signals in the order in which the swarm was asked to keep them.
    var tried: [SignalKind] { state.withLock { $0.tried } }
    /// Signals in the order in which they can be read.
    var stored: [SignalKind] { state.withLock { $0.stored } }
    /// How many signals have got their time.
    var times: Int { state.withLock { $0.times } }
    var events: [MessengerEvent] { state.withLock { $0.events } }

    func hold(_ kind: SignalKind) { _ = state.withLock { $0.held.insert(kind) } }
    func letGo() { state.withLock { $0.held = [] } }
    func refuse(_ kind: SignalKind) { _ = state.withLock { $0.refused.insert(kind) } }
    /// The next so many times cannot be had.
    func loseTimes(_ count: Int) { state.withLock { $0.timesMissing = count } }

    private func deliver(_ request: StoreRequest) async throws(NetworkError) -> StoreReceipt {
        let receipt = StoreReceipt(hash: request.expectedHash, confirmed: 6, members: 6)
        // Copies for one's own devices are not looked at.
        guard let decoded = try? DirectMessage.decode(request.data, keys: friend),
            case .call(let message) = decoded.content.kind, let kind = (try? CallSignal(message))?.kind
        else { return receipt }
        state.withLock { $0.tried.append(kind) }
        while state.withLock({ $0.held.contains(kind) }) {
            do { try await Task.sleep(for: .milliseconds(10)) } catch { throw .cancelled }
        }
        if state.withLock({ $0.refused.contains(kind) }) { throw .timedOut }
        state.withLock { $0.stored.append(kind) }
        return receipt
    }

    private func time() throws -> UInt64 {
        let number = try state.withLock { state in
            guard state.timesMissing == 0 else {
                state.timesMissing -= 1
                throw NetworkError.timedOut
            }
            state.times += 1
            return state.times
        }
        return UInt64(Date().timeIntervalSince1970 * 1_000) + UInt64(number)
    }
}

extension CallService {
    /// The friend says something about a call.
    func hear(_ signal: CallSignal, _ id: CallID, at desk: CallDesk) async {
        await receive(
            IncomingCallMessage(
                sender: desk.friend.accountID, sentAt: Date(), message: signal.message(for: id)))
    }
}
