import BaseKit
import Foundation
import Logging
import MediaKit
import SessionCalls
import SessionMedia
import SessionWire

/// Echo's side of calls: it answers after a moment and sends back what it hears and sees, a second later.
/// - Source: calls.md §3, §8
actor EchoCalls {
    typealias Send = @Sendable (MessageContent.Kind, AccountID) async -> Bool

    /// Milliseconds for which signals are kept.
    static let lifetime: UInt64 = 300_000
    /// How long it rings at Echo's.
    private static let ringing = Duration.milliseconds(1_500)
    /// Seconds until the caller meets itself.
    private static let delay = 1.0

    private let relays: [PeerOptions.Relay]
    private let random: any RandomSource
    private var send: Send?
    private let log = Log.logger("echo-calls")
    private var machine = CallMachine()
    private var engine: CallEngine?
    private var alarm: Task<Void, Never>?

    init(relays: [DevnetOptions.CallRelay], random: any RandomSource) {
        self.relays = relays.map {
            PeerOptions.Relay(url: $0.url, username: $0.username, credential: $0.credential)
        }
        self.random = random
    }

    func begin(_ send: @escaping Send) { self.send = send }

    func receive(_ message: CallMessage, from peer: AccountID, sentAt: UInt64) {
        guard let id = CallID(message.uuid), let signal = try? CallSignal(message) else {
            return log.debug("A call message was not readable")
        }
        let gate = CallGate(isBlocked: false, isApproved: true, didApproveUs: true, areCallsOn: true)
        handle(
            .received(
                signal, id, from: peer, sent: Date(timeIntervalSince1970: Double(sentAt) / 1_000), gate: gate))
    }

    func stop() async {
        handle(.hangUp)
        alarm?.cancel()
        await engine?.stop()
        engine = nil
    }

    private func handle(_ event: CallEvent) {
        for action in machine.handle(event, at: Date()) { perform(action) }
        alarm?.cancel()
        guard let deadline = machine.nextDeadline else { return alarm = nil }
        alarm = after(.seconds(max(0.01, deadline.timeIntervalSinceNow)), .tick)
    }

    private func after(_ pause: Duration, _ event: CallEvent) -> Task<Void, Never> {
        Task { [weak self] in
            do { try await Task.sleep(for: pause) } catch { return }
            await self?.handle(event)
        }
    }

    private func perform(_ action: CallAction) {
        switch action {
        case .send(let signal, let id, let peer, _):
            guard let send else { return }
            Task { [weak self] in
                let isStored = await send(.call(signal.message(for: id)), peer)
                await self?.handle(isStored ? .stored(signal.kind, id) : .notStored(signal.kind, id))
            }
        case .ring: _ = after(Self.ringing, .accept)
        case .startAnswering(let offer): open().perform(.answer(offer))
        case .applyOffer(let offer): engine?.perform(.applyOffer(offer))
        case .addCandidates(let candidates): engine?.perform(.add(candidates))
        case .hangUpOverChannel: engine?.perform(.tell(.hangUp))
        case .stopMedia:
            let ending = engine
            engine = nil
            Task { await ending?.stop() }
        // Echo never calls, and keeps no rows.
        case .silence, .ringBack, .startOffering, .applyAnswer, .restartICE, .record, .continueRecord, .remember,
            .tellCallsAreOff:
            break
        }
    }

    private func open() -> CallEngine {
        let id = machine.call?.id
        let options = PeerOptions(
            relays: relays, channelID: ControlMessage.streamID, microphone: .returned(after: Self.delay),
            camera: .returned(after: Self.delay))
        let made = CallEngine(options: options, policy: .all, random: random) { [weak self] in
            await self?.take($0, of: id)
        }
        engine = made
        Task { await made.start() }
        return made
    }

    private func take(_ report: CallEngine.Report, of call: CallID?) {
        guard let current = machine.call, current.id == call, !current.hasEnded else { return }
        switch report {
        case .described(let text): handle(.described(text))
        case .gathered(let candidates): handle(.gathered(candidates))
        case .up: handle(.linkUp)
        case .down: handle(.linkDown)
        case .channelOpen: break
        // Whoever shows a picture sees one.
        case .control(.video(let isOn)): engine?.perform(.tell(.video(isOn: isOn)))
        case .control(let message): handle(.control(message))
        case .failed(let reason): handle(.mediaFailed(reason))
        case .trouble: break
        }
    }
}
