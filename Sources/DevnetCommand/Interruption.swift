@preconcurrency import Dispatch  // signal sources are thread-safe, but not marked so
import Foundation

/// Waits for SIGINT or SIGTERM, either of which asks the program to end in order.
final class Interruption: Sendable {
    private let signals: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        self.signals = signals
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
        signal(SIGPIPE, SIG_IGN)
    }

    func wait() async {
        for await _ in signals { return }
    }
}
