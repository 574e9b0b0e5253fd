/// How long sound waits for late packets: as short as the way allows, learned from every packet that comes.
///
/// A packet's transit is its arrival less its timestamp. How much longer it is than the shortest one among the latest
/// packets is how late the packet is, whatever the two clocks say. It may be 1 of 100 that misses its time: what it held is
/// made up for.
/// - Source: RFC 3550 §6.4.1 (transit, interarrival jitter)
struct JitterAdapter: Sendable {
    /// Milliseconds.
    static let (first, shortest, longest) = (60, 30, 260)
    /// Packets that are remembered: ten seconds.
    private static let memory = 500
    /// Packets between two looks at whether less would do: a second.
    private static let pause = 50
    /// Milliseconds that a packet shall be early.
    private static let slack = 20
    /// Milliseconds by which the wait changes.
    private static let step = 10
    /// Timestamps go in forty-eighths of a millisecond.
    /// - Source: RFC 7587 §4.1
    private static let clock: Int64 = 48
    /// A jump by more than so many seconds is a new beginning.
    private static let jump: Int64 = 10

    private(set) var latency = first
    /// Mean deviation of the distances between packets, in milliseconds.
    private(set) var jitter = 0.0
    /// Microseconds of each remembered packet, in a ring.
    private var transits: [Int64] = []
    private var place = 0
    private var sinceLook = 0
    private var last: (arrival: Int64, timestamp: UInt32)?
    private var transit: Int64 = 0

    init() {}

    /// Takes note of one packet.
    /// - Parameters:
    ///   - arrival: microseconds of a clock that never goes back.
    ///   - timestamp: of the packet, 48 a millisecond; it wraps around.
    /// - Returns: whether ``latency`` changed.
    mutating func arrived(at arrival: Int64, timestamp: UInt32) -> Bool {
        defer { last = (arrival, timestamp) }
        guard let last else { return false }
        let distance = Int64(Int32(bitPattern: timestamp &- last.timestamp))
        guard abs(distance) < Self.jump * 1_000 * Self.clock, abs(arrival - last.arrival) < Self.jump * 1_000_000 else {
            (transits, place, transit) = ([], 0, 0)
            return false
        }
        let change = arrival - last.arrival - distance * 1_000 / Self.clock
        transit += change
        jitter += (Double(abs(change)) / 1_000 - jitter) / 16
        remember()
        return adapt()
    }

    private mutating func remember() {
        if transits.count < Self.memory {
            transits.append(transit)
        } else {
            transits[place] = transit
            place = (place + 1) % Self.memory
        }
    }

    /// Longer at once, shorter bit by bit.
    private mutating func adapt() -> Bool {
        let before = latency
        sinceLook += 1
        let isLate = transit - (transits.min() ?? transit) > Int64(latency - Self.slack) * 1_000
        guard isLate || sinceLook >= Self.pause else { return false }
        let wanted = wanted
        if wanted > latency {
            latency = wanted
        } else if sinceLook >= Self.pause, latency - wanted >= Self.step {
            latency -= max(Self.step, (latency - wanted) / 40 * Self.step)
        }
        if sinceLook >= Self.pause { sinceLook = 0 }
        return latency != before
    }

    /// What would have been enough for all but a hundredth of the remembered packets.
    private var wanted: Int {
        let sorted = transits.sorted()
        guard let shortest = sorted.first else { return latency }
        let late = Int((sorted[sorted.count - 1 - sorted.count / 100] - shortest) / 1_000)
        return min(max((late + Self.slack + Self.step - 1) / Self.step * Self.step, Self.shortest), Self.longest)
    }
}
