import Foundation
import SessionWire
import ShallotTestSupport
import Testing

@testable import ShallotModels

@MainActor @Suite("The debug log", .timeLimit(.minutes(1))) struct DebugLogTests {
    @Test(arguments: [
        ("for \(Samples.maria.description) now", "for [id] now"),
        ("node 05ab…9f3c was dropped", "node 05ab…9f3c was dropped"),
        ("10.0.0.7:443 refused", "[address] refused"), ("at 192.168.1.20.", "at [address]"),
        ("[2001:db8::1] refused", "[[address]] refused"),
        ("https://seed1.example.org:4443/x failed", "[server] failed"),
        ("seed1.example.org failed", "[server] failed"), ("cannot open /home/maria/key", "cannot open [path]"),
        ("path 2 failed after 14 ms: timedOut", "path 2 failed after 14 ms: timedOut"),
    ])
    func `what could tell who or where is taken out`(line: String, expected: String) {
        #expect(Censor.apply(to: line) == expected)
    }

    @Test func `the oldest lines go when there is no more room`() {
        let log = DebugLog()
        let words = String(repeating: "word ", count: 90)
        for number in 1...5_000 { log.append("\(number) \(words)", level: "info", source: "test") }
        let lines = log.lines
        #expect(lines.reduce(0) { $0 + $1.utf8.count + 1 } <= DebugLog.maximumSize)
        #expect(lines.last?.contains(": 5000 ") == true)
        #expect(lines.first?.contains(": 1 ") == false)
        #expect(!lines.contains(""))
    }

    @Test func `a line is one line of limited length`() {
        let log = DebugLog()
        log.append("a\nb" + String(repeating: "x", count: 10_000), level: "info", source: "test")
        #expect(log.lines.count == 1)
        #expect(log.lines[0].contains("a b"))
        #expect(log.lines[0].count < 600)
    }

    @Test func `details end by themselves`() async {
        let sleep = ManualSleep()
        let log = DebugLog()
        let model = DebugLogModel(log, surroundings: Samples.surroundings(sleep))
        model.setDetailed(true)
        #expect(log.isDetailed)
        await until { sleep.durations == [DebugLogModel.detailTime] }
        sleep.wake()
        await until { !log.isDetailed && !model.isDetailed }
    }

    @Test func `the saved file is what the page shows`() throws {
        let log = DebugLog(facts: ["Shallot 1"])
        log.append("something", level: "notice", source: "test")
        let model = DebugLogModel(log, surroundings: Samples.surroundings())
        let file = TemporaryFolder.fresh("log")
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(model.save(to: file))
        #expect(try String(contentsOf: file, encoding: .utf8) == model.text)
        #expect(model.text.hasPrefix("Shallot 1\n"))
        #expect(!model.save(to: URL(filePath: "/proc/nowhere/log")))
        #expect(model.notice != nil)
    }
}
