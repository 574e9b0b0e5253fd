public import Foundation
import Synchronization

/// The last lines of the log of this run, in memory: nothing of it is on disk unless somebody saves it.
///
/// What is logged holds no texts, names, keys or full IDs to begin with. Each line is censored all the same, see
/// ``Censor``: one careless line in some error message would be enough.
public nonisolated final class DebugLog: Sendable {
    /// The most that is kept, in bytes; the oldest lines go first.
    public static let maximumSize = 1 << 20
    /// The most of one line, in characters.
    static let maximumLine = 500

    private struct State {
        var lines: [String] = []
        var first = 0
        var size = 0
        var isDetailed = false
    }

    /// What stands above the lines: versions of the program and of what it stands on.
    public let facts: [String]
    private let state = Mutex(State())

    public init(facts: [String] = []) { self.facts = facts }

    /// Details are noted too, not only what belongs in every report.
    public var isDetailed: Bool {
        get { state.withLock { $0.isDetailed } }
        set { state.withLock { $0.isDetailed = newValue } }
    }

    public func append(_ message: String, level: String, source: String, at date: Date = Date()) {
        let time = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let words = Censor.apply(to: String(message.prefix(Self.maximumLine)))
        let line = "\(time) \(level) \(source): \(words.replacing("\n", with: " "))"
        state.withLock { state in
            state.lines.append(line)
            state.size += line.utf8.count + 1
            while state.size > Self.maximumSize {
                state.size -= state.lines[state.first].utf8.count + 1
                state.lines[state.first] = ""
                state.first += 1
            }
            // Seldom, so that each line costs its own length only.
            if state.first > 1_000, state.first * 2 > state.lines.count {
                state.lines.removeFirst(state.first)
                state.first = 0
            }
        }
    }

    /// The lines, oldest first.
    public var lines: [String] { state.withLock { Array($0.lines[$0.first...]) } }
}
