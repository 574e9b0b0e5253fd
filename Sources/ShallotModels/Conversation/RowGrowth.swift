/// Which of a conversation's rows a view realises next. Rows are costly, so only some are made at a time: those nearest to
/// the place where somebody looks first.
public nonisolated enum RowGrowth {
    /// The run of rows around one of them that takes at most so many new ones. Two rows below are taken for each above: a view
    /// is told by its upper row.
    /// - Parameters:
    ///   - start: the position of the row around which the run grows; any other number counts as the nearest position.
    ///   - realised: rows that exist, which cost nothing.
    ///   - limit: how many rows may be new.
    public static func run<ID: Hashable>(
        of ids: [ID], around start: Int, realised: Set<ID>, atMost limit: Int
    ) -> Range<Int> {
        guard !ids.isEmpty else { return 0..<0 }
        let start = min(max(start, 0), ids.count - 1)
        var (run, left) = (start..<start, limit)
        func take(_ index: Int) -> Bool {
            guard ids.indices.contains(index) else { return false }
            if realised.contains(ids[index]) { return true }
            guard left > 0 else { return false }
            left -= 1
            return true
        }
        var grows = true
        while grows {
            grows = false
            for _ in 0..<2 where take(run.upperBound) {
                run = run.lowerBound..<run.upperBound + 1
                grows = true
            }
            if take(run.lowerBound - 1) {
                run = run.lowerBound - 1..<run.upperBound
                grows = true
            }
        }
        return run
    }
}
