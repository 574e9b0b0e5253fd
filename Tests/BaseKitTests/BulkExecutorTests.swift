import Foundation
import Testing

@testable import BaseKit

@Suite struct BulkExecutorTests {
    @Test("Every job runs once, on threads that step back for others")
    func jobs() async {
        let usual = threadNiceness(getpid())
        let results = await withTaskGroup(of: (number: Int, niceness: Int32).self) { group in
            for number in 0..<500 {
                group.addTask(executorPreference: BulkExecutor.shared) { (number, threadNiceness()) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.map(\.number).sorted() == Array(0..<500))
        #expect(Set(results.map(\.niceness)) == [min(19, usual + BulkExecutor.niceness)])
        #expect(threadNiceness(getpid()) == usual)
    }

    @Test("As many jobs run at once as there are processors")
    func width() async throws {
        let meeting = Meeting(of: BulkExecutor.shared.width)
        let met = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<BulkExecutor.shared.width {
                group.addTask(executorPreference: BulkExecutor.shared) { meeting.waitForAll() }
            }
            return await group.allSatisfy { $0 }
        }
        #expect(met)
    }
}

/// Threads that wait for each other.
// Safe to share: `missing` is touched only while the condition is locked.
private final class Meeting: @unchecked Sendable {
    private let condition = NSCondition()
    private var missing: Int

    init(of count: Int) { missing = count }

    /// - Returns: false if the others did not come within ten seconds.
    func waitForAll() -> Bool {
        condition.withLock {
            missing -= 1
            if missing == 0 { condition.broadcast() }
            let end = Date(timeIntervalSinceNow: 10)
            while missing > 0 { if !condition.wait(until: end) { return missing <= 0 } }
            return true
        }
    }
}
