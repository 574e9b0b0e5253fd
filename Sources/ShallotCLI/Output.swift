import Foundation

/// Writes results to standard output: JSON lines for scripts, words for people.
struct Output: Sendable {
    let isJSON: Bool

    /// Writes one result. Lines leave at once, also into a pipe.
    func write(_ value: some Encodable, _ text: @autoclosure () -> String) throws {
        var line: Data
        if isJSON {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            line = try encoder.encode(value)
        } else {
            line = Data(text().utf8)
        }
        line.append(0x0A)
        do {
            try FileHandle.standardOutput.write(contentsOf: line)
        } catch {
            throw Failure(.other, "Standard output cannot be written.")
        }
    }
}

extension Date {
    /// Unix milliseconds, as JSON shows times.
    var unixMilliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }

    /// Date and time in the user's zone, as the plain output shows times.
    var text: String {
        formatted(
            Date.ISO8601FormatStyle(timeZone: .current).year().month().day().dateTimeSeparator(.space).time(
                includingFractionalSeconds: false))
    }
}

extension String {
    /// Further lines are set in, so that a text cannot pass for other output.
    var indented: String { split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n    ") }
}
