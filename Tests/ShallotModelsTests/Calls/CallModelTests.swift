import BaseKit
import Foundation
import SessionCalls
import SessionWire
import ShallotCore
import Testing

@testable import MediaKit
@testable import ShallotModels

@MainActor @Suite(.timeLimit(.minutes(2))) struct CallModelTests {
    private static let id = CallID(random: FixedRandom([[UInt8](repeating: 7, count: 16)]))

    /// What the model asked for, in order.
    final class Asked {
        var words: [String] = []
    }

    static func snapshot(
        _ phase: Call.Phase, _ direction: Call.Direction = .outgoing, isAccepted: Bool = false, connected: Bool = false
    ) -> CallSnapshot {
        CallSnapshot(
            id: id, peer: Samples.maria, direction: direction, phase: phase, isAccepted: isAccepted,
            connectedSince: connected ? Samples.now : nil)
    }

    static func actions(_ asked: Asked, statistics: PeerStatistics? = nil) -> CallActions {
        var actions = CallActions()
        actions.place = { _, withVideo in asked.words.append(withVideo ? "place video" : "place") }
        actions.answer = { asked.words.append($0 ? "answer video" : "answer") }
        actions.decline = { asked.words.append("decline") }
        actions.hangUp = { asked.words.append("hang up") }
        actions.setMuted = { asked.words.append($0 ? "mute" : "unmute") }
        actions.setCamera = { asked.words.append($0 ? "camera" : "no camera") }
        actions.say = { text, _ in asked.words.append("say \(text)") }
        actions.statistics = { statistics }
        return actions
    }

    static func model(
        _ phase: Call.Phase, _ direction: Call.Direction = .outgoing, asked: Asked = Asked(),
        connected: Bool = false, statistics: PeerStatistics? = nil, surroundings: Surroundings = Samples.surroundings()
    ) -> CallModel {
        CallModel(
            snapshot(phase, direction, connected: connected), name: "Maria",
            actions: actions(asked, statistics: statistics), surroundings: surroundings)
    }

    @Test(arguments: [
        (Call.Phase.outgoingPre, "Calling…"), (.outgoingRinging, "Calling…"), (.connecting, "Connecting…"),
        (.connected, "00:00"), (.reconnecting, "Reconnecting…"), (.ended(.unanswered), "No answer"),
        (.ended(.declinedThere), "Declined, or in another call"), (.ended(.hungUpHere), "Call cancelled"),
        (.ended(.connectionLost), "The connection was lost"), (.ended(.notSent), "The network did not take the call"),
    ]) func `says what our own call is doing`(_ phase: Call.Phase, _ words: String) {
        #expect(Self.model(phase).stateText == words)
    }

    @Test(arguments: [
        (Call.Phase.incomingPre, "Incoming call"), (.incomingRinging, "Incoming call"),
        (.ended(.answeredElsewhere), "Answered on another device"), (.ended(.hungUpThere), "Missed call"),
        (.ended(.declinedElsewhere), "Declined on another device"), (.ended(.hungUpHere), "Declined"),
    ]) func `says what somebody else's call is doing`(_ phase: Call.Phase, _ words: String) {
        #expect(Self.model(phase, .incoming).stateText == words)
    }

    @Test func `an answered call that still waits for its offer is connecting`() {
        let model = Self.model(.incomingPre, .incoming)
        model.update(Self.snapshot(.incomingPre, .incoming, isAccepted: true))
        #expect(model.stage == .connecting && !model.canAnswer && model.hasControls)
    }

    @Test func `a ringing call is answered once, with or without video`() async {
        let asked = Asked()
        let model = Self.model(.incomingRinging, .incoming, asked: asked)
        #expect(model.canAnswer && !model.hasControls)
        await model.answer(withVideo: true)
        await model.answer(withVideo: false)
        #expect(asked.words == ["answer video"])
        #expect(model.stage == .connecting)
    }

    @Test func `an answer that fails rings on and says why`() async {
        let model = CallModel(
            Self.snapshot(.incomingRinging, .incoming), name: "Maria",
            actions: {
                var actions = CallActions()
                actions.answer = { _ in throw CallError.noRelay }
                return actions
            }(), surroundings: Samples.surroundings())
        await model.answer(withVideo: false)
        #expect(model.stage == .ringing)
        #expect(model.notice?.text == "Calls go through a relay only, and this network has no relay.")
    }

    @Test func `a message declines and is sent`() async {
        let asked = Asked()
        let model = Self.model(.incomingRinging, .incoming, asked: asked)
        await model.decline(saying: "  ")
        await model.decline(saying: " Later ")
        #expect(asked.words == ["decline", "say Later"])
    }

    @Test func `mute and camera are asked for once, and only while the call goes on`() async {
        let asked = Asked()
        let model = Self.model(.connected, asked: asked, connected: true)
        await model.setMuted(false)
        await model.setMuted(true)
        await model.setCamera(true)
        model.update(Self.snapshot(.ended(.hungUpThere), connected: true))
        await model.setMuted(true)
        #expect(asked.words == ["mute", "camera"])
    }

    @Test func `a held key lets one talk only where the microphone is muted`() async {
        let asked = Asked()
        let model = Self.model(.connected, asked: asked, connected: true)
        await model.holdToTalk(true)
        await model.holdToTalk(false)
        #expect(asked.words.isEmpty)
        var muted = Self.snapshot(.connected, connected: true)
        muted.isMuted = true
        model.update(muted)
        await model.holdToTalk(true)
        await model.holdToTalk(true)
        model.update(Self.snapshot(.connected, connected: true))
        await model.holdToTalk(false)
        #expect(asked.words == ["unmute", "mute"])
    }

    @Test func `who learns the address follows the setting while it rings, and the call afterwards`() async {
        let model = Self.model(.incomingRinging, .incoming)
        #expect(model.addressText == nil)
        let run = Task { await model.run() }
        await until { model.mode != nil }
        run.cancel()
        #expect(model.addressText?.hasPrefix("Direct:") == true)
        var relayed = Self.snapshot(.connected, .incoming, connected: true)
        relayed.isRelayOnly = true
        model.update(relayed)
        #expect(model.addressText?.hasPrefix("Relay only:") == true)
    }

    @Test func `an ended call keeps its words for three seconds`() async {
        let sleep = ManualSleep()
        let model = Self.model(.connected, connected: true, surroundings: Samples.surroundings(sleep))
        let run = Task { await model.run() }
        await until { !sleep.durations.isEmpty }
        model.update(Self.snapshot(.ended(.hungUpThere), connected: true))
        #expect(model.stateText == "Call ended · 00:00" && model.offersAnotherCall && model.closesBySelf)
        sleep.wake()
        await until { sleep.durations == [CallModel.readingTime] }
        #expect(!model.isDismissed)
        sleep.wake()
        await run.value
        #expect(model.isDismissed)
    }

    @Test(arguments: [EndReason.unanswered, .notConnected, .connectionLost, .declinedThere])
    func `a call that failed waits for its reader`(_ reason: EndReason) async {
        let model = Self.model(.ended(reason))
        await model.run()
        #expect(!model.isDismissed && model.offersAnotherCall)
        await model.hangUp()
        #expect(model.isDismissed)
    }

    @Test(arguments: [
        EndReason.notConnected, .connectionLost, .notSent, .media(.notSecured), .media(.relaysSilent),
    ]) func `an answered call that failed waits for its reader and can be called back`(_ reason: EndReason) async {
        let model = Self.model(.ended(reason), .incoming)
        await model.run()
        #expect(!model.isDismissed && model.offersAnotherCall)
        model.dismiss()
        #expect(model.isDismissed)
    }

    @Test func `a caller who gave up and a declined call leave no window`() async {
        for reason in [EndReason.hungUpHere, .hungUpThere, .unanswered] {
            let model = Self.model(.ended(reason), .incoming)
            await model.run()
            #expect(model.isDismissed)
        }
    }

    @Test func `a poor connection pauses the picture and says so, before the sound suffers`() async {
        let asked = Asked()
        var statistics = PeerStatistics()
        statistics.lost = 0.3
        let clock = Moving()
        var surroundings = Samples.surroundings()
        surroundings.now = { clock.now }
        let model = Self.model(.connected, asked: asked, statistics: statistics, surroundings: surroundings)
        var filming = Self.snapshot(.connected, connected: true)
        filming.isCameraOn = true
        for second in 0...CallModel.poorPatience {
            clock.advance(to: second)
            filming.troubles = [.screen("\(second)")]
            model.update(filming)
            await model.measure()
        }
        #expect(model.quality == .poor)
        #expect(asked.words == ["no camera"])
        #expect(model.notice?.text == "Weak connection: your video is paused.")
    }

    @Test func `a camera that goes off by itself says why, and again at the next try`() async {
        let asked = Asked()
        let model = Self.model(.connected, asked: asked, connected: true)
        var filming = Self.snapshot(.connected, connected: true)
        var without = filming
        filming.isCameraOn = true
        without.troubles = [.missing(.camera)]
        for time in 1...2 {
            model.update(filming)
            #expect(model.isCameraOn)
            model.update(without)
            #expect(!model.isCameraOn && !model.isVideoCall)
            #expect(model.notices.count == time)
            #expect(model.notice?.text == "There is no camera. The other side sees no picture.")
        }
        await model.setCamera(true)
        #expect(asked.words == ["camera"])
    }

    @Test func `a call that cannot be had says what is wrong`() {
        for (failure, words) in [
            (.relaysSilent, "No relay answers, and calls may use nothing else"),
            (.relaysRefuse, "The relay refuses the network’s name or password, or is full"),
            (.notSecured, "The other side was reached, but did not finish securing the connection"),
            (.engine("no way"), "The call failed: no way"),
        ] as [(MediaFailure, String)] {
            #expect(Self.model(.ended(.media(failure))).stateText == words)
        }
    }

    @Test func `a microphone that hears nothing is told of once, and a muted one is not`() async {
        var statistics = PeerStatistics()
        statistics.microphonePeak = 0
        let clock = Moving()
        var surroundings = Samples.surroundings()
        surroundings.now = { clock.now }
        for isMuted in [true, false] {
            let model = Self.model(.connected, connected: true, statistics: statistics, surroundings: surroundings)
            for second in 1...CallModel.silencePatience {
                #expect(model.notice == nil)
                clock.advance(to: second)
                var snapshot = Self.snapshot(.connected, connected: true)
                (snapshot.isMuted, snapshot.hasPicture) = (isMuted, second.isMultiple(of: 2))
                model.update(snapshot)
                await model.measure()
            }
            #expect((model.notice == nil) == isMuted)
        }
    }

    @Test func `details name delay, loss and jitter`() {
        var statistics = PeerStatistics()
        statistics.path = .init(local: .host, remote: .host, localAddress: "a", remoteAddress: "b")
        (statistics.roundTrip, statistics.lost, statistics.soundJitter) = (0.0204, 0.015, 0.0032)
        let lines = CallDetails.lines(statistics, isRelayOnly: false, rates: nil).map { "\($0.label): \($0.value)" }
        #expect(
            lines.contains("Round trip: 20 ms") && lines.contains("Lost: 1.5 %") && lines.contains("Jitter: 3.2 ms"))
    }

    @Test func `durations are read like clocks`() {
        #expect(CallWords.duration(0) == "00:00")
        #expect(CallWords.duration(192) == "03:12")
        #expect(CallWords.duration(3_661) == "1:01:01")
    }

    @Test func `quality follows delay and loss`() {
        func quality(_ delay: Double?, _ lost: Double?) -> CallQuality? {
            var statistics = PeerStatistics()
            (statistics.roundTrip, statistics.lost) = (delay, lost)
            return CallQuality(statistics)
        }
        #expect(quality(nil, nil) == nil)
        #expect(quality(0.05, 0) == .good)
        #expect(quality(0.4, 0) == .fair)
        #expect(quality(0.05, 0.05) == .fair)
        #expect(quality(0.05, 0.2) == .poor)
        #expect(quality(0.9, nil) == .poor)
    }
}

/// A clock that a test moves.
// Safe to share: it is only ever touched on the main actor.
private final class Moving: @unchecked Sendable {
    private(set) var now = Samples.now
    func advance(to second: Int) { now = Samples.now.addingTimeInterval(TimeInterval(second)) }
}
