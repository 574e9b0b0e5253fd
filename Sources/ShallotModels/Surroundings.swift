public import Foundation

/// What the models need from outside: the time, waiting, and how times are written. Tests hand in their own.
public nonisolated struct Surroundings: Sendable {
    public var now: @Sendable () -> Date = { Date() }
    public var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    public var times = TimeTexts()

    public init() {}
}
