import BaseKit
import CSealedVFS
import Foundation
import ShallotTestSupport

/// A directory with one sealed database, removed afterwards.
final class Place {
    static let page = Int(SEALED_VFS_PAGE_BYTES)
    static let frame = page + 24
    static let key = [UInt8](repeating: 7, count: 32)

    let directory: URL
    private var keys: [OpaquePointer] = []
    var path: String { directory.appending(path: "test.db").path }

    init(key: [UInt8]? = Place.key) throws {
        directory = TemporaryFolder.fresh("sealed")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        if let key { try lend(key) }
    }

    /// A place with copies of another one's files, as a crash would leave them.
    convenience init(copying other: Place) throws {
        try self.init()
        for file in try FileManager.default.contentsOfDirectory(at: other.directory, includingPropertiesForKeys: nil)
        where !file.path.hasSuffix("-shm") {
            try FileManager.default.copyItem(at: file, to: directory.appending(path: file.lastPathComponent))
        }
    }

    deinit {
        for key in keys { sealed_vfs_remove_key(key) }
        try? FileManager.default.removeItem(at: directory)
    }

    func lend(_ key: [UInt8]) throws {
        var handle: OpaquePointer?
        guard sealed_vfs_add_key(path, key, &handle) == SQLITE_OK, let handle else { throw SQLiteFailure(code: 1) }
        keys.append(handle)
    }

    func read(_ suffix: String = "") throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path + suffix))) }

    /// In place, so that connections that have the file open see it.
    func write(_ bytes: [UInt8], _ suffix: String = "") throws {
        let file = try FileHandle(forWritingTo: URL(filePath: path + suffix))
        try file.write(contentsOf: Data(bytes))
        try file.truncate(atOffset: UInt64(bytes.count))
        try file.close()
    }

    /// Opens, verifies and reads everything.
    func readAll() throws -> [[String]] {
        let connection = try Connection(path)
        let contents = try connection.contents()
        try connection.verify()
        return contents
    }
}

extension [UInt8] {
    /// One page or frame, by its number from 0.
    func block(_ index: Int, size: Int, header: Int = 0) -> [UInt8] {
        Array(self[(header + index * size)..<(header + (index + 1) * size)])
    }

    mutating func replaceBlock(_ index: Int, size: Int, header: Int = 0, with block: [UInt8]) {
        replaceSubrange((header + index * size)..<(header + (index + 1) * size), with: block)
    }

    func contains(_ needle: [UInt8]) -> Bool { Data(self).range(of: Data(needle)) != nil }
}
