import Foundation
import SessionCalls
import Testing

@Suite struct CallReconnectionTests {
    @Test func `a short break goes unnoticed`() {
        var scene = CallState.connected.scene()
        scene.send(.linkDown)
        scene.wait(1.9)
        scene.send(.linkUp)
        #expect(scene.run(10).isEmpty)
        #expect(scene.phase == .connected)
    }

    @Test func `who called offers anew, up to five times with the same text, and gives up after a minute`() {
        var scene = CallState.connected.scene()
        scene.send(.gathered(Sample.candidates(1...2)))
        scene.wait(1)
        scene.send(.stored(.candidates, CallScene.mine))
        scene.send(.linkDown)
        #expect(scene.run(2).map(\.word) == ["restart-ice"])
        #expect(scene.machine.wantsFastPolling)
        scene.send(.described(Sample.newOffer))
        let first = scene.done
        let later = scene.run(59.9)
        let offers = (first + later).filter { $0.word == "send-offer" }
        #expect(offers.count == 5)
        #expect(Set(offers).count == 1)
        // The peer has forgotten the candidates of the generation before.
        #expect(later.contains { $0.word == "send-candidates" })
        #expect(scene.run(0.2).map(\.word) == ["send-end", "stop-media", "row-outgoing", "remember-recorded"])
        #expect(scene.phase == .ended(.connectionLost))
    }

    @Test func `the duration goes on through a reconnection`() throws {
        var scene = CallState.connected.scene()
        let since = try #require(scene.machine.call?.connectedSince)
        scene.wait(10)
        scene.send(.addressesChanged)
        #expect(scene.summary == "restart-ice")
        scene.send(.described(Sample.newOffer))
        scene.send(scene.heard(.answer(Sample.newAnswer)))
        #expect(scene.summary == "apply-answer")
        scene.wait(1)
        scene.send(.linkUp)
        #expect(scene.phase == .connected)
        #expect(scene.machine.call?.connectedSince == since)
    }

    @Test func `who was called waits, and answers a new offer`() {
        var scene = CallState.called.scene()
        scene.send(.linkDown)
        #expect(scene.run(30).isEmpty)
        #expect(scene.phase == .reconnecting)
        scene.send(scene.heard(.offer(Sample.newOffer)))
        #expect(scene.summary == "apply-offer")
        scene.send(.described(Sample.newAnswer))
        #expect(scene.done == [.send(.answer(Sample.newAnswer), CallScene.mine, to: CallScene.ana, copied: false)])
        scene.send(.linkUp)
        #expect(scene.phase == .connected)
    }

    @Test(arguments: [CallState.called, .connected, .reconnecting])
    func `another certificate within a call is not taken`(state: CallState) {
        var scene = state.scene()
        let before = scene.phase
        scene.send(scene.heard(.offer(Sample.otherCertificate)))
        #expect(scene.done.isEmpty)
        scene.send(scene.heard(.answer(Sample.otherCertificate)))
        #expect(scene.done.isEmpty)
        #expect(scene.phase == before)
    }

    @Test func `the offer of the one who called wins over a crossing one`() {
        var scene = CallState.reconnecting.scene()
        scene.send(scene.heard(.offer(Sample.newAnswer)))
        #expect(scene.done.isEmpty)
    }

    @Test func `candidates of the new generation wait for its description`() {
        var scene = CallState.called.scene()
        scene.send(scene.heard(.candidates(Sample.candidates(1...2, fragment: "new1"))))
        #expect(scene.done.isEmpty)
        scene.send(scene.heard(.offer(Sample.newOffer)))
        #expect(scene.summary == "apply-offer add-2")
    }
}
