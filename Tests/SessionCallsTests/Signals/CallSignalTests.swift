import BaseKit
import SessionCalls
import SessionWire
import ShallotTestSupport
import Testing

@Suite struct CallSignalTests {
    private static let uuid = "8d9a7a05-3a0c-4ab1-9f0e-3f2a4d2f6b11"

    @Test func `a drawn name is a version 4 UUID in lower case`() throws {
        let id = CallID(random: FixedRandom([[UInt8](repeating: 0xff, count: 16)]))
        #expect(id.text == "ffffffff-ffff-4fff-bfff-ffffffffffff")
        #expect(CallID(id.text) == id)
    }

    @Test func `a name is echoed as it was written, and is the same in either case`() throws {
        let upper = try #require(CallID(Self.uuid.uppercased()))
        let lower = try #require(CallID(Self.uuid))
        #expect(upper == lower)
        #expect(Set([upper, lower]).count == 1)
        #expect(CallSignal.end.message(for: upper).uuid == Self.uuid.uppercased())
    }

    @Test(arguments: [
        "", "8d9a7a05", "8d9a7a05-3a0c-4ab1-9f0e-3f2a4d2f6b1", "8d9a7a05-3a0c-4ab1-9f0e-3f2a4d2f6b111",
        "8d9a7a0503a0c-4ab1-9f0e-3f2a4d2f6b11", "8d9a7a05-3a0c-4ab1-9f0e-3f2a4d2f6g11",
        "8d9a7a05-3a0c-4ab1-9f0e-3f2a4d2f6bü", "{d9a7a05-3a0c-4ab1-9f0e-3f2a4d2f6b1}",
    ])
    func `anything else is no name`(text: String) { #expect(CallID(text) == nil) }

    @Test func `every signal comes back from its message`() throws {
        let id = try #require(CallID(Self.uuid))
        let candidate = try #require(
            ICECandidate("candidate:1 1 UDP 2013266431 10.0.0.2 40001 typ host", mediaID: "0", mediaIndex: 0))
        let signals: [CallSignal] = [
            .preOffer, .offer("v=0\r\n"), .answer("v=0\r\n"), .candidates([candidate]), .candidates([]), .end,
        ]
        for signal in signals {
            let message = signal.message(for: id)
            #expect(message.sdpMids.count == message.sdpMLineIndexes.count)
            #expect(try CallSignal(message) == signal)
        }
    }

    @Test func `a provisional answer is nothing to act upon`() throws {
        #expect(try CallSignal(CallMessage(kind: .provisionalAnswer, sdps: ["v=0"], uuid: Self.uuid)) == nil)
    }

    @Test(arguments: [CallMessage.Kind.offer, .answer])
    func `a description is one, and not longer than 64 KiB`(kind: CallMessage.Kind) throws {
        let limit = String(repeating: "a", count: 65_536)
        #expect(try CallSignal(CallMessage(kind: kind, sdps: [limit], uuid: Self.uuid)) != nil)
        for (sdps, error) in [
            ([], .notOneDescription(0)), ([""], .notOneDescription(1)), (["v=0", "v=0"], .notOneDescription(2)),
            ([limit + "a"], .descriptionTooLong(65_537)),
        ] as [([String], CallSignalError)] {
            #expect(throws: error) { try CallSignal(CallMessage(kind: kind, sdps: sdps, uuid: Self.uuid)) }
        }
    }

    @Test func `candidates without their lines are dropped whole`() {
        for (indexes, mids) in [([], ["0"]), ([0], []), ([0, 0], ["0"])] as [([UInt32], [String])] {
            let message = CallMessage(
                kind: .iceCandidates, sdps: ["candidate:1 1 udp 1 10.0.0.2 1 typ host"], sdpMLineIndexes: indexes,
                sdpMids: mids, uuid: Self.uuid)
            #expect(throws: CallSignalError.unequalCandidates) { try CallSignal(message) }
        }
    }

    @Test func `bad candidates do not spoil good ones, and the last 200 count`() throws {
        let good = (1...300).map { "candidate:\($0) 1 udp \($0) 10.0.0.2 \($0) typ host" }
        let message = CallMessage(
            kind: .iceCandidates, sdps: good + ["nonsense"], sdpMLineIndexes: [UInt32](repeating: 0, count: 301),
            sdpMids: [String](repeating: "0", count: 301), uuid: Self.uuid)
        guard case .candidates(let candidates) = try CallSignal(message) else {
            Issue.record("not read as candidates")
            return
        }
        #expect(candidates.count == 199)
        #expect(candidates.first?.text == good[101])
        #expect(candidates.last?.text == good.last)
    }
}
