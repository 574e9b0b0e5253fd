import Foundation

/// One line of the report: what was measured, against what, what is allowed, and whether that was kept.
struct Row {
    let name: String
    let value: String
    var yardstick = "-"
    var ratio = "-"
    var budget = "-"
    /// `nil` for a number that has no budget of its own.
    var isMet: Bool?

    func show() {
        let name = name.padding(toLength: max(52, name.count), withPad: " ", startingAt: 0)
        let columns = [(value, 13), (yardstick, 13), (ratio, 6), (budget, 10)].map { text, width in
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        // Scripts/bench counts the last word.
        print(([name] + columns + [isMet.map { $0 ? "met" : "OVER" } ?? ""]).joined(separator: " "))
    }

    /// How fast ours is in terms of the yardstick: 1 is as fast, less is slower.
    static func speed(_ name: String, ours: Duration, yardstick: Duration, atLeast budget: Double) -> Row {
        Row(
            name: name, value: ours.microsecondsText, yardstick: yardstick.microsecondsText,
            ratio: (yardstick / ours).twoPlaces, budget: ">= \(budget.twoPlaces)", isMet: yardstick / ours >= budget)
    }

    /// How many times the yardstick it takes.
    static func multiple(
        _ name: String, ours: Duration, counted: Duration? = nil, yardstick: Duration, atMost budget: Double
    ) -> Row {
        let ratio = (counted ?? ours) / yardstick
        return Row(
            name: name, value: ours.millisecondsText, yardstick: yardstick.millisecondsText, ratio: ratio.twoPlaces,
            budget: "<= \(budget.twoPlaces)", isMet: ratio <= budget)
    }

    /// A time that may not be exceeded on any machine.
    static func time(_ name: String, _ time: Duration, above yardstick: Duration? = nil, atMost budget: Duration) -> Row
    {
        Row(
            name: name, value: time.millisecondsText, yardstick: yardstick?.millisecondsText ?? "-",
            budget: "<= \(Int(budget / .milliseconds(1))) ms", isMet: time - (yardstick ?? .zero) <= budget)
    }
}

/// A measurement with its name, which `--filter` looks at.
struct Benchmark {
    let name: String
    let run: () async throws -> [Row]
}

extension Duration {
    var microsecondsText: String { String(format: "%.1f us", self / .microseconds(1)) }
    var millisecondsText: String { String(format: "%.1f ms", self / .milliseconds(1)) }
}

extension Double {
    fileprivate var twoPlaces: String { String(format: "%.2f", self) }
}
