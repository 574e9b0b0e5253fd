import Testing

@testable import ShallotModels

@Suite @MainActor struct BatchesTests {
    @Test(.timeLimit(.minutes(1))) func `values keep their order and come in parts`() async {
        let (stream, values) = AsyncStream.makeStream(of: Int.self)
        for value in 0..<1_000 { values.yield(value) }
        values.finish()
        var parts: [[Int]] = []
        await Batches.forEach(of: stream) { parts.append($0) }
        #expect(parts.flatMap(\.self) == Array(0..<1_000))
        #expect(parts.allSatisfy { $0.count <= Batches.limit })
    }

    @Test(.timeLimit(.minutes(1))) func `it ends with the calling task`() async {
        let (stream, values) = AsyncStream.makeStream(of: Int.self)
        let (seen, signal) = AsyncStream.makeStream(of: Void.self)
        let task = Task { await Batches.forEach(of: stream) { _ in signal.yield() } }
        values.yield(1)
        for await _ in seen { break }
        task.cancel()
        await task.value
    }
}
