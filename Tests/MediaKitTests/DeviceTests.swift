import Foundation
import Synchronization
import Testing

@testable import MediaKit

private func toneFile(_ frequency: Double, seconds: Double) -> [UInt8] {
    Recordings.file((0..<Int(48_000 * seconds)).map { 0.5 * sin(2 * .pi * frequency * Double($0) / 48_000) })
}

/// The latest loudness of a source.
private final class Loudness: Sendable {
    let meter = LevelMeter()
    private let latest = Mutex<(level: Double, count: Int)>((0, 0))
    private let reader = Mutex<Task<Void, Never>?>(nil)

    init(_ source: String) async throws {
        try await meter.start(source)
        let levels = meter.levels
        reader.withLock {
            $0 = Task { [weak self] in
                for await level in levels { self?.latest.withLock { $0 = (level, $0.count + 1) } }
            }
        }
    }

    var level: Double { latest.withLock { $0.level } }
    var count: Int { latest.withLock { $0.count } }
}

@Suite("Devices", .serialized, .enabled(if: SoundServer.isInstalled, "PulseAudio is not installed"))
struct DeviceTests {
    /// Of the whole process: other tests come and go.
    private func openFiles() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }

    @Test(.timeLimit(.minutes(2))) func `looking for devices keeps no files open`() async throws {
        let server = try await SoundServer()
        defer { server.end() }
        func look() async throws {
            let devices = MediaDevices()
            try await devices.start()
            await devices.stop()
        }
        // What the first look opens stays for all that follow.
        try await look()
        let before = try openFiles()
        for _ in 0..<20 { try await look() }
        while try openFiles() >= before + 20 { try await Task.sleep(for: .milliseconds(100)) }
    }

    @Test(.timeLimit(.minutes(2)))
    func `what is plugged in is listed, what goes is not, and speakers are no microphones`()
        async throws
    {
        let server = try await SoundServer()
        defer { server.end() }
        let devices = MediaDevices()
        try await devices.start()
        #expect(devices.devices.of(.speaker).map(\.id) == ["first", "second"])
        #expect(devices.devices.of(.speaker).map(\.name) == ["First", "Second"])
        #expect(devices.devices.of(.speaker).map(\.isDefault) == [true, false])
        #expect(devices.devices.of(.microphone).map(\.id) == ["ear"])
        var lists = devices.lists().makeAsyncIterator()
        #expect(await lists.next() == devices.devices)
        let module = try server.tell("load-module", "module-null-sink", "sink_name=third")
        try await eventually("the third") { devices.devices.contains { $0.id == "third" } }
        #expect(await lists.next()?.contains { $0.id == "third" } == true)
        try server.tell("unload-module", module)
        try await eventually("two again") { devices.devices.of(.speaker).count == 2 }
        await devices.stop()
        #expect(devices.devices.isEmpty)
    }

    @Test(.timeLimit(.minutes(2))) func `a sound plays once or until it is stopped, where it should, and is heard`()
        async throws
    {
        let server = try await SoundServer()
        defer { server.end() }
        let (first, second) = (try await Loudness("first.monitor"), try await Loudness("second.monitor"))
        try await eventually("values") { first.count > 3 && second.count > 3 }
        #expect(first.level == 0 && second.level == 0)
        let sound = try WaveSound(wave: toneFile(440, seconds: 0.4))
        let player = SoundPlayer()
        try await player.play(sound, on: "second", role: .test)
        try await eventually("the sound") { second.level > 0.6 }
        #expect(first.level == 0)
        try await eventually("its end") { !player.isPlaying && second.level == 0 }
        try await player.play(sound, repeats: true, role: .ring, volume: 0.5)
        try await eventually("the ring") { first.level > 0.6 }
        let before = first.count
        try await eventually("more than two rounds") { first.count > before + 10 }
        #expect(first.level > 0.6 && player.isPlaying)
        await player.stop()
        try await eventually("silence", within: .seconds(1)) { first.level == 0 }
        await first.meter.stop()
        await second.meter.stop()
    }

    @Test(.timeLimit(.minutes(2))) func `in a call the speaker can be another one, and losing it ends nothing`()
        async throws
    {
        let server = try await SoundServer()
        defer { server.end() }
        let (first, second) = (try await Loudness("first.monitor"), try await Loudness("second.monitor"))
        let pair = try Pair(
            PeerOptions(channelID: 548, microphone: .tone(440)),
            PeerOptions(channelID: 548, sound: AudioOutput(device: .speaker("second"))))
        try await pair.connect()
        try await eventually("sound on the second speaker") { second.level > 0.6 }
        #expect(first.level == 0)
        try await pair.callee.setSpeaker(.speaker("first"))
        try await eventually("sound on the first speaker") { first.level > 0.6 && second.level == 0 }
        await first.meter.stop()
        await second.meter.stop()
        // Its microphone is lost with it, and everything that could take its place.
        server.end()
        try await eventually("the loss is told") {
            await pair.calleeEvents.events.contains { if case .sourceFailed(.speaker, _) = $0 { true } else { false } }
        }
        let before = await pair.callee.statistics().receivedPackets
        try await eventually("more packets") { await pair.callee.statistics().receivedPackets > before + 50 }
        await #expect(throws: MediaError.self) { try await pair.callee.setSpeaker(.speaker("first")) }
        await pair.stop()
    }

    @Test(.timeLimit(.minutes(2))) func `who let it ring for long is heard at once all the same`() async throws {
        let server = try await SoundServer()
        defer { server.end() }
        let second = try await Loudness("second.monitor")
        let pair = try Pair(
            PeerOptions(channelID: 548, sound: AudioOutput(device: .speaker("second"))),
            PeerOptions(channelID: 548, microphone: .tone(440)))
        try await pair.connect(ringing: .seconds(8))
        try await eventually("the connection") { await pair.callerEvents.has(.up) }
        // A speaker whose time began with the first sound would play it eight seconds late.
        try await eventually("sound", within: .seconds(4)) { second.level > 0.6 }
        await second.meter.stop()
        await pair.stop()
    }

    @Test(.timeLimit(.minutes(2))) func `a microphone that hears the speaker does not send it back`() async throws {
        let server = try await SoundServer()
        defer { server.end() }
        let folder = FileManager.default.temporaryDirectory.appending(path: "media-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let speech = folder.appending(path: "speech.wav")
        try Data(Speech.file(seconds: 20)).write(to: speech)
        func returned(_ microphone: AudioInput, on speaker: String) async throws -> Double {
            let back = folder.appending(path: "\(speaker).wav")
            let pair = try Pair(
                PeerOptions(channelID: 548, microphone: .file(speech), sound: AudioOutput(recording: back)),
                PeerOptions(
                    channelID: 548, microphone: microphone, sound: AudioOutput(device: .speaker(speaker))))
            try await pair.connect()
            try await eventually("16 seconds") { ((try? Data(contentsOf: back))?.count ?? 0) > 16 * 96_000 }
            await pair.stop()
            // After a moment in which the machine stood still, the canceller has to learn the delay anew. And what it leaves
            // is all that the gain control hears, which raises it the longer nobody speaks: so the best moment counts.
            let late = Array(try Recordings.samples(of: back).suffix(12 * 48_000))
            let pieces = stride(from: 0, to: late.count - 2 * 48_000, by: 24_000).map {
                Speech.loudness(late[$0..<$0 + 2 * 48_000])
            }
            return try #require(pieces.min())
        }
        let cancelled = try await returned(.microphone("ear"), on: "first")
        #expect(cancelled < 0.3 * Speech.loudness(Speech.samples(seconds: 10)))
    }
}

@Suite("Sounds") struct WaveSoundTests {
    @Test func `a sound is read, and anything else refused`() throws {
        let file = toneFile(440, seconds: 0.1)
        #expect(try WaveSound(wave: file).samples.count == 9_600)
        for count in [0, 11, 12, 20, 43, 44] {
            #expect(throws: MediaError.unreadableSound) { try WaveSound(wave: Array(file.prefix(count))) }
        }
        var other = file
        other[34] = 8
        #expect(throws: MediaError.unreadableSound) { try WaveSound(wave: other) }
        var long = file
        long[40...43] = [255, 255, 255, 255]
        #expect(try WaveSound(wave: long).samples.count == 9_600)
        #expect(throws: MediaError.unreadableSound) {
            try WaveSound(wave: Array(repeating: 0, count: WaveSound.limit + 1))
        }
    }

    @Test func `loudness is on a scale of decibels`() {
        #expect(LevelMeter.level(rootMeanSquare: 0) == 0)
        #expect(LevelMeter.level(rootMeanSquare: 1) == 1)
        #expect(abs(LevelMeter.level(rootMeanSquare: 0.0316) - 0.5) < 0.01)
    }
}
