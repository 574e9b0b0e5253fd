package import BaseKit
import Foundation
import Logging
package import MediaKit
package import SessionCalls

/// Joins one call to its media: rewrites what webrtcbin says into what may leave this machine, and reads what the other
/// side says. Commands are carried out one after another; nothing is opened before the first.
/// - Source: calls.md §6.3, §7
package actor CallEngine {
    package enum Command: Sendable {
        case offer
        case answer(PeerDescription)
        case applyAnswer(PeerDescription)
        case applyOffer(PeerDescription)
        case restart
        case add([ICECandidate])
        case tell(ControlMessage)
        case mute(Bool)
        case microphone(AudioInput)
        case camera(VideoInput)
        case speaker(AudioOutput.Device)
    }

    package enum Report: Sendable {
        case described(String)
        case gathered([ICECandidate])
        case up
        case down
        case channelOpen
        case control(ControlMessage)
        case failed(MediaFailure)
        /// One of our devices or sources is gone or cannot be had; the call goes on.
        case trouble(MediaDevice.Kind, String)
    }

    private let options: PeerOptions
    private let policy: CandidatePolicy
    private let report: @Sendable (Report) async -> Void
    private let marks: OutgoingDescription.Marks
    private let log = Log.logger("call-media")
    private let commands: AsyncStream<Command>
    private let giveCommand: AsyncStream<Command>.Continuation
    private var worker: Task<Void, Never>?
    private var listener: Task<Void, Never>?
    private var session: PeerSession?
    private var hasStopped = false
    private var version = 0
    private var hasToldWays = false
    private let limits = EngineLimits()
    /// What the engine calls its media lines, and what the other side calls them.
    private var engineNames: [String] = []
    private var sentNames: [String] = []
    private var setup = MediaLine.Setup.active
    private var waiting: [(text: String, index: UInt32)] = []

    package init(
        options: PeerOptions, policy: CandidatePolicy, random: any RandomSource,
        report: @escaping @Sendable (Report) async -> Void
    ) {
        (self.options, self.policy, self.report) = (options, policy, report)
        let number = random.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        marks = OutgoingDescription.Marks(sessionID: number, canonicalName: random.bytes(8).hex)
        (commands, giveCommand) = AsyncStream.makeStream()
    }

    package nonisolated func perform(_ command: Command) { giveCommand.yield(command) }

    package func start() {
        guard worker == nil, !hasStopped else { return }
        worker = Task { [commands, weak self] in
            for await command in commands { await self?.carryOut(command) }
        }
    }

    /// Ends everything and gives devices back.
    package func stop() async {
        hasStopped = true
        giveCommand.finish()
        worker?.cancel()
        limits.end()
        await session?.stop()
        listener?.cancel()
        session = nil
    }

    package func statistics() async -> PeerStatistics? { await session?.statistics() }

    private func carryOut(_ command: Command) async {
        guard !hasStopped else { return }
        do {
            switch command {
            case .offer: try await offer()
            case .answer(let offer): try await answer(offer)
            case .applyAnswer(let answer): try await apply(answer)
            case .applyOffer(let offer): try await answerAgain(offer)
            case .restart: try await restart()
            case .add(let candidates):
                for candidate in candidates {
                    await session?.add(candidate: candidate.text, mediaIndex: candidate.mediaIndex)
                }
            case .tell(let message): await session?.send(message.text)
            case .mute(let isMuted): await session?.setMuted(isMuted)
            case .microphone(let input): try await session?.setMicrophone(input)
            case .camera(let input): try await session?.setCamera(input)
            case .speaker(let device): try await session?.setSpeaker(device)
            }
        } catch {
            guard !hasStopped else { return }
            log.notice("A step of the call failed: \(error)")
            let reason = (error as? MediaError)?.reason ?? "\(error)"
            switch command {
            case .microphone: await report(.trouble(.microphone, reason))
            case .camera: await report(.trouble(.camera, reason))
            case .speaker: await report(.trouble(.speaker, reason))
            default: await report(.failed(.engine("\(error)")))
            }
        }
    }

    // MARK: Descriptions

    private func open() throws(MediaError) -> PeerSession {
        let session = try PeerSession(options)
        self.session = session
        listener = Task { [weak self, events = session.events] in
            for await event in events { await self?.take(event) }
        }
        return session
    }

    private func offer() async throws {
        let session = try open()
        try await describe(try await session.offer(), answering: nil)
    }

    private func answer(_ offer: PeerDescription) async throws {
        guard let hash = offer.hash else { throw MediaError.wrongCertificate }
        let session = try open()
        // What the lines are called in here is our own affair.
        let text = engineText(of: offer, as: .offer, names: offer.description.media.indices.map(String.init))
        let made = try await session.answer(
            text, expecting: hash, sound: sound(of: offer), picture: picture(of: offer, as: .offer))
        try await describe(made, answering: offer.description)
        waitForHandshake()
    }

    private func apply(_ answer: PeerDescription) async throws {
        guard let session, let hash = answer.hash else { throw MediaError.wrongCertificate }
        let isFirst = version == 1
        // The peer opens DTLS unless it says otherwise; within the call that stays.
        if isFirst {
            setup = answer.description.media.first { !$0.isRejected }?.setup == .passive ? .active : .passive
        }
        let text = engineText(of: answer, as: .answer, names: engineNames)
        guard isFirst else { return try await session.apply(answer: text) }
        try await session.apply(
            answer: text, expecting: hash, sound: sound(of: answer), picture: picture(of: answer, as: .answer))
        waitForHandshake()
    }

    private func answerAgain(_ offer: PeerDescription) async throws {
        guard let session else { return }
        let text = engineText(of: offer, as: .offer, names: engineNames)
        let made = try await session.answerAgain(text, setup: setup.rawValue)
        try await describe(made, answering: offer.description)
    }

    private func restart() async throws {
        guard let session else { return }
        try await describe(try await session.restart(), answering: nil)
    }

    private func engineText(of peer: PeerDescription, as role: PeerDescription.Role, names: [String]) -> String {
        peer.engineText(names: names, as: role, pictures: codecs.map(\.name))
    }

    private var codecs: [PictureCodec] { options.pictureCodecs ?? PictureCodec.ours }

    private func sound(of peer: PeerDescription) -> PeerSession.AnsweredLine? {
        peer.opus.flatMap { peer.line(.audio, $0, codec: nil) }
    }

    private func picture(of peer: PeerDescription, as role: PeerDescription.Role) -> PeerSession.AnsweredLine? {
        guard let payload = peer.picture(codecs.map(\.name), as: role),
            let codec = codecs.first(where: { $0.name == payload.name })
        else { return nil }
        return peer.line(.video, payload, codec: codec)
    }

    /// Writes the text that is sent, from the one that the engine made.
    private func describe(_ text: String, answering offer: SessionDescription?) async throws {
        let made = try SessionDescription(text)
        version += 1
        engineNames = made.media.enumerated().map { $1.mediaID ?? String($0) }
        let outgoing =
            if let offer {
                try OutgoingDescription.answer(from: made, to: offer, setup: setup, marks: marks, version: version)
            } else {
                try OutgoingDescription.offer(from: made, marks: marks, version: version)
            }
        sentNames = outgoing.mediaIDs
        await report(.described(outgoing.text))
        if options.isRelayOnly, version == 1 {
            limits.relays(of: options.relays) { [weak self] in await self?.relaysAreLate($0) }
        }
        let early = waiting
        waiting = []
        await tell(early)
    }

    // MARK: Limits

    private func relaysAreLate(_ failure: MediaFailure) async {
        guard !hasStopped, !hasToldWays else { return }
        await report(.failed(failure))
    }

    /// Both descriptions are known: from here on it is between the two sides.
    private func waitForHandshake() {
        guard version == 1 else { return }
        limits.handshake { [weak self] in
            await self?.session?.statistics().path != nil
        } missed: { [weak self] in
            guard let self, await !hasStopped else { return }
            await report(.failed(.notSecured))
        }
    }

    // MARK: Events

    private func take(_ event: PeerEvent) async {
        guard !hasStopped else { return }
        switch event {
        case .candidate(let text, let index):
            if sentNames.isEmpty { waiting.append((text, index)) } else { await tell([(text, index)]) }
        case .gathered: if !hasToldWays { limits.relaysHaveSpoken() }
        case .up:
            limits.isSecured()
            await report(.up)
        case .down: await report(.down)
        case .channelOpen: await report(.channelOpen)
        case .text(let text): if let message = ControlMessage(text) { await report(.control(message)) }
        case .sourceFailed(let kind, let reason): await report(.trouble(kind, reason))
        case .failed(let error): await report(.failed(.engine(error.description)))
        }
    }

    /// What may leave this machine, in the words that the other side knows.
    private func tell(_ found: [(text: String, index: UInt32)]) async {
        let candidates = found.compactMap { text, index -> ICECandidate? in
            guard index < UInt32(sentNames.count),
                let candidate = ICECandidate(text, mediaID: sentNames[Int(index)], mediaIndex: index),
                policy.allows(candidate)
            else { return nil }
            return candidate.sent(as: sentNames[Int(index)], at: index)
        }
        guard !candidates.isEmpty else { return }
        hasToldWays = true
        await report(.gathered(candidates))
    }
}

extension PeerDescription {
    fileprivate var hash: CertificateHash? {
        CertificateHash.Algorithm(rawValue: fingerprint.algorithm).map { CertificateHash($0, fingerprint.digest) }
    }

    fileprivate func line(
        _ kind: MediaLine.Kind, _ payload: PayloadFormat, codec: PictureCodec?
    ) -> PeerSession.AnsweredLine? {
        guard let index = description.media.firstIndex(where: { $0.kind == kind && !$0.isRejected }) else { return nil }
        let counter = description.media[index].headerExtensions.first { $0.name == PeerSession.countingExtension }
        return PeerSession.AnsweredLine(
            mediaIndex: index, payload: payload.number, codec: codec, counter: counter?.number)
    }
}

extension PictureCodec {
    /// As descriptions are read.
    fileprivate var name: String { rawValue.lowercased() }
}
