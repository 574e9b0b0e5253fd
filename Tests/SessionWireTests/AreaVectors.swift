import ShallotTestSupport
import Testing

/// The vector files as a whole.
@Suite struct AreaVectors {
    @Test func `every vector file is claimed or listed as not yet claimed`() throws {
        let known = VectorAreas.claimed.union(VectorAreas.notYetClaimed).union(VectorAreas.data)
        #expect(try VectorFile.areas().subtracting(known).isEmpty)
    }

    @Test(arguments: VectorAreas.claimed.sorted())
    func `a claimed area has a file with uniquely named cases`(area: String) throws {
        let cases = try VectorFile.load(area).cases
        #expect(Set(cases.map(\.name)).count == cases.count)
    }
}
