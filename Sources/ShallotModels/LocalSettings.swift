public import Foundation

/// The few settings that are needed before the database is open and tell nothing about the account: colours, text size,
/// window geometry. A small text file `name=value`, one per line.
public final class LocalSettings {
    private var values: [String: String]
    private let file: URL?

    /// The largest file that is read, in bytes.
    nonisolated static let maximumSize = 64 * 1024

    /// - Parameter file: `nil` keeps the settings in memory. A file that cannot be read counts as empty: these are
    ///   conveniences, never worth refusing to start.
    public init(file: URL?) {
        self.file = file
        values = file.map(Self.read) ?? [:]
    }

    public subscript(name: String) -> String? {
        get { values[name] }
        set {
            guard values[name] != newValue else { return }
            values[name] = newValue
            write()
        }
    }

    /// Back to how everything is without settings.
    public func forget() {
        values = [:]
        write()
    }

    private static func read(_ file: URL) -> [String: String] {
        guard let handle = try? FileHandle(forReadingFrom: file),  // no file yet: nothing was set
            let data = try? handle.read(upToCount: maximumSize)
        else { return [:] }
        var values: [String: String] = [:]
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            guard let equals = line.firstIndex(of: "="), equals != line.startIndex else { continue }
            values[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        return values
    }

    private func write() {
        guard let file else { return }
        let text = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
        try? FileManager.default.createDirectory(  // a full disk loses a convenience, and the next change tries again
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try? Data(text.utf8).write(to: file, options: .atomic)  // as above
    }
}
