import ArgumentParser
import Foundation
import MediaKit
import ShallotCore

/// What a call hears and sees with, as arguments.
struct MediaArguments: ParsableArguments {
    @Option(help: "What is shown: test (colour bars with numbered frames), off, camera, or a file.")
    var video = "off"

    @Option(help: "What is heard: a file, tone (440 Hz), a number of hertz, silence, or microphone.")
    var audio = "silence"

    @Option(help: ArgumentHelp("Keep the other side's sound.", valueName: "out.wav"), completion: .file())
    var recordAudio: String?

    @Option(help: ArgumentHelp("Keep the other side's picture.", valueName: "out.mkv"), completion: .file())
    var recordVideo: String?

    @Option(help: ArgumentHelp("Hang up so long after the call is connected.", valueName: "seconds"))
    var duration: Seconds?

    @Flag(help: "Play the other side's sound on the default speaker.")
    var play = false

    @Flag(help: "Send silence whatever --audio says.")
    var mute = false

    @Flag(help: "Let everything go through a relay, whatever the profile says.")
    var relayOnly = false

    func media() throws -> CallMedia {
        let camera: VideoInput =
            switch video {
            case "off": .none
            case "test": .numbered
            case "camera": .camera(nil)
            default: .file(try Self.file(video))
            }
        let microphone: AudioInput =
            switch audio {
            case "silence": .silence
            case "tone": .tone(440)
            case "microphone": .microphone(nil)
            default:
                if let frequency = Double(audio), (20...20_000).contains(frequency) {
                    .tone(frequency)
                } else {
                    .file(try Self.file(audio))
                }
            }
        return CallMedia(
            microphone: microphone, camera: camera, isCameraOn: camera != .none,
            sound: AudioOutput(device: play ? .speaker(nil) : .none, recording: recordAudio.map { URL(filePath: $0) }),
            picture: VideoOutput(recording: recordVideo.map { URL(filePath: $0) }))
    }

    private static func file(_ path: String) throws -> URL {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw Failure(.data, "The file \(path) cannot be read.")
        }
        return URL(filePath: path)
    }
}
