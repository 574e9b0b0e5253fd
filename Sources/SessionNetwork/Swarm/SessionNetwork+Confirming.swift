import Logging
import SessionWire

/// A message that less than half of its swarm holds.
struct Unconfirmed: Sendable {
    let request: StoreRequest
    /// Pauses that are over.
    var attempts = 0
    var due: ContinuousClock.Instant
}

extension SessionNetwork {
    /// Further ones are left to the swarm itself: 64 messages of the largest size are 5 MB.
    private static let maximumUnconfirmed = 64

    /// Nothing in the network repairs a store that members missed, and a recipient asks only one of them at a time. The
    /// same bytes are the same message, so that storing them again does no harm. What waits here is lost with the
    /// process; the members that have confirmed hold the message all the same.
    /// - Source: network.md §4.4, §4.16
    func confirmLater(_ request: StoreRequest) {
        guard let pause = options.confirmationPauses.first, unconfirmed.count < Self.maximumUnconfirmed else { return }
        let hash = request.expectedHash
        guard unconfirmed[hash] == nil else { return }
        log.info("A message is on less than half of its swarm")
        unconfirmed[hash] = Unconfirmed(request: request, due: .now + pause)
        // The one that sleeps may sleep for longer.
        confirmWork?.cancel()
        confirmWork = nil
        confirmWaiting()
    }

    /// Starts what `confirmLater` has planned, unless that is going on.
    func confirmWaiting() {
        guard confirmWork == nil, !unconfirmed.isEmpty, isRunning, isAvailable else { return }
        let started = generation
        confirmWork = Task { [weak self] in
            while let due = await self?.nextConfirmation(started) {
                // Only being cancelled ends a sleep early, and then the next round ends the loop.
                try? await Task.sleep(until: due, tolerance: .seconds(1), clock: .continuous)
                await self?.confirmDue(started)
            }
        }
    }

    /// When the next message is due; `nil` ends the work.
    private func nextConfirmation(_ started: UInt64) -> ContinuousClock.Instant? {
        guard started == generation, !Task.isCancelled else { return nil }
        let due = unconfirmed.values.map(\.due).min()
        if due == nil { confirmWork = nil }
        return due
    }

    private func confirmDue(_ started: UInt64) async {
        let now = ContinuousClock.now
        for (hash, waiting) in unconfirmed where waiting.due <= now {
            guard started == generation, !Task.isCancelled else { return }
            // A failure is one more attempt: the next pause is longer.
            let receipt = try? await storeOnce(waiting.request)
            guard started == generation, !Task.isCancelled else { return }
            let attempts = waiting.attempts + 1
            if receipt?.isSettled == true || attempts >= options.confirmationPauses.count {
                unconfirmed[hash] = nil
            } else {
                unconfirmed[hash]?.attempts = attempts
                unconfirmed[hash]?.due = .now + options.confirmationPauses[attempts]
            }
        }
    }
}
