import ShallotModels
import Testing

@Suite("Which rows are made next") struct RowGrowthTests {
    @Test func `a conversation grows from its end`() {
        let ids = Array(0..<100)
        let first = RowGrowth.run(of: ids, around: 99, realised: [], atMost: 16)
        #expect(first == 84..<100)
        #expect(RowGrowth.run(of: ids, around: 99, realised: Set(ids[first]), atMost: 10) == 74..<100)
    }

    @Test func `two rows below are made for each above`() {
        #expect(RowGrowth.run(of: Array(0..<100), around: 50, realised: [], atMost: 9) == 47..<56)
    }

    @Test func `rows that exist cost nothing`() {
        let ids = Array(0..<150)
        #expect(RowGrowth.run(of: ids, around: 60, realised: Set(50..<150), atMost: 10) == 40..<150)
        #expect(RowGrowth.run(of: ids, around: 149, realised: Set(0..<147), atMost: 10) == 0..<150)
    }

    @Test func `rows behind a gap wait until the gap is filled`() {
        #expect(RowGrowth.run(of: Array(0..<100), around: 99, realised: Set(0..<50), atMost: 20) == 80..<100)
    }

    @Test func `steps end with all rows, wherever they begin`() {
        let ids = Array(0..<37)
        for start in [-5, 0, 20, 36, 90] {
            var realised: Set<Int> = []
            for _ in 0..<4 {
                let run = RowGrowth.run(of: ids, around: start, realised: realised, atMost: 10)
                #expect(run.count <= realised.count + 10)
                realised = Set(ids[run])
            }
            #expect(realised.count == 37)
        }
        #expect(RowGrowth.run(of: [Int](), around: 3, realised: [], atMost: 5).isEmpty)
    }
}
