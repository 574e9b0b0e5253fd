import Foundation

/// One line of the report: what was measured, against what, and what is allowed.
struct Row {
    let name: String
    let value: String
    var yardstick = "-"
    var ratio = "-"
    var budget = "-"

    func show() {
        let name = name.padding(toLength: max(44, name.count), withPad: " ", startingAt: 0)
        let columns = [(value, 12), (yardstick, 12), (ratio, 8), (budget, 10)].map { text, width in
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        print(([name] + columns).joined(separator: " "))
    }

    /// How fast ours is in terms of the yardstick: 1 is as fast, less is slower.
    static func speed(_ name: String, ours: Duration, yardstick: Duration, atLeast budget: Double) -> Row {
        Row(
            name: name, value: ours.microsecondsText, yardstick: yardstick.microsecondsText,
            ratio: String(format: "%.2f", yardstick / ours), budget: String(format: ">= %.2f", budget))
    }
}

/// A measurement with its name, which `--filter` looks at.
struct Benchmark {
    let name: String
    let run: () async throws -> [Row]
}

extension Duration {
    var microsecondsText: String { String(format: "%.1f us", self / .microseconds(1)) }
}
