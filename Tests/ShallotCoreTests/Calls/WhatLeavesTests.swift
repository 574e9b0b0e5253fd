import Devnet
import Foundation
import MediaKit
import SessionCalls
import SessionWire
import ShallotCore
import ShallotTestSupport
import Testing

@Suite("What a call sends out", .serialized) struct WhatLeavesTests {
    private static let quiet = CallMedia(
        microphone: .tone(440), camera: .numbered, isCameraOn: true, sound: AudioOutput())

    /// The call messages that wait in somebody's swarm, opened with their keys.
    private func signals(for person: Person, in network: TestNetwork) async throws -> [CallSignal] {
        let words = try await person.messenger.recoveryPhrase()
        let keys = try AccountKeys(seed: RecoveryPhrase.decode(words.joined(separator: " ")))
        var seen: Set<MessageHash> = []
        var signals: [CallSignal] = []
        for message in await network.devnet.messages(of: person.id).flatMap({ $0 })
        where seen.insert(message.hash).inserted {
            guard case .call(let call) = try DirectMessage.decode(message.data, keys: keys).content.kind,
                let signal = try CallSignal(call)
            else { continue }
            signals.append(signal)
        }
        return signals
    }

    private func connected(_ network: TestNetwork, _ mode: CallMode) async throws -> (Person, Person) {
        let (anna, ben) = try await network.friends()
        for person in [anna, ben] { try await person.messenger.setCallMode(mode) }
        try await anna.messenger.calls().place(ben.id, media: Self.quiet)
        try await eventually("it rings") { try await ben.messenger.calls().current?.isRingingHere == true }
        try await ben.messenger.calls().accept(Self.quiet)
        for person in [anna, ben] {
            try await eventually("the connection") { try await person.messenger.calls().current?.phase == .connected }
        }
        return (anna, ben)
    }

    @Test(.timeLimit(.minutes(5))) func `descriptions name nothing of this machine or its programs`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await connected(network, .direct)
        let sent = try await signals(for: ben, in: network) + signals(for: anna, in: network)
        let texts = sent.compactMap { signal -> String? in
            switch signal {
            case .offer(let text), .answer(let text): text
            default: nil
            }
        }
        // The answer goes to the callee's other devices too.
        #expect(texts.count == 3)
        let names = [ProcessInfo.processInfo.hostName, NSUserName(), "gst", "nice", "webrtc", "swift", "linux"]
        for text in texts {
            for name in names where name.count > 2 {
                // The media line of the data channel has to say what it is.
                let rest = text.replacing("webrtc-datachannel", with: "").lowercased()
                #expect(!rest.contains(name.lowercased()), "\(name)")
            }
            #expect(!text.contains("a=candidate") && !text.contains("ssrc-audio-level"))
            #expect(text.contains("cbr=1") && text.contains("o=- ") && text.contains("IN IP4 127.0.0.1"))
        }
        try await anna.messenger.calls().hangUp()
    }

    @Test(.timeLimit(.minutes(5)), .enabled(if: CallRelay.isInstalled, "coturn is not installed"))
    func `relay only: nothing but relayed candidates, without our address, leaves either side`() async throws {
        let relay = try CallRelay()
        let network = try await TestNetwork(
            relay: .init(url: relay.address, username: CallRelay.user, credential: CallRelay.password))
        let (anna, ben) = try await connected(network, .relayOnly)
        for person in [anna, ben] {
            let path = try #require(try await person.messenger.calls().statistics()?.path)
            #expect(path.local == .relay)
            let candidates = try await signals(for: person, in: network).flatMap { signal -> [ICECandidate] in
                if case .candidates(let candidates) = signal { candidates } else { [] }
            }
            #expect(!candidates.isEmpty)
            for candidate in candidates {
                #expect(candidate.kind == .relay)
                #expect(candidate.text.contains("raddr 0.0.0.0 rport 0"))
            }
        }
        try await anna.messenger.calls().hangUp()
    }
}
