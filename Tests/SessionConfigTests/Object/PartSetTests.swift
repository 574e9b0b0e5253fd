import Foundation
import ShallotTestSupport
import SodiumKit
import Testing

@testable import SessionConfig

@Suite struct PartSetTests {
    private let now = Date(timeIntervalSince1970: 1_775_000_000)

    private func parts(_ seed: UInt64, count: Int) throws -> (padded: [UInt8], parts: [ConfigMultipart.Part]) {
        var random = SeededRandom(seed: seed)
        let padded = ConfigPadding.pad([UInt8(ascii: "d")] + random.bytes(ConfigMultipart.chunk * (count - 1)))
        let cut = try ConfigMultipart.parts(of: padded)
        #expect(cut.count == count)
        return (padded, try cut.map { try ConfigMultipart.part($0) })
    }

    @Test func `parts come in any order and more than once`() throws {
        let (padded, parts) = try parts(1, count: 4)
        for order in [[0, 1, 2, 3], [3, 1, 0, 2], [2, 2, 3, 3, 0, 0, 1]] {
            var sets = PartSets()
            var whole: PartSets.Complete?
            for (step, index) in order.enumerated() {
                #expect(whole == nil)
                whole = try sets.add(parts[index], from: "m\(index)", now: now + Double(step))
            }
            #expect(whole?.padded == padded)
            #expect(whole?.messageIDs == ["m0", "m1", "m2", "m3"])
            #expect(sets.messageIDs.isEmpty)
            // A late repetition starts nothing anew.
            #expect(try sets.add(parts[0], from: "again", now: now) == nil)
            #expect(sets.messageIDs.isEmpty)
        }
    }

    @Test func `two configs do not mix`() throws {
        let (first, second) = (try parts(1, count: 2), try parts(2, count: 2))
        var sets = PartSets()
        #expect(try sets.add(first.parts[0], from: "a", now: now) == nil)
        #expect(try sets.add(second.parts[1], from: "b", now: now) == nil)
        #expect(try sets.add(first.parts[1], from: "c", now: now)?.padded == first.padded)
        #expect(try sets.add(second.parts[0], from: "d", now: now)?.padded == second.padded)
    }

    @Test func `parts that contradict each other are refused`() throws {
        let (_, parts) = try parts(1, count: 3)
        var sets = PartSets()
        #expect(try sets.add(parts[0], from: "a", now: now) == nil)
        let other = ConfigMultipart.Part(finalHash: parts[1].finalHash, index: 1, count: 2, chunk: parts[1].chunk)
        #expect(throws: ConfigError.malformed) { try sets.add(other, from: "b", now: now) }
        let wrong = ConfigMultipart.Part(finalHash: parts[1].finalHash, index: 1, count: 3, chunk: [1])
        #expect(try sets.add(wrong, from: "c", now: now) == nil)
        #expect(throws: ConfigError.malformed) { try sets.add(parts[2], from: "d", now: now) }
    }

    @Test func `incomplete sets are given up after a week, and there are not many`() throws {
        let (_, parts) = try parts(1, count: 2)
        var sets = PartSets()
        #expect(try sets.add(parts[0], from: "a", now: now) == nil)
        #expect(try sets.add(parts[1], from: "b", now: now + PartSets.patience + 1) == nil)
        #expect(sets.messageIDs == ["b"])
        for number in 0..<PartSets.limit {
            let hash = [UInt8](repeating: UInt8(number), count: 32)
            let part = ConfigMultipart.Part(finalHash: hash, index: 0, count: 2, chunk: [1])
            let later = now + PartSets.patience + Double(number + 2)
            #expect(try sets.add(part, from: "x\(number)", now: later) == nil)
        }
        // The one that has waited longest has made room.
        #expect(sets.messageIDs.sorted() == (0..<PartSets.limit).map { "x\($0)" }.sorted())
    }

    @Test func `what is complete takes no place from what is not, and the oldest of it is forgotten`() throws {
        var sets = PartSets()
        let waiting = try parts(1, count: 2)
        #expect(try sets.add(waiting.parts[0], from: "waiting", now: now) == nil)
        for number in 0..<(PartSets.memoryLimit + 10) {
            sets.remember([UInt8](repeating: UInt8(number), count: 32), now: now + Double(number))
        }
        #expect(sets.entries.count == PartSets.memoryLimit + 1)
        #expect(sets.entries[[UInt8](repeating: 9, count: 32)] == nil)
        #expect(sets.entries[[UInt8](repeating: 10, count: 32)] != nil)
        #expect(try sets.add(waiting.parts[1], from: "more", now: now)?.padded == waiting.padded)
    }

    @Test func `what is kept comes back`() throws {
        let (padded, parts) = try parts(1, count: 2)
        var sets = PartSets()
        #expect(try sets.add(parts[0], from: "a", now: now) == nil)
        var loaded = PartSets(sets.bencoded)
        #expect(loaded == sets)
        #expect(try loaded.add(parts[1], from: "b", now: now)?.padded == padded)
    }

    @Test func `damaged parts are refused`() throws {
        let sample = try ConfigMultipart.parts(of: [UInt8](repeating: 7, count: ConfigMultipart.chunk + 1))[1]
        for bytes in BrokenInput.truncations(of: sample).filter({ $0.count < sample.count - 4 }) {
            #expect(throws: ConfigError.self) { try ConfigMultipart.part(bytes) }
        }
        for bytes in BrokenInput.bitFlips(of: sample) + BrokenInput.noise(seed: 3) {
            if let part = try? ConfigMultipart.part(bytes) { #expect(part.index < part.count) }
        }
    }
}
