import SessionCalls
import SessionWire
import Testing

/// Two who call each other at once.
@Suite struct CallCrossingTests {
    @Test func `the lesser name stays, the greater gives way at once`() {
        var stays = CallState.outgoingRinging.scene()
        stays.send(stays.heard(.preOffer, CallScene.high))
        #expect(stays.done.isEmpty)
        #expect(stays.machine.call?.id == CallScene.mine)

        var yields = CallState.outgoingRinging.scene()
        yields.send(yields.heard(.offer(Sample.offer), CallScene.low))
        #expect(yields.summary == "send-end silence stop-media move-row remember-recorded make-answer")
        #expect(yields.machine.call?.id == CallScene.low)
        #expect(yields.phase == .connecting)
    }

    @Test func `between two of us exactly one gives way, and they connect`() throws {
        var (ana, ben) = (CallScene(), CallScene())
        ana.send(.place(CallScene.mine, to: CallScene.ben, gate: CallScene.open))
        ben.send(.place(CallScene.high, to: CallScene.ana, gate: CallScene.open))
        for (signal, index) in [(CallSignal.preOffer, 0), (.offer(Sample.offer), 1)] {
            ana.send(ana.heard(signal, CallScene.high, from: CallScene.ben))
            #expect(ana.done.isEmpty, "step \(index)")
            ben.send(ben.heard(signal, CallScene.mine, from: CallScene.ana))
        }
        #expect(ana.machine.call?.id == CallScene.mine)
        #expect(ben.machine.call?.id == CallScene.mine)
        #expect(ben.phase == .connecting)
        ben.send(.described(Sample.answer))
        #expect(ben.summary == "send-answer+self")
        // Ben's end of his own call, then his answer.
        ana.send(ana.heard(.end, CallScene.high, from: CallScene.ben))
        ana.send(.stored(.preOffer, CallScene.mine))
        ana.send(.described(Sample.offer))
        ana.send(ana.heard(.answer(Sample.answer), CallScene.mine, from: CallScene.ben))
        #expect(ana.phase == .connecting)
    }

    @Test func `a peer that rejects ours while its own call stands is answered`() {
        var scene = CallState.outgoingRinging.scene()
        scene.send(scene.heard(.preOffer, CallScene.high))
        scene.send(scene.heard(.offer(Sample.offer), CallScene.high))
        scene.send(scene.heard(.candidates(Sample.candidates(1...2)), CallScene.high))
        scene.send(scene.heard(.end))
        #expect(scene.summary == "silence stop-media move-row remember-recorded make-answer add-2")
        #expect(scene.machine.call?.id == CallScene.high)
    }

    @Test func `a peer that ignores ours is answered after ten seconds`() {
        var scene = CallState.outgoingRinging.scene()
        scene.send(scene.heard(.offer(Sample.offer), CallScene.high))
        #expect(scene.run(9.9).isEmpty)
        #expect(
            scene.run(0.2).map(\.word)
                == ["send-end", "silence", "stop-media", "move-row", "remember-recorded", "make-answer"])
    }

    @Test func `an answer to ours ends the matter`() {
        var scene = CallState.outgoingRinging.scene()
        scene.send(scene.heard(.offer(Sample.offer), CallScene.high))
        scene.send(scene.heard(.answer(Sample.answer)))
        #expect(scene.phase == .connecting)
        #expect(scene.summary == "remember-recorded silence apply-answer")
        scene.send(scene.heard(.offer(Sample.offer), CallScene.high))
        #expect(scene.done.isEmpty)
        #expect(!scene.run(11).contains { $0.word == "make-answer" })
    }

    @Test func `hanging up ours lets theirs ring`() {
        var scene = CallState.outgoingRinging.scene()
        scene.send(scene.heard(.offer(Sample.offer), CallScene.high))
        scene.send(.hangUp)
        #expect(scene.summary == "send-end silence stop-media row-outgoing remember-recorded row-incoming ring")
        #expect(scene.phase == .incomingRinging)
        scene.send(.accept)
        #expect(scene.summary == "silence make-answer")
    }

    @Test func `a call of somebody else does not cross ours`() {
        var scene = CallState.outgoingRinging.scene()
        scene.send(scene.heard(.offer(Sample.offer), CallScene.low, from: CallScene.ben))
        #expect(scene.done.last == .send(.end, CallScene.low, to: CallScene.ben, copied: true))
        #expect(scene.machine.call?.id == CallScene.mine)
    }

    @Test func `the row of the first call goes on as ours`() throws {
        var scene = CallState.outgoingRinging.scene()
        scene.send(scene.heard(.offer(Sample.offer), CallScene.low))
        for event in [.described(Sample.answer), .stored(.answer, CallScene.low), .linkUp] as [CallEvent] {
            scene.send(event)
        }
        scene.wait(5)
        scene.send(.hangUp)
        let record = try #require(scene.done.compactMap(\.record).first)
        #expect(record.outcome == .outgoing)
        #expect(record.duration == 5)
        #expect(record.id == CallScene.low)
    }
}
