import BaseKit
import SessionWire
import Testing

@testable import SessionNetwork

/// - Source: network.md §3.7
@Suite("What a failed path means") struct ExchangeFaultTests {
    private static let hops: [ServiceNodeID] = [.test(1), .test(2), .test(3)]
    private static let destination = ServiceNodeID.test(9)

    private func verdict(_ fault: ExchangeFault) -> FaultVerdict {
        fault.verdict(hops: Self.hops, destination: Self.destination)
    }

    @Test func `an unreachable entry node gets the strike alone and rests`() {
        #expect(verdict(.entryUnreachable) == FaultVerdict(remedies: [.strike(.test(1)), .restEntry]))
    }

    @Test func `an unknown hop is dropped everywhere`() {
        #expect(verdict(.relay(.nextNodeNotFound(.test(2)))) == FaultVerdict(remedies: [.drop(.test(2))]))
    }

    @Test func `an unknown destination is dropped, and another one asked`() {
        let expected = FaultVerdict(remedies: [.drop(Self.destination)], blamesDestination: true)
        #expect(verdict(.relay(.nextNodeNotFound(Self.destination))) == expected)
    }

    @Test func `nodes off the path cannot be blamed by a relay`() {
        for failure in [
            OnionFailure.nextNodeNotFound(.test(5)), .nextNodeUnreachable(.test(5)), .nodeNotReady(.test(5)),
        ] {
            #expect(verdict(.relay(failure)) == FaultVerdict(remedies: [.strikePath]))
        }
        #expect(verdict(.relay(.nextNodeNotFound(.test(1)))) == FaultVerdict(remedies: [.strikePath]))
    }

    @Test func `an unreachable or unready hop is struck and replaced, not dropped`() {
        let expected = FaultVerdict(remedies: [.strike(.test(3)), .swap(.test(3))])
        #expect(verdict(.relay(.nextNodeUnreachable(.test(3)))) == expected)
        #expect(verdict(.relay(.nodeNotReady(.test(3)))) == expected)
    }

    @Test func `an unreachable or unready destination is struck`() {
        let expected = FaultVerdict(remedies: [.strike(Self.destination)], blamesDestination: true)
        #expect(verdict(.relay(.nextNodeUnreachable(Self.destination))) == expected)
        #expect(verdict(.relay(.nodeNotReady(Self.destination))) == expected)
    }

    @Test(arguments: [OnionFailure.notReady("not in any swarm"), .busy])
    func `an entry node that is not ready or busy is struck`(failure: OnionFailure) {
        #expect(verdict(.relay(failure)) == FaultVerdict(remedies: [.strike(.test(1))]))
    }

    @Test(arguments: [
        ExchangeFault.relay(.timedOut), .relay(.invalidResponse), .relay(.nodeNotReady(nil)), .unreadable, .timedOut,
        .tooLarge,
    ])
    func `the path is struck`(fault: ExchangeFault) {
        #expect(verdict(fault) == FaultVerdict(remedies: [.strikePath]))
    }

    @Test(arguments: [OnionFailure.invalidCiphertext, .unparsable("x"), .unparsableInside("x"), .tooManyHops])
    func `plain-text refusals strike the path and doubt the keys`(failure: OnionFailure) {
        #expect(verdict(.relay(failure)) == FaultVerdict(remedies: [.strikePath, .refreshPool]))
    }

    @Test(arguments: [401, 403, 406, 421, 425, 429, 500])
    func `a status from a relay never counts as the destination's`(status: Int) {
        let failure = OnionFailure.read(status: status, body: Array("{\"snodes\":[]}".utf8))
        #expect(verdict(.relay(failure)) == FaultVerdict(remedies: [.strikePath]))
    }

    @Test func `what the caller gave up is nobody's fault`() {
        #expect(verdict(.cancelled) == FaultVerdict(remedies: []))
        #expect(verdict(.requestTooLarge) == FaultVerdict(remedies: []))
    }
}

@Suite("What a swarm member's answer means") struct MemberVerdictTests {
    @Test(arguments: [
        (200, "", MemberVerdict.success), (406, "", .clock), (425, "", .clock), (421, "", .moved), (401, "", .refused),
        (400, "", .refused), (403, "", .refused), (413, "", .refused), (404, "", .refused),
        (429, "", .otherMember(.pause)), (500, "", .otherMember(.strike)), (503, "", .otherMember(.strike)),
        (504, "", .otherMember(.strike)), (502, "oxend returned unparsable data", .otherMember(.drop)),
        (502, "", .otherMember(.strike)), (500, "Oxen Server error", .refused),
    ])
    func `each status has one meaning`(status: Int, body: String, expected: MemberVerdict) {
        #expect(MemberVerdict(status: status, body: body) == expected)
    }
}

@Suite("Strikes wait for evidence") struct HeldBlameTests {
    @Test func `while nothing answers nobody is blamed; one answer brings the strikes`() {
        var blame = HeldBlame()
        let start = ContinuousClock.now
        let atOnce = blame.judge([.test(1)], since: start, at: start)
        let afterContact = [1, 2].map { blame.contact(at: start + .seconds($0)) }
        let later = blame.judge([.test(2)], since: start + .seconds(1), at: start + .seconds(3))
        #expect(atOnce.isEmpty)
        #expect(afterContact == [[.test(1)], []])
        #expect(later == [.test(2)])
    }

    @Test func `an answer a minute later says nothing`() {
        var blame = HeldBlame()
        let start = ContinuousClock.now
        _ = blame.judge([.test(1)], since: start, at: start)
        let afterContact = blame.contact(at: start + .seconds(61))
        #expect(afterContact.isEmpty)
    }
}
