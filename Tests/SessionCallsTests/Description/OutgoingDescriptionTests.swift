import Foundation
import SessionCalls
import ShallotTestSupport
import Testing

@Suite struct OutgoingDescriptionTests {
    private static let counting = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
    private let marks = OutgoingDescription.Marks(sessionID: .max, canonicalName: "Qk3fT8sW1zVb0aXy")

    @Test func `an offer is written to the letter`() throws {
        let extensions = "a=extmap:3 \(Self.counting)\r\na=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=mid:"
        let made = try SessionDescription(
            Recording.engineOffer.text().replacingOccurrences(of: "a=mid:", with: extensions))
        let offer = try OutgoingDescription.offer(from: made, marks: marks, version: 1)
        let transport = """
            a=ice-ufrag:IIyan1j/v+jSJ99orRAdE7vCuf51wRAl
            a=ice-pwd:KVQDedJYgvBKH1TblN5pPAdzkdmF8nZg
            a=ice-options:trickle
            a=fingerprint:sha-256 FA:8C:35:DE:AE:E1:09:CD:5B:21:5C:E9:EA:54:B6:F0:7E:77:FB:DC:42:83:D0:10:50:19:77:65:E2:8D:AE:11
            a=setup:actpass
            """
        let expected = """
            v=0
            o=- 9223372036854775807 1 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1 2
            a=extmap-allow-mixed
            a=msid-semantic: WMS shallot
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            \(transport)
            a=mid:0
            a=extmap:3 \(Self.counting)
            a=sendrecv
            a=msid:shallot a0
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:111 opus/48000/2
            a=rtcp-fb:111 transport-cc
            a=fmtp:111 minptime=10;useinbandfec=1;cbr=1
            a=ssrc:405151080 cname:Qk3fT8sW1zVb0aXy
            a=ssrc:405151080 msid:shallot a0
            m=video 9 UDP/TLS/RTP/SAVPF 96 97
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            \(transport)
            a=mid:1
            a=extmap:3 \(Self.counting)
            a=sendrecv
            a=msid:shallot v0
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:96 VP8/90000
            a=rtcp-fb:96 transport-cc
            a=rtcp-fb:96 ccm fir
            a=rtcp-fb:96 nack
            a=rtcp-fb:96 nack pli
            a=rtpmap:97 rtx/90000
            a=fmtp:97 apt=96
            a=ssrc-group:FID 3828767705 3320867649
            a=ssrc:3828767705 cname:Qk3fT8sW1zVb0aXy
            a=ssrc:3828767705 msid:shallot v0
            a=ssrc:3320867649 cname:Qk3fT8sW1zVb0aXy
            a=ssrc:3320867649 msid:shallot v0
            m=application 9 UDP/DTLS/SCTP webrtc-datachannel
            c=IN IP4 0.0.0.0
            \(transport)
            a=mid:2
            a=sctp-port:5000
            a=max-message-size:262144

            """
        #expect(offer.text == expected.replacingOccurrences(of: "\n", with: "\r\n"))
        #expect(offer.mediaIDs == ["0", "1", "2"])
    }

    @Test(arguments: [Recording.engineOffer, .engineAnswer])
    func `nothing of the engine's own words leaves`(recording: Recording) throws {
        let made = try SessionDescription(recording.text())
        let text = try OutgoingDescription.answer(from: made, to: made, marks: marks, version: 1).text
        for word in ["user", "host", "webrtctransceiver", "sprop", "framerate", "GStreamer"] {
            #expect(!text.contains(word))
        }
        #expect(try PeerDescription(text).description.media.count == 3)
    }

    @Test func `an answer keeps the offer's names, numbers and order`() throws {
        let offer = try SessionDescription(Recording.chromiumOffer.text())
        let made = try SessionDescription(Recording.engineAnswer.text())
        let answer = try SessionDescription(
            OutgoingDescription.answer(from: made, to: offer, marks: marks, version: 1).text)
        #expect(answer.media.map(\.mediaID) == offer.media.map(\.mediaID))
        #expect(answer.media.map(\.kind) == offer.media.map(\.kind))
        #expect(answer.media.map(\.setup) == [.active, .active, .active])
        #expect(answer.media[0].payloads.map(\.parameters) == ["minptime=10;useinbandfec=1;cbr=1"])
        #expect(answer.session.attribute("group") == "BUNDLE 0 1 2")
    }

    @Test func `the roles of a running DTLS connection can be kept`() throws {
        let made = try SessionDescription(Recording.engineAnswer.text())
        let text = try OutgoingDescription.answer(from: made, to: made, setup: .passive, marks: marks, version: 3).text
        #expect(try SessionDescription(text).media.allSatisfy { $0.setup == .passive })
        #expect(text.contains(" 3 IN IP4 127.0.0.1\r\n"))
    }

    @Test func `a refused media line keeps its place`() throws {
        let offer = try SessionDescription(Recording.chromiumOffer.text())
        let made = try SessionDescription(
            Recording.engineAnswer.text().replacingOccurrences(of: "m=video 9", with: "m=video 0"))
        let answer = try SessionDescription(
            OutgoingDescription.answer(from: made, to: offer, marks: marks, version: 1).text)
        #expect(answer.media.map(\.isRejected) == [false, true, false])
        #expect(answer.media[1].direction == .none)
        #expect(answer.session.attribute("group") == "BUNDLE 0 2")
    }

    @Test func `packets are counted if the engine counts them, but the level of the sound is never told`() throws {
        let plain = try SessionDescription(Recording.engineOffer.text())
        let text = try OutgoingDescription.offer(from: plain, marks: marks, version: 1).text
        #expect(!text.contains("a=extmap:") && !text.contains("transport-cc"))
        let extensions = [
            "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level", "a=extmap:5 \(Self.counting)",
            "a=extmap:9 urn:example:unknown",
        ].joined(separator: "\r\n")
        let made = try SessionDescription(
            Recording.engineOffer.text().replacingOccurrences(of: "a=mid:audio0", with: extensions + "\r\na=mid:audio0")
        )
        let offer = try SessionDescription(OutgoingDescription.offer(from: made, marks: marks, version: 1).text)
        #expect(offer.media[0].section.attributes("extmap") == ["5 \(Self.counting)"])
        #expect(offer.media[0].payloads[0].feedback == ["transport-cc"])
    }

    @Test func `an H264 line names the one profile that all have`() throws {
        let made = try SessionDescription(
            Recording.engineOffer.text().replacingOccurrences(of: "SAVPF 96 97", with: "SAVPF 96 97 98")
                .replacingOccurrences(of: "a=rtpmap:97", with: "a=rtpmap:98 H264/90000\r\na=rtpmap:97"))
        let text = try OutgoingDescription.offer(from: made, marks: marks, version: 1).text
        #expect(
            text.contains(
                "a=fmtp:98 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n"))
    }

    @Test func `an answer to H264 names the profile that was offered`() throws {
        let offer = try SessionDescription(Recording.chromiumOffer.text())
        let made = try SessionDescription(
            Recording.engineAnswer.text().replacingOccurrences(of: "SAVPF 96 97", with: "SAVPF 102 103")
                .replacingOccurrences(of: "a=rtpmap:97 rtx/90000", with: "a=rtpmap:103 rtx/90000")
                .replacingOccurrences(of: "a=fmtp:97 apt=96", with: "a=fmtp:103 apt=102")
                .replacingOccurrences(of: "a=rtpmap:96 VP8", with: "a=rtpmap:102 H264"))
        let text = try OutgoingDescription.answer(from: made, to: offer, marks: marks, version: 1).text
        #expect(text.contains("m=video 9 UDP/TLS/RTP/SAVPF 102 103\r\n"))
        #expect(text.contains("a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f\r\n"))
    }
}
