import Testing

@testable import ShallotCore

@Suite("Waking those who wait", .timeLimit(.minutes(5))) struct WakeSignalTests {
    private let signal = WakeSignal()

    @Test func `a signal that came before is noticed once by each`() async {
        var (first, second) = (WakeSignal.Mark(), WakeSignal.Mark())
        signal.set()
        await signal.wait(&first, atMost: nil)
        await signal.wait(&second, atMost: nil)
        // There is no other: only the limit ends these.
        await signal.wait(&first, atMost: .milliseconds(1))
        await signal.wait(&second, atMost: .milliseconds(1))
    }

    @Test func `one that comes while only one waits is not lost to the other`() async {
        let waiter = Task { [signal] in
            var mark = signal.mark()
            await signal.wait(&mark, atMost: nil)
        }
        var mark = signal.mark()
        // Again and again: nobody knows when the other one has begun to wait.
        let ringing = Task { [signal] in
            while !Task.isCancelled {
                signal.set()
                await Task.yield()
            }
        }
        await waiter.value
        ringing.cancel()
        await ringing.value
        await signal.wait(&mark, atMost: nil)
    }

    @Test func `who is cancelled takes no signal away, and gives none`() async {
        signal.set()
        let cancelled = Task { [signal] in
            var mark = WakeSignal.Mark()
            while !Task.isCancelled { await Task.yield() }
            await signal.wait(&mark, atMost: nil)
        }
        cancelled.cancel()
        await cancelled.value
        var mark = WakeSignal.Mark()
        await signal.wait(&mark, atMost: nil)

        let waiting = Task { [signal, mark] in
            var mark = mark
            await signal.wait(&mark, atMost: nil)
            return Task.isCancelled
        }
        let another = Task { [signal, mark] in
            var mark = mark
            await signal.wait(&mark, atMost: nil)
        }
        another.cancel()
        await another.value
        signal.set()
        #expect(await !waiting.value)
    }

    @Test func `a cancelled task does not wait`() async {
        let task = Task { [signal] in
            var mark = signal.mark()
            await signal.wait(&mark, atMost: nil)
        }
        task.cancel()
        await task.value
    }
}
