import BaseKit
import Foundation
import MediaKit
import SessionCalls
import SessionMedia
import ShallotTestSupport
import Synchronization
import Testing

/// What other programs write, given to a real engine.
@Suite("Descriptions of others", .serialized) struct DescriptionTests {
    /// Chromium's, which is Desktop's.
    private static func desktop() throws -> String { try Recording.chromiumOffer.text() }

    /// Values on the session and on each line, candidates that name hosts, and words that nobody knows.
    private static func twice() throws -> String {
        let values = """
            a=ice-ufrag:sSLQ
            a=ice-pwd:sp8iMzw25R+1jx0WZIL/c5fP
            a=fingerprint:sha-256 59:4E:64:EA:2D:4C:CE:A0:10:0E:E2:DD:D2:A5:D2:8F:8D:98:AC:D7:3E:8F:E3:5F:0C:93:5D:FE:66:C6:49:FE
            a=setup:actpass
            """
        return try desktop().replacingOccurrences(of: "t=0 0", with: "t=0 0\n\(values)\na=unknown")
            .replacingOccurrences(
                of: "a=mid:0", with: "a=mid:0\na=candidate:1 1 udp 1 host.invalid 9 typ host\na=x-unknown:1 2 3")
    }

    private static func withoutCodecs() throws -> String {
        try desktop().replacingOccurrences(of: "VP8/90000", with: "AV2/90000")
            .replacingOccurrences(of: "H264/90000", with: "AV3/90000")
    }

    private static func receiving() throws -> String {
        try desktop().replacingOccurrences(
            of: "a=sendrecv\na=msid:17091971-5015-43b4-a8a7-4c2b42974bca f2af", with: "a=recvonly\na=msid:x f2af")
    }

    private static func offers() throws -> [(name: String, text: String, refused: [Bool])] {
        let second =
            try desktop() + "m=video 9 UDP/TLS/RTP/SAVPF 96\na=mid:3\na=rtpmap:96 VP8/90000\na=setup:actpass\n"
            + "a=ice-ufrag:sSLQ\na=ice-pwd:sp8iMzw25R+1jx0WZIL/c5fP\na=fingerprint:sha-256 59:4E:64:EA:2D:4C:CE:A0:10:0E:E2:DD:D2:A5:D2:8F:8D:98:AC:D7:3E:8F:E3:5F:0C:93:5D:FE:66:C6:49:FE\n"
        return try [
            ("desktop", desktop(), [false, false, false]),
            ("phone", PhoneDescription.text(opus: "minptime=3; useinbandfec=0 ;stereo=1"), [false, true, false]),
            ("twice", twice(), [false, false, false]), ("without codecs", withoutCodecs(), [false, true, false]),
            ("receiving", receiving(), [false, false, false]), ("second picture", second, [false, false, false, true]),
        ]
    }

    @Test(.timeLimit(.minutes(2))) func `every one that is taken gets an answer`() async throws {
        for offer in try Self.offers() {
            let answer = try await Answering().answer(to: PeerDescription(offer.text), offer.name)
            let peer = try PeerDescription(answer)
            #expect(peer.description.media.map(\.isRejected) == offer.refused, "\(offer.name)\n\(answer)")
            let offered = try SessionDescription(offer.text)
            #expect(peer.description.media.map(\.mediaID) == offered.media.map(\.mediaID), "\(offer.name)")
            #expect(peer.description.media.map(\.kind) == offered.media.map(\.kind), "\(offer.name)")
            #expect(!answer.contains("candidate"))
        }
    }

    @Test(.timeLimit(.minutes(1))) func `the first codec that we have is answered with the offer's numbers`()
        async throws
    {
        guard PictureCodec.ours.contains(.h264) else { return }
        let text = try Self.desktop().replacingOccurrences(of: "SAVPF 96 97 102 103", with: "SAVPF 102 103 96 97")
        let answer = try await PeerDescription(Answering().answer(to: PeerDescription(text), "H264 first"))
        let picture = try #require(answer.description.first(.video))
        #expect(picture.payloads.map(\.name) == ["h264", "rtx"])
        #expect(picture.payloads.map(\.number) == [102, 103])
        #expect(picture.payloads[0].parameter("profile-level-id") == "42001f")
        #expect(picture.headerExtensions.map(\.number) == [3])
        #expect(picture.payloads[0].feedback.contains("transport-cc"))
    }

    @Test(.timeLimit(.minutes(1))) func `we offer all that we have, and say what we do`() async throws {
        let offer = try await PeerDescription(Answering().offer())
        let picture = try #require(offer.description.first(.video))
        let expected = PictureCodec.ours.contains(.h264) ? ["vp8", "h264", "rtx", "rtx"] : ["vp8", "rtx"]
        #expect(picture.payloads.map(\.name) == expected)
        let repeated = picture.payloads.compactMap(\.repeatedPayload)
        #expect(Set(repeated) == Set(picture.payloads.filter { $0.name != "rtx" }.map(\.number)))
        #expect(Set(picture.payloads.map(\.number)).count == picture.payloads.count)
        #expect(picture.headerExtensions.map(\.name) == [PeerSession.countingExtension])
        #expect(offer.opus?.feedback == ["transport-cc"])
    }
}

/// One call's engine, and what it says.
private final class Answering: Sendable {
    private let state = Mutex<(text: String?, failure: String?)>((nil, nil))

    func answer(to offer: PeerDescription, _ name: String) async throws -> String {
        try await said(name) { $0.perform(.answer(offer)) }
    }

    func offer() async throws -> String { try await said("our offer") { $0.perform(.offer) } }

    private func said(_ name: String, _ perform: (CallEngine) -> Void) async throws -> String {
        let engine = CallEngine(
            options: PeerOptions(channelID: 548), policy: .all, random: FixedRandom([[1, 2, 3, 4, 5, 6, 7, 8]])
        ) { [weak self] report in self?.take(report) }
        await engine.start()
        perform(engine)
        try await eventually("\(name): a description", within: .seconds(20)) {
            state.withLock { $0.text != nil || $0.failure != nil }
        }
        await engine.stop()
        let found = state.withLock(\.self)
        if let failure = found.failure { throw TestFailure(description: "\(name): \(failure)") }
        return found.text ?? ""
    }

    private func take(_ report: CallEngine.Report) {
        state.withLock { state in
            switch report {
            case .described(let text): state.text = text
            case .failed(let failure): state.failure = "\(failure)"
            default: break
            }
        }
    }
}
