import SessionNetwork
import ShallotCore
import Testing

@Suite("When a message is tried again") struct RetryScheduleTests {
    private let schedule = RetrySchedule()

    @Test(arguments: [(0, 0.5), (1, 1), (2, 2), (5, 16), (8, 128)])
    func `pauses double up to 150 seconds`(attempts: Int, seconds: Double) {
        let step = schedule.step(after: .timedOut, attempts: attempts, age: 0)
        #expect(step == .retry(after: .seconds(seconds), attempts: attempts + 1))
    }

    @Test func `the tenth failure is the last`() {
        #expect(schedule.step(after: .swarmUnreachable, attempts: 9, age: 0) == .giveUp(.recipientUnreachable))
    }

    @Test(arguments: [NetworkError.offline, .noPath, .noSeedReachable])
    func `attempts without a network do not count, but a day is the end`(error: NetworkError) {
        #expect(schedule.step(after: error, attempts: 3, age: 3_600) == .retry(after: .seconds(15), attempts: 3))
        #expect(schedule.step(after: error, attempts: 3, age: 86_400) == .giveUp(.noPath))
    }

    @Test(arguments: [
        (NetworkError.rejected(status: 400, ""), FailureReason.refused), (.rejected(status: 413, ""), .refused),
        (.tooLarge, .tooLarge),
    ])
    func `what can never succeed is given up at once`(error: NetworkError, reason: FailureReason) {
        #expect(schedule.step(after: error, attempts: 0, age: 0) == .giveUp(reason))
    }
}
