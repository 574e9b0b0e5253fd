import BaseKit
import Testing

@Suite struct BroadcastTests {
    @Test func `every listener gets what is sent after it came`() async {
        let broadcast = Broadcast<Int>()
        let early = broadcast.subscribe()
        broadcast.send(1)
        let late = broadcast.subscribe()
        broadcast.send(2)
        broadcast.finish()
        #expect(await early.reduce(into: []) { $0.append($1) } == [1, 2])
        #expect(await late.reduce(into: []) { $0.append($1) } == [2])
    }

    @Test func `a slow listener keeps the newest values`() async {
        let broadcast = Broadcast<Int>(bufferLimit: 3)
        let stream = broadcast.subscribe()
        for value in 1...10 { broadcast.send(value) }
        broadcast.finish()
        #expect(await stream.reduce(into: []) { $0.append($1) } == [8, 9, 10])
    }

    @Test func `after the end a new listener ends at once`() async {
        let broadcast = Broadcast<Int>()
        broadcast.finish()
        broadcast.send(1)
        #expect(await broadcast.subscribe().reduce(0, +) == 0)
    }

    @Test func `a broadcast that goes away ends its streams`() async {
        var broadcast: Broadcast<Int>? = Broadcast()
        let stream = broadcast?.subscribe()
        broadcast?.send(7)
        broadcast = nil
        #expect(await stream?.reduce(0, +) == 7)
    }

    @Test func `a listener that stops does not hinder others`() async {
        let broadcast = Broadcast<Int>()
        let kept = broadcast.subscribe()
        let stopped = Task { [stream = broadcast.subscribe()] in for await _ in stream {} }
        stopped.cancel()
        await stopped.value
        broadcast.send(5)
        broadcast.finish()
        #expect(await kept.reduce(0, +) == 5)
    }
}
