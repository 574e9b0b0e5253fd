import Foundation
import SessionCalls
import Testing

@Suite struct CandidateBatchTests {
    @Test func `batches settle, keep their distance, and each is complete`() {
        var scene = CallState.connecting.scene()
        scene.send(.gathered(Sample.candidates(1...1)))
        #expect(scene.run(0.2).isEmpty)
        scene.send(.gathered(Sample.candidates(2...2)))
        #expect(scene.run(0.2).isEmpty)
        #expect(scene.run(0.2) == [batch(1...2)])
        scene.send(.stored(.candidates, CallScene.mine))
        scene.send(.gathered(Sample.candidates(2...3)))
        #expect(scene.run(0.8).isEmpty)
        #expect(scene.run(0.3) == [batch(1...3)])
    }

    @Test func `the next batch waits for the one before, and a lost one is said again`() {
        var scene = CallState.connecting.scene()
        scene.send(.gathered(Sample.candidates(1...1)))
        #expect(scene.run(1) == [batch(1...1)])
        scene.send(.gathered(Sample.candidates(2...2)))
        #expect(scene.run(5).isEmpty)
        scene.send(.notStored(.candidates, CallScene.mine))
        #expect(scene.run(1) == [batch(1...2)])
    }

    @Test func `a peer's candidate reaches the engine once`() {
        var scene = CallState.connecting.scene()
        scene.send(scene.heard(.candidates(Sample.candidates(1...2))))
        #expect(scene.summary == "add-2")
        scene.send(scene.heard(.candidates(Sample.candidates(1...3))))
        #expect(scene.summary == "add-1")
        scene.send(scene.heard(.candidates(Sample.candidates(4...5, fragment: "former"))))
        #expect(scene.done.isEmpty)
    }

    @Test func `no more than 200 of a call are kept`() {
        var scene = CallState.connecting.scene()
        scene.send(scene.heard(.candidates(Sample.candidates(1...150))))
        scene.send(scene.heard(.candidates(Sample.candidates(151...300))))
        #expect(scene.summary == "add-50")
    }

    @Test func `candidates ahead of their call wait five minutes, for eight calls`() {
        var scene = CallScene()
        scene.send(scene.heard(.candidates(Sample.candidates(1...2))))
        scene.send(scene.heard(.offer(Sample.offer)))
        scene.send(.accept)
        #expect(scene.summary == "silence make-answer add-2")

        scene = CallScene()
        scene.send(scene.heard(.candidates(Sample.candidates(1...2))))
        scene.now += 301
        scene.send(scene.heard(.candidates(Sample.candidates(1...2)), CallScene.high))
        scene.send(scene.heard(.offer(Sample.offer)))
        scene.send(.accept)
        #expect(scene.summary == "silence make-answer")
    }

    private func batch(_ numbers: ClosedRange<Int>) -> CallAction {
        .send(.candidates(Sample.candidates(numbers)), CallScene.mine, to: CallScene.ana, copied: false)
    }
}
