import CGst
import Foundation
import Synchronization

@testable import MediaKit

/// What a recording holds.
enum Recordings {
    /// 16-bit samples of a WAV file of ours.
    static func samples(of url: URL) throws -> [Double] {
        let data = try Data(contentsOf: url).dropFirst(44)
        let bytes = [UInt8](data)
        return stride(from: 0, to: bytes.count - 1, by: 2).map {
            Double(Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)) / 32_768
        }
    }

    /// A WAV file of 48,000 samples a second.
    static func file(_ samples: [Double]) -> [UInt8] {
        func word(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        let bytes = samples.flatMap { sample in
            let value = Int16(max(-1, min(1, sample)) * 32_000)
            return [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
        }
        return Array("RIFF".utf8) + word(36 + bytes.count) + Array("WAVEfmt ".utf8) + word(16) + [1, 0, 1, 0]
            + word(48_000) + word(96_000) + [2, 0, 16, 0] + Array("data".utf8) + word(bytes.count) + bytes
    }

    /// How strong a frequency is among 48,000 samples a second: about half the amplitude of a pure tone.
    static func strength(_ samples: some Collection<Double>, at frequency: Double) -> Double {
        var (real, imaginary) = (0.0, 0.0)
        for (index, sample) in samples.enumerated() {
            let angle = 2 * .pi * frequency * Double(index) / 48_000
            real += sample * cos(angle)
            imaginary += sample * sin(angle)
        }
        return samples.isEmpty ? 0 : (real * real + imaginary * imaginary).squareRoot() / Double(samples.count)
    }

    /// Whether a tone is in most of a recording. Pieces of 50 ms are looked at: a busy machine leaves gaps, and after
    /// each the tone goes on at another place of its wave.
    static func holds(_ frequency: Double, in samples: some Collection<Double>) -> Bool {
        let all = Array(samples)
        let pieces = stride(from: 0, through: all.count - 2_400, by: 2_400).map { all[$0..<($0 + 2_400)] }
        return Double(pieces.count { strength($0, at: frequency) > 0.15 }) > 0.7 * Double(max(1, pieces.count))
    }

    /// The numbers of the frames in a Matroska file, in order.
    static func numbers(in url: URL, decoder: String = "vp8dec") async throws -> [Int] {
        let parser = decoder == "vp8dec" ? "" : "! h264parse "
        let pipeline = try Reference.pipeline(
            "filesrc name=file ! matroskademux \(parser)! \(decoder) ! videoconvert ! video/x-raw,format=BGRA "
                + "! appsink name=frames sync=false")
        pipeline.part(named: "file")?.set("location", url.path)
        let box = Found()
        pipeline.part(named: "frames")?.onSample { if let number = VideoFrame($0)?.number { box.add(number) } }
        pipeline.onMessage { _ in box.end() }
        pipeline.change(to: GST_STATE_PLAYING)
        try await eventually("the end of the recording") { box.isOver }
        pipeline.change(to: GST_STATE_NULL)
        return box.numbers
    }
}

private final class Found: Sendable {
    private let state = Mutex<(numbers: [Int], isOver: Bool)>(([], false))
    func add(_ number: Int) { state.withLock { $0.numbers.append(number) } }
    func end() { state.withLock { $0.isOver = true } }
    var numbers: [Int] { state.withLock { $0.numbers } }
    var isOver: Bool { state.withLock { $0.isOver } }
}
