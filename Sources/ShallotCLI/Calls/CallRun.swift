import BaseKit
import Foundation
import SessionCalls
import SessionWire
import ShallotCore

/// Follows calls until they end, and prints what happens.
struct CallRun: Sendable {
    let messenger: Messenger
    let calls: CallService
    let output: Output
    let media: MediaArguments
    let pictures: PictureCount

    init(_ messenger: Messenger, output: Output, media: MediaArguments, pictures: PictureCount) async throws {
        (self.messenger, self.output, self.media, self.pictures) = (messenger, output, media, pictures)
        do { calls = try await messenger.calls() } catch { throw Failure(error) }
        // Whoever is on the other side hears that it is over, and need not find out.
        Task {
            await Interruption().wait()
            await messenger.close()
        }
    }

    /// Waits for the end of the call that `body` begins or takes.
    /// - Returns: how it ended; `nil` when the program was told to end and there was none.
    func follow(
        _ events: AsyncStream<MessengerEvent>, onRinging: @escaping @Sendable () async throws -> Void = {}
    ) async throws -> CallSnapshot? {
        var watcher: Task<Void, Never>?
        defer { watcher?.cancel() }
        var wasRinging = false
        for await event in events {
            guard case .call(let call) = event else {
                try write(event)
                continue
            }
            let line = CallLine(call)
            try output.write(line, line.text)
            if call.isRingingHere, !wasRinging {
                wasRinging = true
                try await onRinging()
            }
            if call.phase == .connected, watcher == nil { watcher = Task { await watch() } }
            if call.hasEnded { return call }
        }
        return nil
    }

    /// Ends the messenger, and prints what still arrived: nobody will hear of it again.
    func finish(_ events: AsyncStream<MessengerEvent>) async throws {
        await messenger.close()
        for await event in events { try write(event) }
    }

    /// Messages are fetched during calls too.
    private func write(_ event: MessengerEvent) throws {
        guard let line = EventLine(event) else { return }
        try output.write(line, line.text)
    }

    /// Statistics every second, and the end of the time that was given.
    private func watch() async {
        if media.mute { await calls.setMuted(true) }
        let begun = ContinuousClock.now
        while !Task.isCancelled {
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
            if let statistics = await calls.statistics() {
                let line = CallStatisticsLine(statistics, pictures: media.watchVideo ? pictures.counted : nil)
                // Whoever no longer reads does not end the call.
                try? output.write(line, line.text)
            }
            if let limit = media.duration, .now - begun >= .seconds(limit.value) { await calls.hangUp() }
        }
    }
}

extension Failure {
    init(_ error: CallError) {
        let code: Code =
            switch error {
            case .noAccount: .missing
            case .off, .notAccepted, .blocked, .busy, .nothingRings, .noRelay: .notSent
            case .media, .missingPackage: .other
            case .storage: .disk
            }
        self.init(code, error.description)
    }
}
