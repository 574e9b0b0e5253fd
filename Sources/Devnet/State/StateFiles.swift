import Foundation
import Synchronization

/// The files of a state directory: `network.json`, and one log of changes for every node.
///
/// The logs only grow while the devnet runs; a line that was cut by a crash is ignored. Loading writes each log anew
/// under another name and puts it in place in one step, so that no crash loses what was there.
final class StateFiles: Sendable {
    private let directory: URL
    private let logs = Mutex<[Int: FileHandle]>([:])
    private let loaded = Mutex(false)

    init(directory: URL) { self.directory = directory }

    /// The network was there before; others know its ports.
    var wasLoaded: Bool { loaded.withLock { $0 } }

    func file(_ name: String) -> URL { directory.appending(path: name) }
    private func log(_ node: Int) -> URL { file("node-\(node).log") }

    // MARK: The network

    func loadNetwork() throws -> SavedNetwork? {
        do {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let url = file("network.json")
            guard FileManager.default.fileExists(atPath: url.path) else { return nil }
            let network = try JSONDecoder().decode(SavedNetwork.self, from: Data(contentsOf: url))
            guard network.format == SavedNetwork.currentFormat else {
                throw DevnetError.state("it was written by another version")
            }
            loaded.withLock { $0 = true }
            return network
        } catch let error as DevnetError {
            throw error
        } catch {
            throw DevnetError.state("network.json cannot be read")
        }
    }

    func save(_ network: SavedNetwork) throws {
        try write(try JSONEncoder().encode(network), to: file("network.json"))
    }

    /// Replaces a file in one step, readable by its owner only.
    func write(_ data: Data, to url: URL) throws {
        do {
            try data.write(to: url, options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path)
        } catch {
            throw DevnetError.state("\(url.lastPathComponent) cannot be written")
        }
    }

    // MARK: Messages

    /// Fills a node's store from its log, and starts the log again with what is left.
    func load(_ store: inout NodeStore, node: Int) throws {
        if let data = try? Data(contentsOf: log(node)) {  // no log yet is the normal beginning
            let decoder = JSONDecoder()
            for line in data.split(separator: UInt8(ascii: "\n")) {
                guard let line = try? decoder.decode(ChangeLine.self, from: line), let change = line.change else {
                    continue  // cut by a crash
                }
                store.apply(change)
            }
        }
        store.isRecording = true
        _ = store.takeChanges()
        try write(try encode(store.snapshot()), to: log(node))
    }

    func append(_ changes: [NodeStore.Change], node: Int) throws {
        let data = try encode(changes)
        try logs.withLock { logs in
            let handle: FileHandle
            if let open = logs[node] {
                handle = open
            } else {
                handle = try FileHandle(forWritingTo: log(node))
                try handle.seekToEnd()
                logs[node] = handle
            }
            try handle.write(contentsOf: data)
        }
    }

    func close() {
        let open = logs.withLock { logs in
            defer { logs = [:] }
            return Array(logs.values)
        }
        for handle in open { try? handle.close() }  // everything was written with the last append
    }

    private func encode(_ changes: [NodeStore.Change]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        var data = Data()
        for change in changes {
            data += try encoder.encode(ChangeLine(change))
            data.append(UInt8(ascii: "\n"))
        }
        return data
    }
}
