import Foundation
import Synchronization

/// A WAV file that grows: 48 kHz, one channel, 16 bits. Its head is brought up to date at the end.
/// - Source: Microsoft/IBM, Multimedia Programming Interface and Data Specifications 1.0, "WAVE"
final class WaveFile: Sendable {
    private struct State {
        var file: FileHandle?
        var count: UInt32 = 0
    }

    /// Longer recordings than the format can name are cut.
    private static let limit = UInt32.max - 64
    private let state: Mutex<State>

    init(_ url: URL) throws(MediaError) {
        guard FileManager.default.createFile(atPath: url.path, contents: Data(Self.head(count: 0))),
            let file = try? FileHandle(forUpdating: url)
        else { throw .cannotStart("The recording \(url.lastPathComponent) cannot be written.") }
        _ = try? file.seekToEnd()  // a new file: at worst its head is written over, and written anew at the end
        state = Mutex(State(file: file))
    }

    func append(_ samples: [UInt8]) {
        state.withLock { state in
            guard let file = state.file, state.count < Self.limit - UInt32(samples.count) else { return }
            // A full disk shortens the recording and leaves the call alone.
            guard (try? file.write(contentsOf: samples)) != nil else { return }
            state.count += UInt32(samples.count)
        }
    }

    func close() {
        state.withLock { state in
            guard let file = state.file else { return }
            state.file = nil
            // A head that says 0 is read up to the end by most programs.
            try? file.seek(toOffset: 0)
            try? file.write(contentsOf: Self.head(count: state.count))
            try? file.close()
        }
    }

    private static func head(count: UInt32) -> [UInt8] {
        func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        func half(_ value: UInt16) -> [UInt8] {
            [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
        }
        let format = half(1) + half(1) + word(48_000) + word(96_000) + half(2) + half(16)
        return Array("RIFF".utf8) + word(36 + count) + Array("WAVEfmt ".utf8) + word(16) + format
            + Array("data".utf8) + word(count)
    }
}
