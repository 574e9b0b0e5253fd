import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import Synchronization
import Testing

@testable import ShallotModels

@MainActor @Suite("Answering a notification", .timeLimit(.minutes(1))) struct QuickReplyTests {
    @Test func `an answer is delivered once, and only one that fits`() async {
        var delivered: [String] = []
        let model = QuickReplyModel(name: "Maria") { delivered.append($0) }
        await model.send()
        model.draft = String(repeating: "x", count: TextLimits.sendLimit + 1)
        #expect(!model.canSend && model.counter?.isOver == true)
        model.draft = " on my way "
        await model.send()
        await model.send()
        #expect(delivered == ["on my way"])
        #expect(model.isDone)
    }

    @Test func `an answer that was not taken stays where it is`() async {
        let model = QuickReplyModel(name: "Maria") { _ in throw SendError.blocked }
        model.draft = "hello"
        await model.send()
        #expect(model.notice?.text == Notice(SendError.blocked).text)
        #expect(model.draft == "hello" && !model.isDone)
    }
}
