import Foundation
import ShallotTestSupport
import Testing

@testable import MediaKit

@Suite("A running connection", .serialized) struct RunningCallTests {
    private let folder = TemporaryFolder.fresh("media")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    private func connected(_ recording: URL? = nil) async throws -> Pair {
        let pair = try Pair(
            PeerOptions(channelID: 548, microphone: .tone(440), camera: .numbered),
            PeerOptions(channelID: 548, sound: AudioOutput(recording: recording)))
        try await pair.connect()
        for events in [pair.callerEvents, pair.calleeEvents] {
            try await eventually("the connection") { await events.has(.up) }
        }
        return pair
    }

    @Test(.timeLimit(.minutes(2))) func `a source that cannot be had is refused, and the call goes on`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let pair = try await connected()
        let missing = AudioInput.file(folder.appending(path: "not there.wav"))
        await #expect(throws: MediaError.self) { try await pair.caller.setMicrophone(missing) }
        let before = await pair.callee.statistics().receivedPackets
        try await eventually("more packets") { await pair.callee.statistics().receivedPackets > before + 50 }
        await pair.stop()
    }

    /// Which of its reports a side puts last is up to chance, so several are tried.
    @Test(.timeLimit(.minutes(3))) func `each side learns from the other how much its pictures may take`() async throws
    {
        defer { try? FileManager.default.removeItem(at: folder) }
        for _ in 0..<4 {
            let options = PeerOptions(channelID: 548, microphone: .tone(440), camera: .numbered)
            let pair = try Pair(options, options)
            try await pair.connect()
            for peer in [pair.caller, pair.callee] {
                try await eventually("more than it begins with") {
                    await peer.statistics().pictureRate > Sending.firstPictureRate
                }
                #expect(await peer.statistics().lost == 0)
            }
            await pair.stop()
        }
    }

    @Test(.timeLimit(.minutes(2))) func `a new ICE generation keeps the keys, and packets flow on`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let pair = try await connected()
        let offer = try await pair.caller.restart()
        let answer = try await pair.callee.answerAgain(offer, setup: "active")
        try await pair.caller.apply(answer: answer)
        // The other side has forgotten our candidates.
        for text in await pair.callerEvents.candidates { await pair.callee.add(candidate: text, mediaIndex: 0) }
        for text in await pair.calleeEvents.candidates { await pair.caller.add(candidate: text, mediaIndex: 0) }
        for events in [pair.callerEvents, pair.calleeEvents] {
            try await eventually("the connection again") { await events.events.count { $0 == .up } > 1 }
        }
        let before = await pair.callee.statistics().receivedPackets
        try await eventually("more packets") { await pair.callee.statistics().receivedPackets > before + 50 }
        await pair.stop()
    }

    @Test(.timeLimit(.minutes(2))) func `silence on the line is noticed within seconds, and its end too`() async throws
    {
        defer { try? FileManager.default.removeItem(at: folder) }
        let pair = try await connected()
        await pair.caller.lose(1)
        await pair.callee.lose(1)
        try await eventually("it is down") { await pair.calleeEvents.has(.down) }
        await pair.caller.lose(0)
        await pair.callee.lose(0)
        try await eventually("it is up again") { await pair.calleeEvents.events.last == .up }
        await pair.stop()
    }

    @Test(.timeLimit(.minutes(5))) func `after many calls no descriptor and no thread is left`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        func count(_ what: String) throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/\(what)").count
        }
        // The first ones start what stays: thread pools and registries.
        for _ in 0..<2 { await (try connected()).stop() }
        let (descriptors, threads) = (try count("fd"), try count("task"))
        for _ in 0..<8 { await (try connected()).stop() }
        try await eventually("everything is given back") {
            try count("fd") <= descriptors + 2 && count("task") <= threads + 4
        }
    }
}
