import BaseKit
import SessionWire
import Synchronization

/// The network's time, extrapolated on a monotonic clock, so that neither a wrong system clock nor a change of it matters.
/// Reading it takes a lock and an addition. Before the first measurement it gives the system's time.
/// - Source: network.md §1.6
final class NetworkClock: Sendable {
    /// Replies that are further apart than this correct the clock.
    static let driftLimit = Duration.seconds(2)
    /// Replies of which the median decides about a correction.
    static let driftSamples = 10
    /// Nothing that this network says lies before it: 2021.
    static let earliest: UInt64 = 1_609_459_200_000
    /// 2100: later is nonsense, and far from any overflow.
    static let latest: UInt64 = 4_102_444_800_000

    struct Sample: Equatable, Sendable {
        let milliseconds: UInt64
        let instant: ContinuousClock.Instant
        /// How far the node's clock may be from this either way: nobody knows which half of the trip was the longer one.
        let uncertainty: Duration

        /// A node's answer to a question: half of the round trip has passed since the node wrote it.
        /// `nil` when the time lies outside of what can be.
        init?(milliseconds: UInt64, asked: ContinuousClock.Instant, answered: ContinuousClock.Instant) {
            guard (NetworkClock.earliest...NetworkClock.latest).contains(milliseconds) else { return nil }
            self.milliseconds = milliseconds
            uncertainty = (answered - asked) / 2
            instant = asked + uncertainty
        }

        /// The machine's own clock, read just now.
        init(machine milliseconds: UInt64, at instant: ContinuousClock.Instant) {
            (self.milliseconds, self.instant, uncertainty) = (milliseconds, instant, .zero)
        }

        /// What the time is at `other`, going by this sample.
        func time(at other: ContinuousClock.Instant) -> Int64 {
            Int64(milliseconds) + (other - instant).milliseconds
        }
    }

    private struct State {
        var base: Sample?
        var measuredAt: ContinuousClock.Instant?
        var recent: [(node: ServiceNodeID, sample: Sample)] = []
    }

    private let state = Mutex(State())
    /// Unix milliseconds of the machine's own clock.
    private let systemTime: @Sendable () -> UInt64

    init(systemTime: @escaping @Sendable () -> UInt64) { self.systemTime = systemTime }

    /// Unix milliseconds.
    func now() -> UInt64 {
        let base = state.withLock { $0.base }
        guard let base else { return systemTime() }
        return UInt64(max(0, base.time(at: .now)))
    }

    var isSet: Bool { state.withLock { $0.base != nil } }

    /// Network time minus the machine's; `nil` before the first measurement.
    var offset: Duration? {
        guard isSet else { return nil }
        return .milliseconds(Int64(now()) - Int64(systemTime()))
    }

    /// How long ago nodes were asked; `nil` for never.
    var age: Duration? { state.withLock { $0.measuredAt }.map { .now - $0 } }

    /// Takes the median of what several nodes answered. An empty list changes nothing. A machine whose own clock agrees with
    /// them as far as the answers can tell is believed: its clock is better than a measurement over three hops, whose error
    /// would put a quick answer above the message that it answers.
    func set(_ samples: [Sample]) {
        let now = ContinuousClock.now
        guard var median = Self.median(samples, at: now) else { return }
        let machine = Sample(machine: systemTime(), at: now)
        let difference = median.time(at: now) - Int64(clamping: machine.milliseconds)
        if .milliseconds(Int64(difference.magnitude)) <= median.uncertainty { median = machine }
        state.withLock { $0 = State(base: median, measuredAt: now) }
    }

    /// Learns from the `t` of an ordinary reply. Only when the median of the latest ten, from at least three nodes,
    /// disagrees by more than two seconds is the clock set again.
    func learn(_ sample: Sample, from node: ServiceNodeID) {
        let now = ContinuousClock.now
        state.withLock { state in
            guard let base = state.base else { return }
            state.recent.append((node, sample))
            guard state.recent.count >= Self.driftSamples else { return }
            if state.recent.count > Self.driftSamples { state.recent.removeFirst() }
            guard Set(state.recent.map(\.node)).count >= 3,
                let median = Self.median(state.recent.map(\.sample), at: now)
            else { return }
            let drift = median.time(at: now) - base.time(at: now)
            guard drift.magnitude > UInt64(Self.driftLimit.milliseconds) else { return }
            state.base = median
            state.recent = []
        }
    }

    private static func median(_ samples: [Sample], at instant: ContinuousClock.Instant) -> Sample? {
        guard !samples.isEmpty else { return nil }
        return samples.sorted { $0.time(at: instant) < $1.time(at: instant) }[samples.count / 2]
    }
}
