import Foundation
import SessionCalls
import ShallotTestSupport
import Testing

@Suite struct PeerDescriptionTests {
    static let phone = PhoneDescription.text(opus: "minptime=10; useinbandfec=1 ;cbr=1")

    @Test(arguments: Recording.allCases)
    func `recorded descriptions are taken`(recording: Recording) throws {
        let peer = try PeerDescription(recording.text())
        #expect(peer.description.media.map(\.kind) == [.audio, .video, .application])
        #expect(peer.fingerprint.isStrong)
        #expect(peer.opus?.number == 111)
        let video = try #require(peer.video(["vp8"]))
        #expect(video.number == 96)
        #expect(peer.repetition(of: video)?.number == 97)
        #expect(peer.description.media.allSatisfy { !$0.isRejected })
    }

    @Test func `line ends do not matter`() throws {
        let text = try Recording.chromiumOffer.text()
        #expect(!text.contains("\r\n"))
        let crlf = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        #expect(try PeerDescription(crlf) == PeerDescription(text))
    }

    @Test func `a peer without a camera, with other numbers and names, is taken`() throws {
        let peer = try PeerDescription(Self.phone)
        #expect(peer.opus?.number == 100)
        #expect(peer.opus?.parameter("useinbandfec") == "1")
        #expect(peer.opus?.parameter("cbr") == "1")
        #expect(peer.video(["vp8", "h264"]) == nil)
        #expect(peer.description.media.map(\.mediaID) == ["audio", "video", "data"])
        #expect(peer.description.media.map(\.isRejected) == [false, true, false])
        #expect(peer.credentials.fragment == "abcd")
        #expect(peer.fingerprint.text.hasPrefix("sha-256 0A:0A"))
    }

    @Test func `the first codec of the peer that we have is chosen`() throws {
        let text = try Recording.chromiumOffer.text()
            .replacingOccurrences(of: "SAVPF 96 97 102", with: "SAVPF 102 97 96")
        #expect(try PeerDescription(text).video(["vp8", "h264"])?.name == "h264")
        #expect(try PeerDescription(text).video(["vp8"])?.name == "vp8")
    }

    @Test(
        arguments: [
            ("a=fingerprint", "a=x-fingerprint", .noFingerprint),
            ("a=fingerprint:sha-256 ", "a=fingerprint:sha-1 ", .weakFingerprint("sha-1")),
            ("a=fingerprint:sha-256 59:4E", "a=fingerprint:sha-256 59:4", .noFingerprint),
            ("a=ice-pwd:", "a=x-pwd:", .noICECredentials),
            ("a=ice-ufrag:sSLQ", "a=ice-ufrag:s", .noICECredentials),
            ("UDP/TLS/RTP/SAVPF", "RTP/AVP", .unprotectedMedia("RTP/AVP")),
            ("a=rtcp-mux\n", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\n", .unprotectedMedia("UDP/TLS/RTP/SAVPF")),
            ("v=0", "v=1", .malformed(line: 1)),
            ("m=video 9", "m=video x", .malformed(line: 43)),
            ("m=audio", "m=text", .noMedia),
        ] as [(String, String, DescriptionError)])
    func `what would cost safety, or is no description, is refused`(
        old: String, new: String, error: DescriptionError
    ) throws {
        var text = try Recording.chromiumOffer.text()
        if error == .noMedia { text = text.replacingOccurrences(of: "m=video", with: "m=text") }
        #expect(text.contains(old))
        let spoilt = text.replacingOccurrences(of: old, with: new)
        let thrown = #expect(throws: DescriptionError.self) { try PeerDescription(spoilt) }
        if case .malformed(let line) = error, line > 1 {
            guard case .malformed = thrown else {
                Issue.record("\(String(describing: thrown))")
                return
            }
        } else {
            #expect(thrown == error)
        }
    }

    @Test func `one media line with another certificate is refused`() throws {
        let text = try Recording.chromiumOffer.text()
        let place = try #require(text.range(of: "a=fingerprint:sha-256 59", options: .backwards))
        let spoilt = text.replacingCharacters(in: place, with: "a=fingerprint:sha-256 58")
        #expect(throws: DescriptionError.fingerprintChanged) { try PeerDescription(spoilt) }
    }

    @Test func `size and number of media lines are bounded`() throws {
        let section = "m=audio 0 UDP/TLS/RTP/SAVPF 0\r\n"
        let head = try Recording.engineOffer.text()
        #expect(try SessionDescription(head + String(repeating: section, count: 5)).media.count == 8)
        #expect(throws: DescriptionError.tooManyMediaLines(9)) {
            try SessionDescription(head + String(repeating: section, count: 6))
        }
        let size = head.utf8.count
        let full = head + "a=" + String(repeating: "x", count: 65_536 - size - 2)
        #expect(try SessionDescription(full).media.count == 3)
        #expect(throws: DescriptionError.tooLong(65_537)) { try SessionDescription(full + "x") }
        #expect(throws: DescriptionError.tooManyLines) {
            try SessionDescription(head + String(repeating: "a=x\n", count: 2_048))
        }
    }

    @Test func `damaged descriptions are refused or read, never more`() throws {
        let sample = Array(try Recording.chromiumOffer.text().utf8)
        for bytes in BrokenInput.bitFlips(of: sample) + BrokenInput.truncations(of: sample) + BrokenInput.noise(seed: 7)
        {
            let text = String(decoding: bytes, as: UTF8.self)
            if let peer = try? PeerDescription(text) {
                #expect(peer.fingerprint.isStrong)
                #expect(peer.description.media.count <= SessionDescription.maximumMediaLines)
            }
        }
    }
}
