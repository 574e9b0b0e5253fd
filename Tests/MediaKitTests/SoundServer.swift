import Foundation

/// A sound server of the tests' own, with two speakers and a microphone that hears what is played on the first.
final class SoundServer: Sendable {
    private let folder: URL
    private let server: Process
    static let speaker = "first"
    static let otherSpeaker = "second"
    static let microphone = "ear"
    private static let modules = [
        "module-null-sink sink_name=first sink_properties=device.description=First",
        "module-null-sink sink_name=second sink_properties=device.description=Second",
        "module-remap-source source_name=ear master=first.monitor source_properties=device.description=Ear",
    ]

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/pulseaudio") }

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "sound-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let socket = folder.appending(path: "socket").path
        // It closes what it inherits, and with that what Foundation sees the end of a process by: a shell stands between.
        server = Process()
        server.executableURL = URL(filePath: "/bin/sh")
        server.arguments =
            [
                "-c", "pulseaudio \"$@\"; true", "sh", "-n", "--daemonize=no",
                "--exit-idle-time=-1", "--log-level=error", "--use-pid-file=no",
            ]
            + ["--load=module-native-protocol-unix auth-anonymous=1 socket=\(socket)"]
            + Self.modules.map { "--load=\($0)" } + ["--load=module-rescue-streams"]
        server.environment = ["HOME": folder.path, "XDG_RUNTIME_DIR": folder.path, "PATH": "/usr/bin:/bin"]
        server.standardError = FileHandle.nullDevice
        try server.run()
        // Where GStreamer looks; the suites with a sound server run one after another.
        setenv("PULSE_SERVER", "unix:\(socket)", 1)
        try await eventually("the sound server") { (try? self.tell("info")) != nil }
        try tell("set-default-sink", Self.speaker)
        try tell("set-default-source", Self.microphone)
    }

    @discardableResult
    func tell(_ words: String...) throws -> String {
        let pipe = Pipe()
        let control = Process()
        control.executableURL = URL(filePath: "/usr/bin/pactl")
        control.arguments = words
        (control.standardOutput, control.standardError) = (pipe, FileHandle.nullDevice)
        try control.run()
        let said = pipe.fileHandleForReading.readDataToEndOfFile()
        control.waitUntilExit()
        guard control.terminationStatus == 0 else { throw TestFailure(description: "pactl \(words)") }
        return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func end() {
        // A second end finds nobody to tell.
        _ = try? tell("exit")
        unsetenv("PULSE_SERVER")
        server.waitUntilExit()
        // In the temporary folder; whatever stays does no harm.
        try? FileManager.default.removeItem(at: folder)
    }
}
