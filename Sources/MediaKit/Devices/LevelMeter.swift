import CGst
import Foundation
import Synchronization

/// How loud a microphone is, ten times a second. The microphone is open from ``start(_:)`` to ``stop()``.
public final class LevelMeter: Sendable {
    /// Samples between two values.
    private static let step = 4_800

    private struct State {
        var pipeline: Reference?
        var squares = 0.0
        var count = 0
    }

    private let state = Mutex(State())
    /// Loudness, 0…1 on a scale of decibels: 0 is −60 dB and less, 1 is as loud as it can be. For one reader; ends when
    /// this object goes away.
    public let levels: AsyncStream<Double>
    private let report: AsyncStream<Double>.Continuation

    public init() { (levels, report) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    deinit {
        report.finish()
        state.withLock { $0.pipeline }?.change(to: GST_STATE_NULL)
    }

    /// Opens a microphone, in place of the one before.
    /// - Parameter microphone: by its stable name; `nil` is the system's default.
    /// - Throws: ``MediaError`` when it cannot be opened.
    public func start(_ microphone: String?) async throws(MediaError) {
        await stop()
        try MediaSystem.start()
        let pipeline = try Capture.microphone(
            microphone, then: "appsink name=heard sync=false max-buffers=20 drop=true")
        pipeline.part(named: "heard")?.onSample { [weak self] in if let bytes = $0.bytes() { self?.take(bytes) } }
        pipeline.onMessage { [weak self] _ in self?.report.yield(0) }
        state.withLock { $0 = State(pipeline: pipeline) }
        guard pipeline.change(to: GST_STATE_PLAYING) else {
            await stop()
            throw .cannotStart("The microphone cannot be opened.")
        }
    }

    public func stop() async {
        let pipeline = state.withLock { state in
            defer { state = State() }
            return state.pipeline
        }
        pipeline?.change(to: GST_STATE_NULL)
    }

    private func take(_ bytes: [UInt8]) {
        let samples = stride(from: 0, to: bytes.count - 1, by: 2).map {
            Double(Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)) / 32_768
        }
        let level: Double? = state.withLock { state in
            guard state.pipeline != nil else { return nil }
            state.squares += samples.reduce(0) { $0 + $1 * $1 }
            state.count += samples.count
            guard state.count >= Self.step else { return nil }
            defer { (state.squares, state.count) = (0, 0) }
            return Self.level(rootMeanSquare: (state.squares / Double(state.count)).squareRoot())
        }
        if let level { report.yield(level) }
    }

    static func level(rootMeanSquare: Double) -> Double {
        guard rootMeanSquare > 0.001 else { return 0 }
        return min(1, 1 + 20 * log10(rootMeanSquare) / 60)
    }
}
