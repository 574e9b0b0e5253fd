import Foundation
import ShallotCore

/// Where a profile and the program's shared files lie.
nonisolated struct Places: Sendable {
    let data: URL
    let settings: URL
    let network: NetworkChoice
    let words: URL?
    /// The folder of what starts with the desktop.
    let autostart: URL

    init(_ options: LaunchOptions, environment: [String: String] = ProcessInfo.processInfo.environment) {
        func base(_ variable: String, _ fallback: String) -> URL {
            if let path = environment[variable], path.hasPrefix("/") {
                return URL(filePath: path, directoryHint: .isDirectory)
            }
            return FileManager.default.homeDirectoryForCurrentUser.appending(
                path: fallback, directoryHint: .isDirectory)
        }
        if let directory = options.data {
            data = URL(filePath: directory, directoryHint: .isDirectory)
            settings = data.appending(path: "settings.ini")
        } else {
            data = base("XDG_DATA_HOME", ".local/share").appending(
                path: "shallot/\(options.profile)", directoryHint: .isDirectory)
            settings = base("XDG_CONFIG_HOME", ".config").appending(path: "shallot/\(options.profile)/settings.ini")
        }
        network = NetworkChoice(
            named: options.network.map { URL(filePath: $0) }, directory: data,
            installed: Self.shared("networks/main.json", inCheckout: "data/networks/main.json"))
        autostart = base("XDG_CONFIG_HOME", ".config").appending(path: "autostart", directoryHint: .isDirectory)
        words = Self.shared("../locale", inCheckout: ".build/locale")
    }

    /// The folder of what calls sound like.
    static var sounds: URL? { shared("sounds", inCheckout: "data/sounds") }

    /// A file of the installation beside the program, or of the checkout that the program was built in.
    private static func shared(_ installed: String, inCheckout: String) -> URL? {
        guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return nil }
        var folder = program.deletingLastPathComponent()
        let candidate = folder.deletingLastPathComponent().appending(path: "share/shallot/\(installed)")
            .standardizedFileURL
        if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
        while folder.path != "/" {
            let file = folder.appending(path: inCheckout)
            let isCheckout = FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
            if isCheckout { return FileManager.default.fileExists(atPath: file.path) ? file : nil }
            folder.deleteLastPathComponent()
        }
        return nil
    }

    /// The name on the session bus: one running program for each profile.
    func applicationID(_ options: LaunchOptions) -> String {
        let id = "im.shallot.Shallot"
        if options.data != nil { return "\(id).Data_\(Self.fingerprint(data.standardizedFileURL.path))" }
        let suffix = options.profile.replacing("-", with: "_")
        return options.profile == LaunchOptions.defaultProfile ? id : "\(id).Profile_\(suffix)"
    }

    private static func fingerprint(_ text: String) -> String {
        var hash: UInt64 = 14_695_981_039_346_656_037  // FNV-1a, 64 bits
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        return String(hash, radix: 16)
    }
}
