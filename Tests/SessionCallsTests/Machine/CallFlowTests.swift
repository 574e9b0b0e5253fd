import Foundation
import SessionCalls
import SessionWire
import Testing

@Suite struct CallFlowTests {
    @Test func `a call of ours goes step by step, each after the one before is stored`() throws {
        var scene = CallScene()
        scene.send(.place(CallScene.mine, to: CallScene.ana, gate: CallScene.open))
        #expect(scene.summary == "send-preOffer row-outgoing ring-back make-offer")
        scene.send(.gathered(Sample.candidates(1...2)))
        scene.send(.described(Sample.offer))
        #expect(scene.done.isEmpty)
        scene.send(.stored(.preOffer, CallScene.mine))
        #expect(scene.done == [.send(.offer(Sample.offer), CallScene.mine, to: CallScene.ana, copied: false)])
        scene.wait(1)
        #expect(scene.done.isEmpty)
        scene.send(.stored(.offer, CallScene.mine))
        #expect(scene.summary == "send-candidates")
        scene.send(scene.heard(.candidates(Sample.candidates(7...8))))
        #expect(scene.done.isEmpty)
        scene.send(scene.heard(.answer(Sample.answer)))
        #expect(scene.summary == "silence apply-answer add-2")
        scene.wait(1)
        scene.send(.linkUp)
        #expect(scene.phase == .connected)
        #expect(scene.machine.nextDeadline == nil)
        #expect(!scene.machine.wantsFastPolling)
        scene.wait(90)
        scene.send(scene.heard(.end))
        let record = try #require(scene.done.compactMap(\.record).first)
        #expect(record.duration == 90)
        #expect(record.outcome == .outgoing)
    }

    @Test func `a call of theirs rings, is answered, and other devices hear of it`() {
        var scene = CallScene()
        scene.send(scene.heard(.preOffer))
        #expect(scene.summary == "row-incoming ring")
        scene.send(scene.heard(.offer(Sample.offer)))
        scene.send(scene.heard(.candidates(Sample.candidates(1...3, fragment: "offr"))))
        scene.send(.accept)
        #expect(scene.summary == "silence make-answer add-3")
        scene.send(.gathered(Sample.candidates(5...5)))
        scene.send(.described(Sample.answer))
        #expect(scene.done == [.send(.answer(Sample.answer), CallScene.mine, to: CallScene.ana, copied: true)])
        scene.wait(1)
        #expect(scene.done.isEmpty)
        scene.send(.stored(.answer, CallScene.mine))
        #expect(scene.summary == "send-candidates")
        scene.send(.linkUp)
        #expect(scene.phase == .connected)
    }

    @Test func `nothing is opened before the user says yes`() {
        var scene = CallScene()
        let events: [CallEvent] = [
            scene.heard(.candidates(Sample.candidates(1...3))), scene.heard(.preOffer),
            scene.heard(.offer(Sample.offer)), scene.heard(.candidates(Sample.candidates(1...5))),
        ]
        for event in events {
            scene.send(event)
            #expect(
                scene.done.allSatisfy {
                    switch $0 {
                    case .ring, .record: true
                    default: false
                    }
                })
        }
        #expect(scene.run(59).isEmpty)
    }

    @Test func `a call is accepted even before its offer came`() {
        var scene = CallState.incomingAccepted.scene()
        scene.send(scene.heard(.offer(Sample.offer)))
        #expect(scene.summary == "make-answer")
    }

    @Test func `an offer without announcement rings`() {
        var scene = CallScene()
        scene.send(scene.heard(.offer(Sample.offer)))
        #expect(scene.summary == "row-incoming ring")
        scene.send(.accept)
        #expect(scene.summary == "silence make-answer")
    }

    /// Whatever the order in which a swarm hands them out, a call that is over does not ring.
    @Test(arguments: permutations(of: ["preOffer", "offer", "candidates", "end"]))
    func `a call that ended before we looked leaves one unread row`(order: [String]) {
        var scene = CallScene()
        var rows: [CallRecord] = []
        for name in order + order {
            let signal: CallSignal =
                switch name {
                case "preOffer": .preOffer
                case "offer": .offer(Sample.offer)
                case "candidates": .candidates(Sample.candidates(1...2))
                default: .end
                }
            scene.send(scene.heard(signal))
            rows += scene.done.compactMap(\.record)
        }
        #expect(!(scene.phase.map { scene.machine.call?.hasEnded == false && $0 != .connected } ?? false))
        #expect(rows.last?.outcome == .missed)
        #expect(rows.last?.isRead == false)
        #expect(Set(rows.map(\.id)) == [CallScene.mine])
    }

    @Test(arguments: permutations(of: ["preOffer", "offer", "own"]))
    func `a call that another device answered is not missed`(order: [String]) {
        var scene = CallScene()
        var rows: [CallRecord] = []
        for name in order {
            switch name {
            case "preOffer": scene.send(scene.heard(.preOffer))
            case "offer": scene.send(scene.heard(.offer(Sample.offer)))
            default: scene.send(.receivedFromSelf(.answer(Sample.answer), CallScene.mine))
            }
            rows += scene.done.compactMap(\.record)
        }
        #expect(rows.last?.outcome == .incoming)
        #expect(rows.last?.isRead == true)
        #expect(scene.machine.call.map(\.hasEnded) ?? true)
    }

    @Test func `an answer proves that the offer arrived, whatever the swarm says`() {
        var scene = CallState.outgoingPre.scene()
        scene.send(.stored(.preOffer, CallScene.mine))
        scene.send(.described(Sample.offer))
        scene.send(.gathered(Sample.candidates(1...2)))
        scene.send(scene.heard(.answer(Sample.answer)))
        scene.send(.notStored(.offer, CallScene.mine))
        #expect(scene.phase == .connecting)
        #expect(scene.run(1).map(\.word) == ["send-candidates"])
    }

    @Test func `a signal of somebody else within a call changes nothing`() {
        for state in CallState.allCases where state != .idle && state != .ended {
            var scene = state.scene()
            let before = scene.phase
            for signal in [CallSignal.end, .answer(Sample.answer), .offer(Sample.offer), .preOffer] {
                scene.send(scene.heard(signal, CallScene.mine, from: CallScene.ben))
                #expect(scene.done.isEmpty)
                #expect(scene.phase == before)
            }
        }
    }

    @Test func `an unreadable offer ends the call on both sides`() {
        var scene = CallState.incomingPre.scene()
        scene.send(scene.heard(.offer("v=0\r\n")))
        #expect(scene.phase == .ended(.unusable(.noMedia)))
        #expect(scene.summary == "send-end+self silence row-missed! remember-recorded")
    }

    /// All orders of a few things.
    static func permutations(of items: [String]) -> [[String]] {
        guard items.count > 1 else { return [items] }
        return items.flatMap { first in
            permutations(of: items.filter { $0 != first }).map { [first] + $0 }
        }
    }
}

extension CallAction {
    var record: CallRecord? { if case .record(let record) = self { record } else { nil } }
}
