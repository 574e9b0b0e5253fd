import Foundation
import ShallotCore
import ShallotModels

/// The file that makes the desktop start Shallot, hidden, when somebody logs in.
/// - Source: Desktop Application Autostart Specification
struct Autostart {
    private let file: URL
    private let command: [String]

    init(_ options: LaunchOptions, places: Places) {
        file = places.autostart.appending(path: "\(places.applicationID(options)).desktop")
        let program = Bundle.main.executableURL?.path ?? "shallot"
        var command = [program, "--background"]
        if options.data != nil { command += ["--data", places.data.path] }
        if let network = options.network { command += ["--network", URL(filePath: network).standardizedFileURL.path] }
        if options.profile != LaunchOptions.defaultProfile { command += ["--profile", options.profile] }
        self.command = command
    }

    var access: AutostartAccess { AutostartAccess(isOn: { isOn }, set: { try set($0) }) }

    private var isOn: Bool { FileManager.default.fileExists(atPath: file.path) }

    private func set(_ isOn: Bool) throws {
        guard isOn else {
            if self.isOn { try FileManager.default.removeItem(at: file) }
            return
        }
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(entry.utf8).write(to: file, options: .atomic)
    }

    private var entry: String {
        """
        [Desktop Entry]
        Type=Application
        Name=Shallot
        Exec=\(command.map(Self.quoted).joined(separator: " "))
        Icon=im.shallot.Shallot
        NoDisplay=true
        X-GNOME-UsesNotifications=true

        """
    }

    /// An argument as the Exec key wants it: quoted, with `"`, `` ` ``, `$` and `\` escaped, once more for being a string of
    /// a desktop file, and without field codes. - Source: Desktop Entry Specification, "The Exec key"
    static func quoted(_ argument: String) -> String {
        let plain = argument.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./".contains($0)) }
        guard !plain else { return argument }
        let escaped = argument.flatMap { "\"`$\\".contains($0) ? "\\\($0)" : "\($0)" }
        return "\"" + String(escaped).replacing("\\", with: "\\\\").replacing("%", with: "%%") + "\""
    }
}
