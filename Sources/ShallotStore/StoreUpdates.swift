import GRDB

/// Values of the store over time: one at once, then one after each change, the newest only when the reader is slow.
/// Fetching happens off the main thread. Observing ends when the iterating task is cancelled.
public struct StoreUpdates<Element: Sendable>: AsyncSequence, Sendable {
    public typealias Failure = StoreError

    private let start: @Sendable () -> AsyncThrowingStream<Element, any Error>

    init<Reducer: ValueReducer>(
        _ observation: ValueObservation<Reducer>, in database: any DatabaseWriter, _ gate: Gate
    ) where Reducer.Value == Element {
        start = {
            let (stream, continuation) = AsyncThrowingStream.makeStream(
                of: Element.self, bufferingPolicy: .bufferingNewest(1))
            guard gate.enter() else {
                continuation.finish(throwing: StoreError.closed)
                return stream
            }
            defer { gate.leave() }
            let cancellable = observation.start(
                in: database, scheduling: .task,
                onError: { continuation.finish(throwing: $0) },
                onChange: { continuation.yield($0) })
            continuation.onTermination = { _ in cancellable.cancel() }
            return stream
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(base: start().makeAsyncIterator()) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var base: AsyncThrowingStream<Element, any Error>.Iterator

        public mutating func next() async throws(StoreError) -> Element? {
            do { return try await base.next() } catch { throw StoreError(error) }
        }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(StoreError) -> Element? {
            do { return try await base.next(isolation: actor) } catch { throw StoreError(error) }
        }
    }
}
