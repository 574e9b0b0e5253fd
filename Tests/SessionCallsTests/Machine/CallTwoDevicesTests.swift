import SessionCalls
import Testing

/// Two devices of one account that answer the same call.
@Suite struct CallTwoDevicesTests {
    private let other = CallEvent.receivedFromSelf(.answer(Sample.newAnswer), CallScene.mine)

    private func answered() -> CallScene {
        var scene = CallState.answering.scene()
        scene.send(.described(Sample.answer))
        scene.send(.stored(.answer, CallScene.mine))
        return scene
    }

    @Test func `the one that was not taken gives way soon, and does not end the call of the other`() {
        var scene = answered()
        scene.send(other)
        #expect(scene.done.isEmpty)
        #expect(scene.run(14).isEmpty)
        #expect(scene.run(2).map(\.word) == ["stop-media", "row-incoming", "remember-recorded"])
        #expect(scene.phase == .ended(.answeredElsewhere))
    }

    @Test func `the one that was taken goes on`() {
        var scene = answered()
        scene.send(other)
        scene.send(.linkUp)
        #expect(scene.run(120).isEmpty)
        #expect(scene.phase == .connected)
        scene.send(other)
        #expect(scene.done.isEmpty)
        scene.send(.hangUp)
        #expect(scene.summary == "channel-hangup send-end stop-media row-incoming remember-recorded")
    }

    @Test func `hanging up while nobody was taken leaves the call to the other`() {
        var scene = answered()
        scene.send(other)
        scene.send(.hangUp)
        #expect(scene.summary == "stop-media row-incoming remember-recorded")
    }

    @Test func `whoever has not answered yet lets the other do it`() {
        var scene = CallState.answering.scene()
        scene.send(other)
        #expect(scene.phase == .ended(.answeredElsewhere))
        #expect(scene.summary == "stop-media row-incoming remember-recorded")
        scene.send(.described(Sample.answer))
        #expect(scene.done.isEmpty)
    }

    @Test func `the copy of one's own answer is no other answer`() {
        var scene = answered()
        scene.send(.receivedFromSelf(.answer(Sample.answer), CallScene.mine))
        scene.wait(61)
        #expect(scene.phase == .ended(.notConnected))
        #expect(scene.summary == "send-end stop-media row-missed remember-recorded")
    }
}
