import CAdwaita
import CGtkKit

extension MainLoop {
    /// A round of the main loop in which nothing else could happen.
    public struct Stall: Sendable {
        public let duration: Duration
        /// What the thread had of the processor; the rest went to other programs.
        public let processor: Duration
        /// The part that main-actor jobs took; the rest were events, layout and painting.
        public let jobs: Duration
    }

    /// Reports every round of the main loop that takes longer than `limit`, from now until the program ends. Call once.
    public static func watchStalls(longerThan limit: Duration, _ report: @escaping (Stall) -> Void) {
        let box = Unmanaged.passRetained(Reporter(report)).toOpaque()
        gtkkit_watch_stalls(
            gint64(limit / .microseconds(1)),
            { box, busy, cpu, queue in
                guard let box else { return }
                Unmanaged<Reporter>.fromOpaque(box).takeUnretainedValue().report(
                    Stall(
                        duration: .microseconds(busy), processor: .microseconds(cpu), jobs: .microseconds(queue)))
            }, box)
    }

    private final class Reporter {
        let report: (Stall) -> Void
        init(_ report: @escaping (Stall) -> Void) { self.report = report }
    }
}
