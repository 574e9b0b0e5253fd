public import Foundation
import Synchronization

/// What the models need from outside: the time, waiting, and how times are written. Tests hand in their own.
public nonisolated struct Surroundings: Sendable {
    public var now: @Sendable () -> Date = { Date() }
    public var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// How times are written now. All copies of one value share it: the desktop can change its clock while we run.
    public let times: CurrentTimes

    public init(times: TimeTexts = TimeTexts()) { self.times = CurrentTimes(times) }
}

/// Writes times as the desktop wants them at the moment.
public nonisolated final class CurrentTimes: Sendable {
    private let held: Mutex<TimeTexts>

    init(_ texts: TimeTexts) { held = Mutex(texts) }

    public var texts: TimeTexts { held.withLock { $0 } }

    /// - Returns: whether anything is written differently now.
    func set(uses24Hours: Bool?) -> Bool {
        held.withLock { texts in
            guard texts.uses24Hours != uses24Hours else { return false }
            texts = TimeTexts(calendar: texts.calendar, locale: texts.locale, uses24Hours: uses24Hours)
            return true
        }
    }
}
