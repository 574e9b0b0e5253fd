import Foundation
import SessionCalls
import Testing

/// Who may ring, and what the others are told: nothing.
@Suite struct CallGateTests {
    private static let gates = [true, false].flatMap { blocked in
        [true, false].flatMap { approved in
            [true, false].flatMap { approves in
                [true, false].map { isOn in
                    CallGate(isBlocked: blocked, isApproved: approved, didApproveUs: approves, areCallsOn: isOn)
                }
            }
        }
    }

    @Test(arguments: gates)
    func `only contacts of both sides ring, and only with calls on`(gate: CallGate) {
        let signals: [CallSignal] = [
            .preOffer, .offer(Sample.offer), .candidates(Sample.candidates(1...1)), .answer(Sample.answer), .end,
        ]
        for signal in signals {
            var scene = CallScene()
            scene.send(scene.heard(signal, gate: gate))
            #expect(!scene.summary.contains("send"))
            let mayRing = gate.isApproved && gate.didApproveUs && !gate.isBlocked && gate.areCallsOn
            let rings = scene.done.contains(.ring)
            #expect(rings == (mayRing && [.preOffer, .offer].contains(signal.kind)))
            if !gate.isOpen { #expect(scene.done.isEmpty) }
        }
    }

    @Test(arguments: gates)
    func `only contacts of both sides can be called`(gate: CallGate) {
        var scene = CallScene()
        scene.send(.place(CallScene.mine, to: CallScene.ana, gate: gate))
        #expect(scene.done.isEmpty == !(gate == CallScene.open))
    }

    @Test func `with calls off a call leaves a row, and one notice a day`() {
        let off = CallGate(isBlocked: false, isApproved: true, didApproveUs: true, areCallsOn: false)
        var scene = CallScene()
        scene.send(scene.heard(.preOffer, CallScene.low, gate: off))
        #expect(scene.summary == "row-missedCallsOff! remember-recorded calls-off")
        scene.send(scene.heard(.offer(Sample.offer), CallScene.low, gate: off))
        #expect(scene.done.isEmpty)
        scene.wait(86_399)
        scene.send(scene.heard(.preOffer, CallScene.mine, gate: off))
        #expect(scene.summary == "row-missedCallsOff! remember-recorded")
        scene.wait(2)
        scene.send(scene.heard(.preOffer, CallScene.high, gate: off))
        #expect(scene.summary == "row-missedCallsOff! remember-recorded calls-off")
    }

    @Test func `one notice a day means one, across restarts too`() {
        let off = CallGate(isBlocked: false, isApproved: true, didApproveUs: true, areCallsOn: false)
        var scene = CallScene()
        scene.send(scene.heard(.preOffer, CallScene.low, gate: off))
        #expect(scene.done.last == .tellCallsAreOff(CallScene.ana))
        let remembered = scene.machine
        scene.machine = CallMachine()
        // Read late, it counts beside what happened since.
        scene.send(scene.heard(.end, CallScene.high))
        scene.machine.recall(remembered.finished, callsOffTold: remembered.callsOffTold)
        scene.send(scene.heard(.preOffer, CallScene.low, gate: off))
        #expect(scene.done.isEmpty)
        scene.send(scene.heard(.preOffer, CallScene.mine, gate: off))
        #expect(scene.summary == "row-missedCallsOff! remember-recorded")
        scene.send(scene.heard(.preOffer, CallScene.high, gate: off))
        #expect(scene.summary == "row-missed! remember-recorded")
    }

    @Test func `what is older than a minute is missed, by the clock of the network`() {
        var scene = CallScene()
        scene.send(scene.heard(.preOffer, CallScene.low, age: 61))
        #expect(scene.summary == "row-missed! remember-recorded")
        scene.send(scene.heard(.offer(Sample.offer), CallScene.mine, age: 59))
        #expect(scene.summary == "row-incoming ring")
        // It rings for what is left of the minute.
        #expect(scene.run(2).map(\.word) == ["send-end+self", "silence", "row-missed!", "remember-recorded"])
        // A time in the future is no reason to ring longer.
        scene.send(scene.heard(.preOffer, CallScene.high, age: -3_600))
        #expect(scene.machine.nextDeadline == scene.now + 60)
    }

    @Test func `whoever calls while we talk is told that we are busy`() {
        for state in [CallState.connecting, .connected, .called, .incomingAccepted, .reconnecting] {
            for peer in [CallScene.ana, CallScene.ben] {
                var scene = state.scene()
                let before = scene.phase
                scene.send(scene.heard(.offer(Sample.offer), CallScene.high, from: peer))
                #expect(scene.done.first?.record?.outcome == .missed)
                #expect(scene.done.last == .send(.end, CallScene.high, to: peer, copied: true))
                #expect(scene.phase == before)
                // Later messages of that call find it finished.
                scene.send(scene.heard(.offer(Sample.offer), CallScene.high, from: peer))
                #expect(scene.done.isEmpty)
            }
        }
    }

    @Test func `who calls again while it rings has hung up before`() {
        var scene = CallState.incomingRinging.scene()
        scene.send(scene.heard(.offer(Sample.offer), CallScene.high))
        #expect(scene.summary == "silence row-missed! remember-recorded row-incoming ring")
        #expect(scene.machine.call?.id == CallScene.high)
        #expect(scene.phase == .incomingRinging)
    }

    @Test func `a finished call does not ring after a restart`() {
        var scene = CallState.ended.scene()
        let remembered = scene.done.compactMap { action in
            if case .remember(let id, let verdict, let until) = action {
                (id: id, verdict: verdict, until: until)
            } else {
                nil
            }
        }
        #expect(remembered.count == 1)
        scene.machine = CallMachine(finished: FinishedCalls(remembered))
        scene.send(scene.heard(.preOffer))
        #expect(scene.done.isEmpty)
        // After an hour its messages have long left the swarm.
        scene.wait(3_601)
        scene.send(scene.heard(.preOffer))
        #expect(scene.summary == "row-incoming ring")
    }
}
