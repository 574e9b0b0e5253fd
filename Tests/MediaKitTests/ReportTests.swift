import Testing

@testable import MediaKit

@Suite("Reports of the other side") struct ReportTests {
    private func report(
        _ source: UInt32, highest: UInt32, lost: Int32, roundTrip: Double? = nil
    ) -> ReceiverReports.Report {
        ReceiverReports.Report(source: source, highest: highest, lost: lost, roundTrip: roundTrip)
    }

    @Test func `losses are those of all streams together since they were asked for last`() {
        let reports = ReceiverReports(of: [1, 2])
        #expect(reports.takeLost() == nil)
        reports.heard(report(1, highest: 1_000, lost: 7))
        reports.heard(report(2, highest: 500, lost: 0))
        #expect(reports.takeLost() == nil)  // the first one is where counting begins
        reports.heard(report(1, highest: 1_050, lost: 12))
        reports.heard(report(2, highest: 550, lost: 5))
        #expect(reports.takeLost() == 0.1)
        #expect(reports.takeLost() == nil)
        // Two reports between two looks: both count.
        reports.heard(report(1, highest: 1_060, lost: 17))
        reports.heard(report(1, highest: 1_070, lost: 17))
        #expect(reports.takeLost() == 0.25)
    }

    @Test func `streams that are not ours say nothing`() {
        let reports = ReceiverReports(of: [1])
        reports.heard(report(9, highest: 0, lost: 0, roundTrip: 3))
        reports.heard(report(9, highest: 100, lost: 100, roundTrip: 3))
        #expect(reports.takeLost() == nil)
        #expect(reports.roundTrip == nil)
    }

    @Test func `numbers that wrap, go back or make no sense do no harm`() {
        let reports = ReceiverReports(of: [1])
        reports.heard(report(1, highest: .max - 9, lost: 0))
        reports.heard(report(1, highest: 10, lost: 2))
        #expect(reports.takeLost() == 0.1)
        reports.heard(report(1, highest: 4, lost: .min))
        #expect(reports.takeLost() == nil)
        reports.heard(report(1, highest: 14, lost: .max))
        #expect(reports.takeLost() == 1)
        reports.heard(report(1, highest: 24, lost: 0))
        #expect(reports.takeLost() == 0)
    }

    @Test func `the way there and back is kept while a report does not tell it`() {
        let reports = ReceiverReports(of: [1])
        reports.heard(report(1, highest: 1, lost: 0, roundTrip: 0.25))
        reports.heard(report(1, highest: 2, lost: 0))
        #expect(reports.roundTrip == 0.25)
    }
}
