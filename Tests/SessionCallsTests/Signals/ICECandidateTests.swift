import SessionCalls
import ShallotTestSupport
import Testing

@Suite struct ICECandidateTests {
    private static let relay =
        "candidate:3 1 UDP 41885695 203.0.113.9 50123 typ relay raddr 192.168.1.7 rport 40001 generation 0 ufrag sSLQ network-id 1"

    @Test func `a candidate of a browser is read with what it says of itself`() throws {
        let candidate = try #require(ICECandidate("a=" + Self.relay, mediaID: "audio", mediaIndex: 0))
        #expect(candidate.text == Self.relay)
        #expect(candidate.kind == .relay)
        #expect(candidate.isUDP)
        #expect(candidate.address == "203.0.113.9")
        #expect(candidate.port == 50_123)
        #expect(candidate.usernameFragment == "sSLQ")
    }

    @Test func `candidates of a former call, over TCP, or behind a hidden name are of no use`() throws {
        func usable(_ text: String, in generation: String?) throws -> Bool {
            try #require(ICECandidate(text, mediaID: "0", mediaIndex: 0)).isUsable(in: generation)
        }
        #expect(try usable(Self.relay, in: "sSLQ"))
        #expect(try usable(Self.relay, in: nil))
        #expect(try !usable(Self.relay, in: "other"))
        #expect(try usable("candidate:1 1 udp 1 10.0.0.2 9 typ host", in: "other"))
        #expect(try !usable("candidate:1 1 tcp 1 10.0.0.2 9 typ host tcptype active", in: nil))
        #expect(try !usable("candidate:1 1 udp 1 3c1a-42.LOCAL 9000 typ host", in: nil))
    }

    @Test func `a relayed address leaves without the own one`() throws {
        let sent = try #require(ICECandidate(Self.relay, mediaID: "audio0", mediaIndex: 0)?.sent(as: "0", at: 0))
        #expect(!sent.text.contains("192.168.1.7"))
        #expect(!sent.text.contains("40001"))
        #expect(sent.text.contains("raddr 0.0.0.0 rport 0"))
        #expect(sent.mediaID == "0")
        let six = "candidate:3 1 UDP 1 2001:db8::1 50123 typ relay raddr 2001:db8::7 rport 40001"
        let sentSix = try #require(ICECandidate(six, mediaID: "0", mediaIndex: 0)?.sent(as: "0", at: 0))
        #expect(sentSix.text.hasSuffix("raddr :: rport 0"))
    }

    @Test func `with relay only nothing else may leave`() throws {
        for (type, allowed) in [("host", false), ("srflx", false), ("prflx", false), ("relay", true)] {
            let candidate = try #require(
                ICECandidate("candidate:1 1 udp 1 203.0.113.9 9000 typ \(type)", mediaID: "0", mediaIndex: 0))
            #expect(CandidatePolicy.relayOnly.allows(candidate) == allowed)
            #expect(CandidatePolicy.all.allows(candidate))
        }
        let tcp = try #require(
            ICECandidate("candidate:1 1 tcp 1 203.0.113.9 9 typ host tcptype active", mediaID: "0", mediaIndex: 0))
        #expect(!CandidatePolicy.all.allows(tcp))
    }

    @Test(arguments: [
        "", "candidate:", "candidate:1 1 udp 1 10.0.0.2 9", "candidate:1 1 udp 1 10.0.0.2 9 typ",
        "candidate:1 1 udp 1 10.0.0.2 9 typ moon", "candidate:1 1 udp 1 10.0.0.2 65536 typ host",
        "candidate:1 1 udp -1 10.0.0.2 9 typ host", "candidate:1 x udp 1 10.0.0.2 9 typ host",
        "candidate:1 1 udp 1 10.0.0.2 9 typ host\r\na=evil", "candidate:1 1 udp 1 10.0.0.2 9 typ host\u{0}",
    ])
    func `what is no candidate is refused`(text: String) {
        #expect(ICECandidate(text, mediaID: "0", mediaIndex: 0) == nil)
    }

    @Test func `lengths and line numbers are bounded`() {
        let text = "candidate:1 1 udp 1 10.0.0.2 9 typ host"
        let filler = String(repeating: "x", count: 1_024 - text.utf8.count - 1)
        #expect(ICECandidate(text + " " + filler, mediaID: "0", mediaIndex: 7) != nil)
        #expect(ICECandidate(text + " x" + filler, mediaID: "0", mediaIndex: 7) == nil)
        #expect(ICECandidate(text, mediaID: "0", mediaIndex: 8) == nil)
        #expect(ICECandidate(text, mediaID: String(repeating: "m", count: 65), mediaIndex: 0) == nil)
    }

    @Test func `noise gives nothing and harms nothing`() {
        let sample = Array(Self.relay.utf8)
        for bytes in BrokenInput.noise(seed: 548) + BrokenInput.bitFlips(of: sample)
            + BrokenInput.truncations(of: sample)
        {
            let read = ICECandidate(String(decoding: bytes, as: UTF8.self), mediaID: "0", mediaIndex: 0)
            #expect(read.map { $0.text.hasPrefix("candidate:") } ?? true)
        }
    }
}
