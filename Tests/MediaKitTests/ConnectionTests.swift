import Foundation
import ShallotTestSupport
import Testing

@testable import MediaKit

@Suite("Two peers", .serialized) struct ConnectionTests {
    private let folder = TemporaryFolder.fresh("media")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    private func options(_ tone: Double, _ name: String) -> PeerOptions {
        PeerOptions(
            channelID: 548, microphone: .tone(tone), camera: .numbered,
            sound: AudioOutput(recording: folder.appending(path: "\(name).wav")),
            picture: VideoOutput(recording: folder.appending(path: "\(name).mkv")))
    }

    @Test(.timeLimit(.minutes(3))) func `sound, picture and texts arrive both ways`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let pair = try Pair(options(440, "caller"), options(1_000, "callee"))
        try await pair.connect(ringing: .seconds(2))
        for (peer, events) in [(pair.caller, pair.callerEvents), (pair.callee, pair.calleeEvents)] {
            try await eventually("the connection") { await events.has(.up) }
            try await eventually("the channel") { await events.has(.channelOpen) }
            await peer.send("hello")
        }
        try await eventually("the texts") {
            let (first, second) = await (pair.callerEvents.has(.text("hello")), pair.calleeEvents.has(.text("hello")))
            return first && second
        }
        let wave = folder.appending(path: "callee.wav")
        try await eventually("three seconds of sound") {
            try Data(contentsOf: wave).count > 3 * 96_000
        }
        let statistics = await pair.caller.statistics()
        #expect(statistics.path?.isRelayed == false)
        #expect(statistics.receivedPackets > 100)
        let sizes = try #require(statistics.soundPacketSizes)
        #expect(sizes.lowerBound == sizes.upperBound)
        // One peer ends before the other, so this is looked at while both are there.
        for (name, own, other) in [("caller", 440.0, 1_000.0), ("callee", 1_000, 440)] {
            try await eventually("a second of the other side's tone at \(name)") {
                let heard = try Recordings.samples(of: folder.appending(path: "\(name).wav")).suffix(48_000)
                return Recordings.holds(other, in: heard) && !Recordings.holds(own, in: heard)
            }
        }
        await pair.stop()
        for name in ["caller", "callee"] {
            let numbers = try await Recordings.numbers(in: folder.appending(path: "\(name).mkv"))
            #expect(numbers.count > 30)
            #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    @Test(.timeLimit(.minutes(2))) func `a wrong certificate lets nothing through`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let pair = try Pair(options(440, "caller"), options(1_000, "callee"))
        try await pair.connect(forging: true)
        try await eventually("the refusal") { await pair.calleeEvents.has(.failed(.wrongCertificate)) }
        await pair.stop()
        try await eventually("the end") { await pair.calleeEvents.hasEnded }
        #expect(await !pair.calleeEvents.has(.up))
        #expect(await !pair.calleeEvents.has(.channelOpen))
        #expect(try Recordings.samples(of: folder.appending(path: "callee.wav")).isEmpty)
        #expect(try Recordings.samples(of: folder.appending(path: "caller.wav")).isEmpty)
    }
}
