public import Foundation

/// Where tests put files: one folder of this process in the system's temporary one. It goes when the process ends; what a
/// killed run left behind goes with the next run.
public enum TemporaryFolder {
    private static let prefix = "shallot-tests-"

    private static let root: URL = {
        let own = FileManager.default.temporaryDirectory.appending(
            path: "\(prefix)\(getpid())", directoryHint: .isDirectory)
        removeLeftovers()
        try? FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        // Nothing in here is worth a message.
        atexit { try? FileManager.default.removeItem(at: TemporaryFolder.root) }
        return own
    }()

    /// A path where nothing is yet. Short, because sockets may have to fit in.
    public static func fresh(_ name: String) -> URL {
        root.appending(path: "\(name)-\(UUID().uuidString.prefix(13))", directoryHint: .isDirectory)
    }

    /// Removes the folders of processes that are no more.
    private static func removeLeftovers() {
        let temporary = FileManager.default.temporaryDirectory
        for name in (try? FileManager.default.contentsOfDirectory(atPath: temporary.path)) ?? [] {
            guard name.hasPrefix(prefix), let process = pid_t(name.dropFirst(prefix.count)),
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(at: temporary.appending(path: name))
        }
    }
}
