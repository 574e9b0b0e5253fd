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

    @Test func `no more than 200 of a generation are handed out`() {
        var scene = CallState.connecting.scene()
        scene.send(scene.heard(.candidates(Sample.candidates(1...150))))
        scene.send(scene.heard(.candidates(Sample.candidates(151...300))))
        #expect(scene.summary == "add-50")
    }

    @Test func `a peer that still speaks of a hundred former calls is heard, before and after its description`() {
        let former = (1...20).map { Sample.candidates(($0 * 20)...($0 * 20 + 19), fragment: "old\($0)") }
        var scene = CallState.incomingPre.scene()
        for batch in former { scene.send(scene.heard(.candidates(batch))) }
        scene.send(scene.heard(.candidates(Sample.candidates(1...3, fragment: "offr"))))
        scene.send(scene.heard(.offer(Sample.offer)))
        scene.send(.accept)
        #expect(scene.summary == "silence make-answer add-3")
        // Again and again, the new ones last.
        let all = Array(former.joined()).suffix(190)
        for count in 4...10 {
            scene.send(scene.heard(.candidates(all + Sample.candidates(1...count, fragment: "offr"))))
            #expect(scene.summary == "add-1", "candidate \(count)")
        }
    }

    @Test func `what a peer said of former generations does not use up the next one`() {
        var scene = CallState.called.scene()
        for generation in 1...30 {
            let name = "gen\(generation)"
            scene.send(scene.heard(.candidates(Sample.candidates(1...50, fragment: name))))
            scene.send(scene.heard(.offer(Sample.description(fragment: name))))
            #expect(scene.summary == "apply-offer add-50", "generation \(generation)")
            scene.send(.described(Sample.newAnswer))
            scene.send(.linkUp)
        }
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
