import CSQLite
import CSealedVFS
import Foundation
import Testing

/// A log is read from its start until it breaks, so a damaged one may only ever give an earlier committed state.
@Suite("The write-ahead log") struct LogTests {
    private let place: Place
    /// The contents after each commit, oldest first, and the frames in the log by then.
    private var states: [[[String]]] = []
    private var database: [UInt8] = []
    private var log: [UInt8] = []
    private var frames: Int { (log.count - 32) / Place.frame }

    init() throws {
        place = try Place()
        let connection = try Connection(place.path, journal: .wal)
        try connection.run(Workload.schema + "PRAGMA wal_checkpoint(TRUNCATE)")
        states.append([])
        var workload = Workload(seed: 21)
        for _ in 0..<12 {
            try connection.run(workload.transaction())
            states.append(try connection.contents())
        }
        database = try place.read()
        log = try place.read("-wal")
    }

    /// A fresh place with the database of before and this log.
    private func crashed(_ log: [UInt8], database: [UInt8]? = nil) throws -> Place {
        let copy = try Place()
        try Data(database ?? self.database).write(to: URL(filePath: copy.path))
        try Data(log).write(to: URL(filePath: copy.path + "-wal"))
        return copy
    }

    /// Opens it and says how many commits survived; fails if what is there never was.
    private func survivors(_ copy: Place) throws -> Int {
        try #require(states.lastIndex(of: try copy.readAll()), "a state that never was")
    }

    @Test func `an untouched log gives everything`() throws {
        #expect(try survivors(crashed(log)) == states.count - 1)
    }

    @Test func `a log cut at any frame, or inside of one, gives an earlier state`() throws {
        var last = 0
        for frame in 0...frames {
            for extra in [0, 10, 24, 2_000] {
                let length = min(log.count, 32 + frame * Place.frame + extra)
                let count = try survivors(crashed(Array(log[..<length])))
                #expect(count >= last)
                last = count
            }
        }
        #expect(last == states.count - 1)
    }

    @Test func `a turned bit ends the log where it is`() throws {
        var generator = Workload(seed: 5)
        for frame in stride(from: 0, to: frames, by: 2) {
            for offset in [
                0, 3, 4, 9, 16, 23, 24, 24 + 4_056, 24 + 4_095, Int.random(in: 0..<Place.frame, using: &generator),
            ] {
                var bytes = log
                bytes[32 + frame * Place.frame + offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                #expect(try survivors(crashed(bytes)) < states.count - 1)
            }
        }
    }

    @Test func `frames that changed places end the log`() throws {
        for (one, other) in [(0, 1), (2, frames - 1), (frames / 2, frames / 2 + 1)] {
            var bytes = log
            bytes.replaceBlock(
                one, size: Place.frame, header: 32, with: log.block(other, size: Place.frame, header: 32))
            bytes.replaceBlock(
                other, size: Place.frame, header: 32, with: log.block(one, size: Place.frame, header: 32))
            #expect(try survivors(crashed(bytes)) < states.count - 1)
        }
    }

    @Test func `a page of the log put into another frame does not open`() throws {
        for (from, to) in [(0, 1), (1, 0), (3, frames - 1)] {
            var bytes = log
            let page = Array(log.block(from, size: Place.frame, header: 32).dropFirst(24))
            bytes.replaceSubrange((32 + to * Place.frame + 24)..<(32 + (to + 1) * Place.frame), with: page)
            #expect(try survivors(crashed(bytes)) < states.count - 1)
        }
    }

    @Test func `a frame changed under a running connection is refused`() throws {
        let copy = try crashed(log)
        let connection = try Connection(copy.path)
        #expect(try connection.value("SELECT count(*) FROM message") != "0")
        let reader = try Connection(copy.path)
        var bytes = log
        for frame in 0..<frames { bytes[32 + frame * Place.frame + 24 + 100] ^= 1 }
        try copy.write(bytes, "-wal")
        #expect(throws: badPage) { try reader.contents() }
        try copy.write(log, "-wal")
        #expect(try reader.contents() == states.last)
    }

    @Test func `a frame that claims another page is refused even with the right checksums`() throws {
        // The log's checksum is linear: whoever changes the page number by one can mend the sums without knowing the page.
        var bytes = log
        let head = 32 + (frames - 1) * Place.frame
        let delta: UInt32 = bytes[head + 3] == 3 ? 1 : 3 &- UInt32(bytes[head + 3])  // now it claims to be page 3, or 4
        bytes[head + 3] = UInt8(truncatingIfNeeded: UInt32(bytes[head + 3]) &+ delta)
        var sums: (UInt32, UInt32) = (0, 0)
        for pair in 0..<((8 + Place.page) / 8) {
            sums.0 = sums.0 &+ (pair == 0 ? (delta << 24) : 0) &+ sums.1
            sums.1 = sums.1 &+ sums.0
        }
        func mend(_ offset: Int, by sum: UInt32) {
            let old = bytes[offset..<(offset + 4)].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
            for i in 0..<4 { bytes[offset + i] = UInt8(truncatingIfNeeded: (old &+ sum) >> UInt32(24 - 8 * i)) }
        }
        mend(head + 16, by: sums.0)
        mend(head + 20, by: sums.1)
        let copy = try crashed(bytes)
        #expect(try survivors(copy) < states.count - 1)
    }

    @Test func `a checkpoint torn after any write loses nothing`() throws {
        let whole = try crashed(log)
        let connection = try Connection(whole.path)
        try connection.run("PRAGMA wal_checkpoint(PASSIVE)")
        let after = try whole.read()
        for page in 0..<(after.count / Place.page) {
            for torn in [false, true] {
                // Pages before `page` are written, `page` itself is half new, half old.
                var bytes = Array(after[..<(page * Place.page)])
                if torn { bytes += after[bytes.count..<(bytes.count + 2_048)] }
                bytes += database.dropFirst(bytes.count)
                #expect(try survivors(crashed(log, database: bytes)) == states.count - 1, "page \(page + 1)")
            }
        }
    }
}
