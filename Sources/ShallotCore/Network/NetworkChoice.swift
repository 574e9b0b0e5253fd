public import Foundation
public import SessionNetwork

/// Which network a profile uses: the one named at the start, else the one its owner chose, else the one that is installed.
///
/// The chosen one is a copy in the profile's directory, so that it moves and goes with the profile.
public struct NetworkChoice: Sendable {
    public enum Source: Equatable, Sendable { case named, chosen, installed }

    /// Lies in the data directory.
    static let fileName = "network.json"

    private let named: URL?
    private let copy: URL
    private let installed: URL?

    /// - Parameters:
    ///   - named: from the command line; it wins as long as it is given.
    ///   - directory: the profile's.
    ///   - installed: comes with the program; `nil` when that is incomplete.
    public init(named: URL?, directory: URL, installed: URL?) {
        self.named = named
        copy = directory.appending(path: Self.fileName)
        self.installed = installed
    }

    public var source: Source {
        if named != nil { return .named }
        return FileManager.default.fileExists(atPath: copy.path) ? .chosen : .installed
    }

    /// Reads and checks the definition that counts now.
    public func load() throws(OpenError) -> NetworkDefinition {
        let file: URL? =
            switch source {
            case .named: named
            case .chosen: copy
            case .installed: installed
            }
        guard let file else { throw .network("None is installed; name one with --network.") }
        do { return try NetworkDefinition.load(from: file) } catch { throw .network("\(error)") }
    }

    /// Takes another definition from a file. It counts from the next opening on.
    /// - Throws: ``NetworkDefinitionError`` when the file is refused; what counted before then still does.
    public func choose(_ file: URL) throws -> NetworkDefinition {
        let definition = try NetworkDefinition.load(from: file)
        // Credentials of relays may be in it.
        let temporary = copy.appendingPathExtension("new")
        try? FileManager.default.removeItem(at: temporary)  // of an attempt that was cut short
        guard
            FileManager.default.createFile(
                atPath: temporary.path, contents: Data(definition.encoded()), attributes: [.posixPermissions: 0o600]),
            rename(temporary.path, copy.path) == 0
        else { throw OpenError.readOnly }
        return definition
    }

    /// Back to the installed definition, from the next opening on.
    public func reset() throws(OpenError) {
        guard unlink(copy.path) == 0 || errno == ENOENT else { throw .readOnly }
    }
}
