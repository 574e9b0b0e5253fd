import Synchronization

/// Hands over the values of a stream in parts: what came since the part before, all at once. Thousands of values that come
/// together then take a few turns of the main actor, between which the window gets its own.
enum Batches {
    /// Most values of one part, for some milliseconds of work.
    static let limit = 200

    /// Calls `body` until the stream ends or the calling task is cancelled.
    static func forEach<Element: Sendable>(of stream: AsyncStream<Element>, _ body: ([Element]) -> Void) async {
        let waiting = Waiting<Element>()
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let collector = Task.detached {
            for await value in stream {
                waiting.append(value)
                signal.yield()
            }
            signal.finish()
        }
        defer { collector.cancel() }
        for await _ in signals {
            while let part = waiting.take(limit) {
                body(part)
                await Task.yield()
            }
        }
    }
}

/// What came and was not handed over yet.
private nonisolated final class Waiting<Element: Sendable>: Sendable {
    private let values = Mutex<[Element]>([])

    func append(_ value: Element) { values.withLock { $0.append(value) } }

    func take(_ limit: Int) -> [Element]? {
        values.withLock { values in
            guard !values.isEmpty else { return nil }
            defer { values.removeFirst(min(limit, values.count)) }
            return Array(values.prefix(limit))
        }
    }
}
