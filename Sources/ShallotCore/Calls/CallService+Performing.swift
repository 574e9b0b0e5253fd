import BaseKit
import Foundation
import Logging
import MediaKit
import SessionCalls
import SessionMedia
import SessionWire
import ShallotStore

/// What the machine wants done.
extension CallService {
    func perform(_ action: CallAction) {
        switch action {
        case .send(let signal, let id, let peer, let copied): send(signal, id, to: peer, copied: copied)
        case .ring, .ringBack, .silence: break  // whoever shows the call rings, by its phase
        case .startOffering: open().perform(.offer)
        case .startAnswering(let offer): open().perform(.answer(offer))
        case .applyAnswer(let answer): engine?.perform(.applyAnswer(answer))
        case .applyOffer(let offer): engine?.perform(.applyOffer(offer))
        case .restartICE: engine?.perform(.restart)
        case .addCandidates(let candidates): engine?.perform(.add(candidates))
        case .hangUpOverChannel: engine?.perform(.tell(.hangUp))
        case .stopMedia: close()
        case .record(let record): write(record)
        case .continueRecord(let id, let other):
            write { try await $0.continueCallRow(of: id.text, as: other.text, now: $1) }
        case .remember(let id, let verdict, let until):
            descriptionsUnderway[id] = nil
            let record = FinishedCallRecord(call: id.text, verdict: verdict.rawValue, until: until)
            write { try await $0.rememberCall(record, now: $1) }
        case .tellCallsAreOff(let peer):
            let told = Dictionary(uniqueKeysWithValues: machine.callsOffTold.map { ($0.key.description, $0.value) })
            write { store, _ in try await store.setPreference(.callsOffTold, to: told) }
            dependencies.report(.calledWhileOff(peer))
        }
    }

    // MARK: Media

    private func open() -> CallEngine {
        let devices = beginDevices()
        let options = PeerOptions(
            relays: Array(dependencies.relays.shuffled().prefix(Self.relaysPerCall)), isRelayOnly: isRelayOnly,
            channelID: ControlMessage.streamID, microphone: devices.microphone, camera: devices.camera,
            sound: AudioOutput(device: devices.speaker, recording: media.sound.recording), picture: media.picture,
            ownPicture: media.ownPicture)
        guard let call = machine.call?.id else { preconditionFailure("media without a call") }
        let made = CallEngine(
            options: options, policy: isRelayOnly ? .relayOnly : .all, random: dependencies.random
        ) { [weak self] in await self?.take($0, of: call) }
        engine = made
        addresses = dependencies.addresses()
        // Until then the camera may be in use by the call before.
        Task { [lastClosing] in
            await lastClosing?.value
            await made.start()
        }
        if isMuted { made.perform(.mute(true)) }
        return made
    }

    /// - Source: calls.md §6.1
    private static let relaysPerCall = 2

    private func close() {
        guard let ending = engine else { return }
        engine = nil
        endDevices()
        let earlier = lastClosing
        lastClosing = Task {
            await earlier?.value
            // What was just said over the channel is still to leave.
            try? await Task.sleep(for: .milliseconds(150))  // cancelled: then at once
            await ending.stop()
        }
    }

    private func take(_ report: CallEngine.Report, of call: CallID) {
        guard machine.call?.id == call, isActive else { return }
        switch report {
        case .described(let text): handle(.described(text))
        case .gathered(let candidates): handle(.gathered(candidates))
        case .up: handle(.linkUp)
        case .down: handle(.linkDown)
        case .channelOpen: engine?.perform(.tell(.video(isOn: showsPicture)))
        case .control(.video(let isOn)):
            hasPicture = isOn
            publish()
        case .control(let message): handle(.control(message))
        case .failed(let reason): handle(.mediaFailed(reason))
        case .trouble(let kind, let reason): deviceFailed(kind, reason)
        }
    }

    // MARK: Rows

    private func write(_ record: CallRecord) {
        let call = machine.call
        let reason: EndReason? = if call?.id == record.id, case .ended(let reason) = call?.phase { reason } else { nil }
        let row = CallRow(
            call: record.id.text, conversation: .account(record.peer),
            author: record.outcome == .outgoing ? keys.accountID : record.peer, sentAt: record.time,
            kind: .init(record, endedBy: reason),
            seconds: record.duration.map { Int($0.rounded()) }, isRead: record.isRead)
        write { try await $0.recordCall(row, now: $1) }
        if !record.isRead { dependencies.report(.callMissed(record.peer)) }
    }

    private func write(_ body: @escaping @Sendable (Store, Date) async throws -> Void) {
        let earlier = lastWriting
        lastWriting = Task { [store, dependencies, log] in
            await earlier?.value
            do { try await body(store, dependencies.now()) } catch {
                log.error("A call could not be written down: \(error)")
            }
        }
    }
}
