@preconcurrency import Dispatch  // signal sources are thread-safe, but not marked so
import Foundation

/// Waits for SIGINT or SIGTERM, either of which asks the program to end in order. The next one ends it at once.
package final class Interruption: Sendable {
    private static let numbers = [SIGINT, SIGTERM]

    private let signals: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    package init() {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        self.signals = signals
        sources = Self.numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
        signal(SIGPIPE, SIG_IGN)
    }

    package func wait() async {
        for await _ in signals { break }
        for number in Self.numbers { signal(number, SIG_DFL) }
    }
}
