import ArgumentParser
import Foundation
import MediaKit
import ShallotCore

/// What a call hears and sees with, as arguments.
struct MediaArguments: ParsableArguments {
    @Option(
        help: "What is shown: test (colour bars with numbered frames), off, camera[=id], screen[=X display], or a file."
    )
    var video = "off"

    @Option(help: "What is heard: a file, tone (440 Hz), a number of hertz, silence, or microphone[=id].")
    var audio = "silence"

    @Option(help: ArgumentHelp("Keep the other side's sound.", valueName: "out.wav"), completion: .file())
    var recordAudio: String?

    @Option(help: ArgumentHelp("Keep the other side's picture.", valueName: "out.mkv"), completion: .file())
    var recordVideo: String?

    @Option(help: ArgumentHelp("Hang up so long after the call is connected.", valueName: "seconds"))
    var duration: Seconds?

    @Flag(help: "Play the other side's sound on the default speaker.")
    var play = false

    @Option(help: ArgumentHelp("Play it on this one instead; `calls --devices` lists them.", valueName: "id"))
    var speaker: String?

    @Flag(help: "Decode the other side's picture as if somebody looked at it; the statistics then count pictures.")
    var watchVideo = false

    @Flag(help: "Send silence whatever --audio says.")
    var mute = false

    @Flag(help: "Let everything go through a relay, whatever the profile says.")
    var relayOnly = false

    /// - Parameter pictures: counts what comes with `--watch-video`.
    func media(counting pictures: PictureCount) throws -> CallMedia {
        let (videoKind, videoID) = Self.parts(video)
        let camera: VideoInput =
            switch videoKind {
            case "off": .none
            case "test": .numbered
            case "camera": .camera(videoID)
            case "screen": .screen(.x11(display: videoID))
            default: .file(try Self.file(video))
            }
        let (audioKind, audioID) = Self.parts(audio)
        let microphone: AudioInput =
            switch audioKind {
            case "silence": .silence
            case "tone": .tone(440)
            case "microphone": .microphone(audioID)
            default:
                if let frequency = Double(audio), (20...20_000).contains(frequency) {
                    .tone(frequency)
                } else {
                    .file(try Self.file(audio))
                }
            }
        return CallMedia(
            microphone: microphone, camera: camera, isCameraOn: camera != .none,
            sound: AudioOutput(
                device: play || speaker != nil ? .speaker(speaker) : .none,
                recording: recordAudio.map { URL(filePath: $0) }),
            picture: VideoOutput(
                recording: recordVideo.map { URL(filePath: $0) }, shown: watchVideo ? pictures.take : nil))
    }

    /// `kind=id`
    private static func parts(_ text: String) -> (kind: String, id: String?) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        return (parts.first ?? text, parts.count > 1 ? parts[1] : nil)
    }

    private static func file(_ path: String) throws -> URL {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw Failure(.data, "The file \(path) cannot be read.")
        }
        return URL(filePath: path)
    }
}
