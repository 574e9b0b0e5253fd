import Foundation

/// Threads for much work that nobody waits for by the millisecond. They step back when anything else in the program wants the
/// processor, above all the window, and they leave the threads of all other tasks free.
///
/// - Source: setpriority(2): on Linux the value counts for one thread, and every thread may raise its own.
public final class BulkExecutor: TaskExecutor {
    public static let shared = BulkExecutor(width: ProcessInfo.processInfo.activeProcessorCount)

    /// How much nicer than the main thread its threads are: beside one other busy thread they get a quarter of a core.
    static let niceness: Int32 = 5

    /// How many jobs run at once.
    let width: Int
    private let waiting = WaitingJobs()

    private init(width: Int) {
        self.width = max(1, width)
        let executor = asUnownedTaskExecutor()
        for number in 1...self.width {
            let thread = Thread { [waiting] in
                // Refused, the work is done all the same.
                _ = setpriority(oneThread, 0, threadNiceness(getpid()) + Self.niceness)
                while true { waiting.next().runSynchronously(on: executor) }
            }
            thread.name = "bulk-\(number)"
            thread.start()
        }
    }

    public func enqueue(_ job: consuming ExecutorJob) { waiting.append(UnownedJob(job)) }
}

private let oneThread = __priority_which_t(PRIO_PROCESS.rawValue)

/// How much nicer than usual a thread is: the calling one, or with the number of the process its main thread.
func threadNiceness(_ number: pid_t = 0) -> Int32 { getpriority(oneThread, id_t(number)) }

/// First in, first out.
// Safe to share: `jobs` is touched only while the condition is locked.
private final class WaitingJobs: @unchecked Sendable {
    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []

    func append(_ job: UnownedJob) {
        condition.withLock {
            jobs.append(job)
            condition.signal()
        }
    }

    /// Waits for a job and takes it.
    func next() -> UnownedJob {
        condition.withLock {
            while jobs.isEmpty { condition.wait() }
            return jobs.removeFirst()
        }
    }
}
