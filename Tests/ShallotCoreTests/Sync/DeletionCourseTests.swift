import SessionNetwork
import SessionWire
import Testing

@testable import ShallotCore

@Suite("Deletions that some members missed") struct DeletionCourseTests {
    private let old = MessageHash.compute(account: [], namespace: .contacts, data: [1])
    private let older = MessageHash.compute(account: [], namespace: .contacts, data: [2])
    private let start = ContinuousClock.now

    @Test func `what all members have deleted is forgotten`() {
        var course = DeletionCourse(scale: 1)
        #expect(course.step(for: [old], now: start) == .askNow)
        let isForgotten = course.note(.allMembers, of: [old], now: start)
        #expect(isForgotten)
    }

    @Test func `others are asked again after longer and longer pauses, and then left alone`() {
        var course = DeletionCourse(scale: 1)
        var now = start
        var pauses: [Duration] = []
        while !course.note(.someMembers, of: [old], now: now), pauses.count < 100 {
            guard case .askLater(let pause) = course.step(for: [old], now: now) else { break }
            pauses.append(pause)
            now += pause
            #expect(course.step(for: [old], now: now) == .askNow)
        }
        #expect(pauses == [.seconds(10), .seconds(60), .seconds(600), .seconds(3_600)])
    }

    @Test func `what nobody has deleted is never forgotten`() {
        var course = DeletionCourse(scale: 1)
        var now = start
        for _ in 0..<20 {
            let isForgotten = course.note(.nobody, of: [old], now: now)
            #expect(!isForgotten)
            now += .seconds(3_600)
        }
    }

    @Test func `what is new goes at once and begins anew`() {
        var course = DeletionCourse(scale: 1)
        _ = course.note(.someMembers, of: [old], now: start)
        _ = course.note(.someMembers, of: [old], now: start + .seconds(10))
        let now = start + .seconds(11)
        #expect(course.step(for: [old, older], now: now) == .askNow)
        let isForgotten = course.note(.someMembers, of: [old, older], now: now)
        #expect(!isForgotten)
        #expect(course.step(for: [old, older], now: now) == .askLater(.seconds(10)))
    }

    @Test func `a push that asks along the way uses nothing up`() {
        var course = DeletionCourse(scale: 1)
        for second in 0..<9 {
            let isForgotten = course.note(.someMembers, of: [old], now: start + .seconds(second))
            #expect(!isForgotten)
        }
        #expect(course.step(for: [old], now: start + .seconds(9)) == .askLater(.seconds(1)))
        // Once it is gone everywhere it is gone, whenever that is.
        let isForgotten = course.note(.allMembers, of: [old], now: start + .seconds(9))
        #expect(isForgotten)
    }
}
