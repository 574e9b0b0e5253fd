import BaseKit
import Foundation
import SessionCalls
import SessionWire
import ShallotCore
import Testing

@testable import ShallotModels

@MainActor @Suite(.timeLimit(.minutes(2))) struct CallsModelTests {
    private typealias Asked = CallModelTests.Asked

    private static func model(_ asked: Asked, mode: CallMode = .direct) async -> CallsModel {
        let model = CallsModel(
            actions: CallModelTests.actions(asked), surroundings: Samples.surroundings(ManualSleep()),
            name: { $0 == Samples.maria ? "Maria" : "Tom" }, saveMode: { asked.words.append("save \($0.rawValue)") })
        await model.load { mode }
        return model
    }

    @Test func `while calls are off, calling asks first and calls afterwards`() async {
        let asked = Asked()
        let model = await Self.model(asked, mode: .off)
        await model.place(Samples.maria, withVideo: true)
        #expect(asked.words.isEmpty)
        let consent = model.consent
        #expect(consent?.choice == nil && consent?.canTurnOn == false && consent?.leadsToCall == true)
        await consent?.confirm()
        #expect(consent?.isDone == false, "nothing was chosen")
        consent?.choice = .relayOnly
        await consent?.confirm()
        await until { asked.words.count == 2 }
        #expect(asked.words == ["save relayOnly", "place video"])
        #expect(model.areOn && consent?.isDone == true)
    }

    @Test func `who refuses is not called and is asked again the next time`() async {
        let asked = Asked()
        let model = await Self.model(asked, mode: .off)
        model.askForConsent()
        let first = model.consent
        model.askForConsent()
        #expect(model.consent === first, "one question at a time")
        first?.refuse()
        #expect(!model.areOn && asked.words.isEmpty)
        model.askForConsent()
        #expect(model.consent !== first)
    }

    @Test func `a call that cannot be placed says why`() async {
        var actions = CallActions()
        actions.place = { _, _ in throw CallError.notAccepted }
        let model = CallsModel(
            actions: actions, surroundings: Samples.surroundings(ManualSleep()), name: { _ in "Maria" },
            saveMode: { _ in })
        await model.load { .direct }
        await model.place(Samples.maria, withVideo: false)
        #expect(model.notice?.text == "You can call each other once both of you have accepted the conversation.")
    }

    @Test func `one call at a time, and its window goes when it was read`() async {
        let asked = Asked()
        let model = await Self.model(asked)
        model.take(CallModelTests.snapshot(.outgoingPre))
        let call = model.call
        #expect(call?.name == "Maria" && model.obstacle != nil)
        await model.place(Samples.own, withVideo: false)
        #expect(asked.words.isEmpty)
        model.take(CallModelTests.snapshot(.ended(.unanswered)))
        #expect(model.call === call && model.obstacle == nil)
        await model.callAgain()
        #expect(asked.words == ["place"])
        #expect(model.call == nil)
    }

    @Test func `the end of a call that nobody saw opens nothing`() async {
        let model = await Self.model(Asked())
        model.take(CallModelTests.snapshot(.ended(.hungUpThere), .incoming))
        #expect(model.call == nil)
    }

    @Test func `somebody who calls meanwhile is named, and can be called back at once`() async {
        let asked = Asked()
        let model = await Self.model(asked)
        model.missed(Samples.own)
        #expect(model.interruption == nil, "nobody is interrupted without a call")
        model.take(CallModelTests.snapshot(.connected, connected: true))
        model.missed(Samples.maria)
        #expect(model.interruption == nil)
        model.missed(Samples.own)
        #expect(model.interruption?.name == "Tom")
        let ending = Task { await model.endAndCallBack() }
        await until { asked.words == ["hang up"] }
        model.take(CallModelTests.snapshot(.ended(.hungUpHere), connected: true))
        ending.cancel()
        await ending.value
        #expect(model.interruption == nil)
    }
}
