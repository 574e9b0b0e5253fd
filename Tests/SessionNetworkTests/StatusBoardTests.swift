import Testing

@testable import SessionNetwork

@Suite("The board of the network's status", .timeLimit(.minutes(1))) struct StatusBoardTests {
    @Test func `listeners start with the present status and hear the newest, in order`() async throws {
        let board = StatusBoard()
        board.update { $0.poolSize = 1 }
        var listener = board.updates().makeAsyncIterator()
        #expect(await listener.next()?.poolSize == 1)
        board.update { $0.poolSize = 2 }
        board.update { $0.poolSize = 3 }
        board.update { _ in }
        #expect(await listener.next()?.poolSize == 3)
        board.update { $0.poolSize = 4 }
        #expect(await listener.next()?.poolSize == 4)
    }

    /// Whoever cancels holds the task while its stream ends, and whoever tells needs the task to wake it.
    @Test func `listeners can be cancelled while they are told`() async {
        let board = StatusBoard()
        let teller = Task.detached {
            var size = 0
            while !Task.isCancelled {
                size += 1
                board.update { [size] in $0.poolSize = size }
            }
        }
        for _ in 0..<3_000 {
            let listener = Task.detached { for await _ in board.updates() {} }
            await Task.yield()
            listener.cancel()
            await listener.value
        }
        teller.cancel()
        await teller.value
        let last = board.status.poolSize
        #expect(last > 0)
        var late = board.updates().makeAsyncIterator()
        #expect(await late.next()?.poolSize == last)
    }
}
