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

    @Test func `a call that is heard goes on when nobody answers the offer of a new way`() throws {
        var scene = CallState.connected.scene()
        let since = try #require(scene.machine.call?.connectedSince)
        scene.send(.addressesChanged)
        scene.send(.described(Sample.newOffer))
        #expect(scene.run(120).filter { $0.word == "send-offer" }.count == 4)
        #expect(scene.phase == .connected)
        #expect(scene.machine.call?.connectedSince == since)
        #expect(scene.machine.nextDeadline == nil)
        #expect(!scene.machine.wantsFastPolling)
        // The engine speaks by those words: when the way breaks they are said again, and nothing else is made.
        scene.send(.linkDown)
        #expect(scene.run(2).map(\.word) == ["send-offer"])
        #expect(scene.phase == .reconnecting)
        scene.send(scene.heard(.answer(Sample.newAnswer)))
        #expect(scene.summary == "apply-answer")
        scene.send(.linkUp)
        #expect(scene.phase == .connected)
    }

    @Test func `who was called goes on too, if it hears the other side`() {
        var scene = CallState.called.scene()
        scene.send(scene.heard(.offer(Sample.newOffer)))
        scene.send(.described(Sample.newAnswer))
        #expect(scene.phase == .reconnecting)
        #expect(scene.run(61).isEmpty)
        #expect(scene.phase == .connected)
        scene.send(scene.heard(.offer(Sample.description(fragment: "new4"))))
        scene.send(.linkDown)
        #expect(scene.run(61).map(\.word) == ["send-end", "stop-media", "row-incoming", "remember-recorded"])
    }

    @Test func `an offer of a new way stands until it is answered, even when the link mends itself`() {
        var scene = CallState.connected.scene()
        scene.send(.linkDown)
        #expect(scene.run(2).map(\.word) == ["restart-ice"])
        scene.send(.linkUp)
        #expect(scene.phase == .connected)
        // Made meanwhile: our credentials are others already.
        scene.send(.described(Sample.newOffer))
        #expect(scene.summary == "send-offer")
        #expect(scene.run(6).map(\.word) == ["send-offer"])
        scene.send(scene.heard(.answer(Sample.newAnswer)))
        #expect(scene.summary == "apply-answer")
        #expect(scene.run(60).isEmpty)
        #expect(scene.phase == .connected)
    }

    @Test func `an answer that was lost is said again when the offer comes again`() {
        var scene = CallState.called.scene()
        scene.send(.linkDown)
        _ = scene.run(2)
        scene.send(scene.heard(.offer(Sample.newOffer)))
        // The engine is still at it.
        scene.send(scene.heard(.offer(Sample.newOffer)))
        #expect(scene.done.isEmpty)
        scene.send(.described(Sample.newAnswer))
        let answer = scene.done
        #expect(scene.summary == "send-answer")
        for isUp in [false, true] {
            if isUp { scene.send(.linkUp) }
            scene.send(scene.heard(.offer(Sample.newOffer)))
            #expect(scene.done == answer)
        }
        // The first offer was answered long ago.
        scene = CallState.called.scene()
        scene.send(scene.heard(.offer(Sample.offer)))
        #expect(scene.done.isEmpty)
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
