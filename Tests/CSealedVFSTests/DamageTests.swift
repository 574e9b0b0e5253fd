import CSQLite
import CSealedVFS
import Testing

@Suite("A damaged database") struct DamageTests {
    private let place: Place
    private let good: [UInt8]
    private var pages: Int { good.count / Place.page }

    init() throws {
        place = try Place()
        let connection = try Connection(place.path, journal: .delete)
        try connection.run(Workload.schema)
        var workload = Workload(seed: 4)
        for _ in 0..<30 { try connection.run(workload.transaction()) }
        try connection.run("VACUUM")  // no free pages: those are never read
        good = try place.read()
    }

    @Test func `every page with one bit turned, at any place in it, is refused`() throws {
        var generator = Workload(seed: 11)
        for page in 0..<pages {
            let places = [0, 20, 4_055, 4_056, 4_079, 4_080, 4_095, Int.random(in: 0..<4_096, using: &generator)]
            for offset in page % 8 == 0 ? places : [places[page % 8]] {
                var bytes = good
                bytes[page * Place.page + offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                try place.write(bytes)
                #expect(throws: SQLiteFailure.self, "page \(page + 1), byte \(offset)") {
                    try place.readAll()
                }
            }
        }
        try place.write(good)
        #expect(try !place.readAll().isEmpty)
    }

    @Test func `two pages that changed places are refused`() throws {
        for (one, other) in [(1, 2), (3, pages - 1), (0, 4)] {
            var bytes = good
            bytes.replaceBlock(one, size: Place.page, with: good.block(other, size: Place.page))
            bytes.replaceBlock(other, size: Place.page, with: good.block(one, size: Place.page))
            try place.write(bytes)
            #expect(throws: SQLiteFailure.self) { try place.readAll() }
        }
    }

    @Test func `a page copied over another one is refused`() throws {
        for (from, to) in [(2, 3), (1, pages - 1), (4, 0)] {
            var bytes = good
            bytes.replaceBlock(to, size: Place.page, with: good.block(from, size: Place.page))
            try place.write(bytes)
            #expect(throws: SQLiteFailure.self) { try place.readAll() }
        }
    }

    @Test func `a page of zeros or of noise is refused`() throws {
        var generator = Workload(seed: 3)
        let noise = (0..<Place.page).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for page in [0, 2, pages - 1] {
            for block in [[UInt8](repeating: 0, count: Place.page), noise] {
                var bytes = good
                bytes.replaceBlock(page, size: Place.page, with: block)
                try place.write(bytes)
                #expect(throws: SQLiteFailure.self) { try place.readAll() }
            }
        }
    }

    @Test func `a file cut anywhere is refused`() throws {
        for length in [1, 99, 100, 4_095, 4_096, 4_097, good.count / 2, good.count - 4_096, good.count - 1] {
            try place.write(Array(good[..<length]))
            #expect(throws: SQLiteFailure.self, "\(length) bytes") { try place.readAll() }
        }
    }

    @Test func `a plain database is refused`() throws {
        let plain = try Place()
        try Connection(plain.path, isSealed: false).run(Workload.schema)
        #expect(throws: SQLiteFailure.self) { try plain.readAll() }
    }
}
