import Foundation
import SessionCalls

@testable import MediaKit

/// Two peers in this process that exchange their descriptions and candidates directly.
final class Pair: Sendable {
    let caller: PeerSession
    let callee: PeerSession
    let callerEvents: EventLog
    let calleeEvents: EventLog

    init(_ callerOptions: PeerOptions, _ calleeOptions: PeerOptions) throws {
        caller = try PeerSession(callerOptions)
        callee = try PeerSession(calleeOptions)
        (callerEvents, calleeEvents) = (EventLog(caller.events), EventLog(callee.events))
    }

    /// Offers, answers, and passes candidates on.
    /// - Parameter forging: the callee is told another certificate than the caller has.
    /// - Parameter ringing: how long the other side lets it ring.
    func connect(forging: Bool = false, ringing: Duration = .zero) async throws {
        callerEvents.forward(to: callee)
        let offer = try await caller.offer()
        try await Task.sleep(for: ringing)
        let offered = try PeerDescription(offer)
        let answer = try await callee.answer(
            offer, expecting: forging ? CertificateHash(.sha256, Array(repeating: 7, count: 32)) : offered.hash,
            sound: offered.sound, picture: offered.picture)
        calleeEvents.forward(to: caller)
        let answered = try PeerDescription(answer)
        try await caller.apply(
            answer: answer, expecting: answered.hash, sound: answered.sound, picture: answered.picture)
    }

    func stop() async {
        await caller.stop()
        await callee.stop()
    }
}

extension PeerDescription {
    var hash: CertificateHash { CertificateHash(.sha256, fingerprint.digest) }
    var sound: PeerSession.AnsweredLine? { opus.map { .init(mediaIndex: 0, payload: $0.number, counter: 3) } }
    var picture: PeerSession.AnsweredLine? {
        video(["vp8", "h264"]).map {
            .init(mediaIndex: 1, payload: $0.number, codec: PictureCodec(rawValue: $0.name.uppercased()), counter: 3)
        }
    }
}

/// What one peer has reported so far.
actor EventLog {
    private(set) var events: [PeerEvent] = []
    /// The peer was stopped: nothing more comes.
    private(set) var hasEnded = false
    private var target: PeerSession?
    private var reader: Task<Void, Never>?

    init(_ stream: AsyncStream<PeerEvent>) {
        Task { await self.read(stream) }
    }

    private func read(_ stream: AsyncStream<PeerEvent>) {
        reader = Task {
            for await event in stream { await self.take(event) }
            hasEnded = true
        }
    }

    private func take(_ event: PeerEvent) async {
        events.append(event)
        if case .candidate(let text, let index) = event, let target {
            await target.add(candidate: text, mediaIndex: index)
        }
    }

    nonisolated func forward(to peer: PeerSession) { Task { await self.begin(peer) } }

    private func begin(_ peer: PeerSession) async {
        target = peer
        for case .candidate(let text, let index) in events { await peer.add(candidate: text, mediaIndex: index) }
    }

    func has(_ event: PeerEvent) -> Bool { events.contains(event) }
    var candidates: [String] { events.compactMap { if case .candidate(let text, _) = $0 { text } else { nil } } }
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String
}

/// Looks again and again until `condition` holds; the limit names what never came.
func eventually(
    _ what: String, within limit: Duration = .seconds(60), _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < end else { throw TestFailure(description: "not within \(limit): \(what)") }
        try await Task.sleep(for: .milliseconds(50))
    }
}
