import SessionNetwork
import ShallotModels
import Testing

@Suite struct NetworkSummaryTests {
    @Test(
        arguments: [
            (NetworkStatus(phase: .offline), NetworkSummary.Level.offline, "Offline"),
            (NetworkStatus(phase: .connecting), .connecting, "Connecting"),
            (NetworkStatus(phase: .connecting, readyPaths: 1), .onePath, "1 path"),
            (NetworkStatus(phase: .ready, readyPaths: 1), .onePath, "1 path"),
            (NetworkStatus(phase: .ready, readyPaths: 2), .ready, "2 paths"),
            (NetworkStatus(phase: .ready, readyPaths: 0), .connecting, "Connecting"),
        ] as [(NetworkStatus, NetworkSummary.Level, String)])
    func `the state has a ring and words`(status: NetworkStatus, level: NetworkSummary.Level, words: String) {
        let summary = NetworkSummary(status)
        #expect(summary.level == level)
        #expect(summary.words == words)
    }
}
