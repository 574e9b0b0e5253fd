import Foundation
import SessionCalls
import ShallotTestSupport
import Testing

@Suite struct EngineTextTests {
    /// Values on the session alone, and on both; lines without names; candidates that name hosts.
    static let careless = PeerDescriptionTests.phone
        .replacingOccurrences(
            of: "a=mid:audio\n", with: "a=mid:audio\n\(values)a=candidate:1 1 udp 1 host.local 9 typ host\n"
        )
        .replacingOccurrences(of: "t=0 0\n", with: "t=0 0\na=candidate:1 1 udp 1 host.local 9 typ host\na=x-y:z\n")

    private static let values = """
        a=ice-ufrag:abcd
        a=ice-pwd:0123456789abcdefghijklmn
        a=fingerprint:SHA-256 \(Array(repeating: "0A", count: 32).joined(separator: ":"))

        """

    private func engineText(_ text: String, as role: PeerDescription.Role = .offer) throws -> SessionDescription {
        let peer = try PeerDescription(text)
        let names = peer.description.media.indices.map { "line\($0)" }
        return try SessionDescription(peer.engineText(names: names, as: role, pictures: ["vp8"]))
    }

    @Test(arguments: Recording.allCases.map { try? $0.text() } + [PeerDescriptionTests.phone, careless])
    func `every line has every value, and nothing else has any`(text: String?) throws {
        let engine = try engineText(#require(text))
        for line in engine.media {
            for name in ["mid", "ice-ufrag", "ice-pwd", "fingerprint", "setup"] {
                #expect(line.section.attributes(name).count == 1, "\(name)")
            }
        }
        for name in ["ice-ufrag", "ice-pwd", "fingerprint", "candidate", "x-y"] {
            #expect(engine.session.attributes(name).isEmpty)
        }
        #expect(engine.media.allSatisfy { $0.section.attributes("candidate").isEmpty })
    }

    @Test func `other names for the media lines reach the group too`() throws {
        let text = try Recording.chromiumOffer.text()
        let engine = try engineText(text)
        #expect(engine.media.map(\.mediaID) == ["line0", "line1", "line2"])
        #expect(engine.session.attribute("group") == "BUNDLE line0 line1 line2")
        #expect(engine.media.map(\.formats) == [["111"], ["96", "97"], ["webrtc-datachannel"]])
        #expect(try engineText(PeerDescriptionTests.phone).session.attribute("group") == "BUNDLE line0 line2")
    }

    @Test func `what a peer wishes of its sound is no condition`() throws {
        let text = try Recording.chromiumOffer.text()
            .replacingOccurrences(of: "minptime=10;cbr=1", with: "minptime=3;useinbandfec=0;cbr=0;stereo=1")
        #expect(try engineText(text).media[0].payloads[0].parameters == "minptime=10;useinbandfec=1;cbr=1")
    }

    @Test func `a line without a format of ours, and a second one of a kind, are refused`() throws {
        let text = try Recording.chromiumOffer.text()
        #expect(try engineText(text.replacingOccurrences(of: "VP8/90000", with: "VP9/90000")).media[1].isRejected)
        let second =
            text
            + text.split(separator: "m=").dropFirst(2).prefix(1).map { "m=\($0)" }.joined()
            .replacingOccurrences(of: "a=mid:1", with: "a=mid:3")
        #expect(try engineText(second).media.map(\.isRejected) == [false, false, false, true])
        // In an answer the line keeps its kind, as the engine knows it.
        #expect(try engineText(second, as: .answer).media.map(\.kind) == [.audio, .video, .application, .video])
        #expect(try engineText(second).media[3].kind == .other)
    }

    @Test func `H264 is taken in the one form that we make`() throws {
        let text = try Recording.chromiumOffer.text()
        func number(_ text: String) throws -> UInt8? { try PeerDescription(text).video(["h264"])?.number }
        #expect(try number(text) == 102)
        let only = text.replacingOccurrences(of: "packetization-mode=1", with: "packetization-mode=0")
        #expect(try number(only) == nil)
        #expect(try number(text.replacingOccurrences(of: "profile-level-id=42", with: "profile-level-id=64")) == nil)
    }

    @Test func `of an offer its first codec counts, of an answer the first of ours`() throws {
        let text = try Recording.chromiumOffer.text()
            .replacingOccurrences(of: "SAVPF 96 97 102", with: "SAVPF 102 97 96")
        let peer = try PeerDescription(text)
        func numbers(_ role: PeerDescription.Role) throws -> [String] {
            let text = peer.engineText(names: ["a", "b", "c"], as: role, pictures: ["vp8", "h264"])
            return try SessionDescription(text).media[1].formats
        }
        #expect(try numbers(.offer) == ["102", "103"])
        #expect(try numbers(.answer) == ["96", "97"])
    }
}
