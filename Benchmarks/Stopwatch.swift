/// Compares two pieces of work that take turns, so that a busy machine slows both alike.
struct Stopwatch {
    /// Turns of each piece. The quickest turn counts: everything else is disturbance.
    var turns = 40
    /// Repetitions in one turn.
    var repetitions = 25

    func compare(ours: () throws -> Void, yardstick: () throws -> Void) rethrows -> (
        ours: Duration, yardstick: Duration
    ) {
        var best: (ours: Duration, yardstick: Duration) = (.seconds(3_600), .seconds(3_600))
        for _ in 0..<turns {
            best.yardstick = min(best.yardstick, try turn(yardstick))
            best.ours = min(best.ours, try turn(ours))
        }
        return best
    }

    private func turn(_ body: () throws -> Void) rethrows -> Duration {
        let duration = try ContinuousClock().measure { for _ in 0..<repetitions { try body() } }
        return duration / repetitions
    }
}
