import Foundation
import ShallotCore
import ShallotStore

/// Waits for what the messenger tells, with a time limit.
enum Waiting {
    enum Outcome: Equatable, Sendable {
        case sent, waiting, failed(FailureReason)

        var name: String {
            switch self {
            case .sent: "sent"
            case .waiting: "waiting"
            case .failed: "failed"
            }
        }
    }

    static func outcome(
        of message: MessageID, _ events: AsyncStream<MessengerEvent>, seconds: Double
    ) async -> Outcome {
        await first(of: events, within: seconds) { event in
            switch event {
            case .messageSent(message): .sent
            case .messageFailed(message, let reason): .failed(reason)
            default: nil
            }
        } ?? .waiting
    }

    /// Waits until nothing is queued any more, copies for other devices included.
    static func untilFlushed(_ messenger: Messenger, seconds: Double) async {
        let events = messenger.events()
        // After a failed read: go on waiting.
        let isEmpty: @Sendable () async -> Bool = { (try? await messenger.isOutboxEmpty()) == true }
        guard await !isEmpty() else { return }
        _ = await first(of: events, within: seconds) { event -> Bool? in
            guard case .outboxChanged = event else { return nil }
            return await isEmpty() ? true : nil
        }
    }

    /// Waits until the swarm has what was changed here.
    static func untilPushed(_ messenger: Messenger, seconds: Double) async {
        let events = messenger.events()
        // After a failed read: go on waiting.
        let isPushed: @Sendable () async -> Bool = { (try? await messenger.needsSync()) == false }
        guard await !isPushed() else { return }
        _ = await first(of: events, within: seconds) { event -> Bool? in
            guard case .configsPushed = event else { return nil }
            return await isPushed() ? true : nil
        }
    }

    /// The first event that `body` makes something of; `nil` when the time is over or the stream ends.
    static func first<Event: Sendable, Value: Sendable>(
        of events: AsyncStream<Event>, within seconds: Double,
        _ body: @escaping @Sendable (Event) async throws -> Value?
    ) async rethrows -> Value? {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                for await event in events {
                    if let value = try await body(event) { return value }
                }
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: .seconds(seconds))  // cancelled: the other task has won
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
