import BaseKit
import Foundation
import SessionWire
import Synchronization

/// What Echo must not forget: its seed, whom it has accepted, and which messages it has answered. With a state directory
/// in `echo.json` (the seed) and `echo.log` (one line for each account or message), otherwise in memory.
final class EchoMemory: Sendable {
    private struct State {
        var accepted: Set<String> = []
        var answered: Set<String> = []
        var log: FileHandle?
    }

    private struct Saved: Codable {
        var seed: String
    }

    let seed: [UInt8]
    private let state: Mutex<State>

    /// - Parameter files: `nil` keeps everything in memory.
    init(_ files: StateFiles?, random: any RandomSource) throws {
        let fresh = random.bytes(AccountKeys.seedSize)
        guard let files else {
            seed = fresh
            state = Mutex(State())
            return
        }
        let identity = files.file("echo.json")
        if FileManager.default.fileExists(atPath: identity.path) {
            guard let data = try? Data(contentsOf: identity),
                let saved = try? JSONDecoder().decode(Saved.self, from: data), let bytes = [UInt8](hex: saved.seed),
                bytes.count == AccountKeys.seedSize
            else { throw DevnetError.state("echo.json cannot be read") }
            seed = bytes
        } else {
            seed = fresh
            try files.write(try JSONEncoder().encode(Saved(seed: fresh.hex)), to: identity)
        }
        let url = files.file("echo.log")
        var state = State()
        if !FileManager.default.fileExists(atPath: url.path) { try files.write(Data(), to: url) }
        guard let text = try? String(contentsOf: url, encoding: .utf8), let log = try? FileHandle(forUpdating: url)
        else { throw DevnetError.state("echo.log cannot be read") }
        for line in text.split(separator: "\n") {
            if line.hasPrefix("+") {
                state.accepted.insert(String(line.dropFirst()))
            } else {
                state.answered.insert(String(line))
            }
        }
        _ = try? log.seekToEnd()  // at worst the next line is written over an old one
        state.log = log
        self.state = Mutex(state)
    }

    func hasAccepted(_ account: AccountID) -> Bool { state.withLock { $0.accepted.contains(account.description) } }
    func hasAnswered(_ hash: MessageHash) -> Bool { state.withLock { $0.answered.contains(hash.rawValue) } }

    func accept(_ account: AccountID) {
        state.withLock { state in
            if state.accepted.insert(account.description).inserted { Self.append("+\(account)", &state) }
        }
    }

    func answer(_ hash: MessageHash) {
        state.withLock { state in
            if state.answered.insert(hash.rawValue).inserted { Self.append(hash.rawValue, &state) }
        }
    }

    private static func append(_ line: String, _ state: inout State) {
        // A line that is lost costs one repeated answer after the next start.
        try? state.log?.write(contentsOf: Data((line + "\n").utf8))
    }
}
