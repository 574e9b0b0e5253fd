import Testing

@testable import MediaKit

@Suite("Adapting to the way") struct AdaptationTests {
    /// Lets a packet come every 20 ms, so many milliseconds late.
    private func play(_ late: [Int], into jitter: inout JitterAdapter, from first: Int = 0) -> [Int] {
        late.enumerated().map { index, late in
            let number = first + index
            let timestamp = UInt32(truncatingIfNeeded: 4_294_960_000 + number * 960)
            _ = jitter.arrived(at: Int64(number * 20_000 + late * 1_000), timestamp: timestamp)
            return jitter.latency
        }
    }

    @Test func `a late packet makes sound wait longer at once, up to a limit`() {
        var jitter = JitterAdapter()
        #expect(play([0, 0, 0], into: &jitter).last == 60)
        #expect(play([100, 0], into: &jitter, from: 3) == [120, 120])
        #expect(play([1_000, 0], into: &jitter, from: 5) == [260, 260])
    }

    @Test func `a calm way makes it wait less, but never less than it jitters`() {
        var jitter = JitterAdapter()
        #expect(play(Array(repeating: 0, count: 1_000), into: &jitter).last == 30)
        var rough = JitterAdapter()
        let waits = play((0..<1_000).map { $0 % 7 == 0 ? 55 : 0 }, into: &rough)
        #expect(waits.last == 80)
        #expect(abs(rough.jitter - 16) < 8)
    }

    @Test func `what happened once is forgotten, bit by bit`() {
        var jitter = JitterAdapter()
        let waits = play((0..<2_000).map { $0 == 10 ? 200 : 0 }, into: &jitter)
        #expect(waits[10] == 220)
        #expect(waits[600] < 160)
        #expect(waits.last == 30)
        #expect(zip(waits.dropFirst(11), waits.dropFirst(12)).allSatisfy { $0 >= $1 })
    }

    @Test func `one in a hundred may be late`() {
        var jitter = JitterAdapter()
        _ = play(Array(repeating: 0, count: 400), into: &jitter)
        #expect(play([150, 140, 130, 0], into: &jitter, from: 400).allSatisfy { $0 == 30 })
        #expect(play([150, 140, 130, 0], into: &jitter, from: 404).last == 150)
    }

    @Test func `a sender that begins anew does no harm`() {
        var jitter = JitterAdapter()
        _ = play(Array(repeating: 0, count: 100), into: &jitter)
        _ = jitter.arrived(at: 2_100_000, timestamp: 77)
        #expect(play(Array(repeating: 0, count: 100), into: &jitter, from: 200).last == 30)
    }

    @Test func `pictures grow only where there is more to see, and it takes more to grow than to stay`() {
        #expect(PictureSize.middle.next(rate: 1_500_000, isLarge: false, isScreen: false) == .middle)
        #expect(PictureSize.middle.next(rate: 900_000, isLarge: true, isScreen: false) == .middle)
        #expect(PictureSize.middle.next(rate: 1_000_000, isLarge: true, isScreen: false) == .large)
        #expect(PictureSize.large.next(rate: 900_000, isLarge: true, isScreen: false) == .large)
        #expect(PictureSize.large.next(rate: 600_000, isLarge: true, isScreen: false) == .middle)
        #expect(PictureSize.middle.next(rate: 100_000, isLarge: true, isScreen: false) == .small)
        #expect(PictureSize.middle.next(rate: 500_000, isLarge: true, isScreen: true) == .large)
        #expect(PictureSize.large.next(rate: 150_000, isLarge: true, isScreen: true) == .middle)
    }
}
