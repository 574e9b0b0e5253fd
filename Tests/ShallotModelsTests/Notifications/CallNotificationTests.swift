import SessionWire
import Testing

@testable import ShallotModels

@Suite struct CallNotificationTests {
    private let maria = ConversationID.account(Samples.maria)

    private func planner() -> NotificationPlanner {
        // Safe to share: the test that owns the planner asks it from one task alone.
        nonisolated(unsafe) var count = 0
        return NotificationPlanner {
            count += 1
            return "t\(count)"
        }
    }

    @Test func `a ringing call is said once, with a name, and goes with the ringing`() throws {
        var planner = planner()
        let steps = planner.rings(maria, name: "Maria")
        guard case .show(let shown) = try #require(steps.first) else {
            Issue.record("nothing is shown")
            return
        }
        #expect(shown.title == "Incoming call" && shown.body == "Maria".isolated && shown.kind == .incomingCall)
        #expect(shown.actions == [.answer, .decline])
        #expect(planner.rings(maria, name: "Maria").isEmpty)
        #expect(planner.isCall(shown.token))
        #expect(planner.ringingEnded(maria) == [.withdraw(token: shown.token)])
        #expect(!planner.isCall(shown.token) && planner.target(of: shown.token) == nil)
        #expect(planner.ringingEnded(maria).isEmpty)
    }

    @Test func `without previews nobody is named`() throws {
        var planner = planner()
        planner.content = .nothing
        for step in planner.rings(maria, name: "Maria") + planner.callMissed(maria, name: "Maria", areCallsOff: false) {
            guard case .show(let shown) = step else { continue }
            #expect(!(shown.title + shown.body).contains("Maria"))
            #expect(!shown.actions.contains(.callBack))
        }
    }

    @Test func `who calls while the screen is shown is not named to those who see it`() {
        var planner = planner()
        #expect(planner.screen(isShared: true).isEmpty)
        for step in planner.callMissed(maria, name: "Maria", areCallsOff: false) {
            guard case .show(let shown) = step else { continue }
            #expect(shown.title == "Missed call" && shown.body.isEmpty && shown.actions == [.open])
        }
    }

    @Test func `a missed call stays until the conversation was read`() throws {
        var planner = planner()
        let steps = planner.callMissed(maria, name: "Maria", areCallsOff: false)
        guard case .show(let shown) = try #require(steps.first) else {
            Issue.record("nothing is shown")
            return
        }
        #expect(shown.title == "Missed call" && shown.actions == [.callBack, .message] && shown.kind == .missedCall)
        #expect(planner.target(of: shown.token) == .conversation(maria))
        #expect(planner.shownConversations == [maria])
        #expect(planner.read(maria) == [.withdraw(token: shown.token)])
    }

    @Test func `a call while calls are off offers to turn them on`() throws {
        var planner = planner()
        let steps = planner.callMissed(maria, name: "Maria", areCallsOff: true)
        guard case .show(let shown) = try #require(steps.first) else {
            Issue.record("nothing is shown")
            return
        }
        #expect(shown.body.hasSuffix("Calls are off.") && shown.actions == [.turnOnCalls])
    }

    @Test func `nothing is said while notifications are off`() {
        var planner = planner()
        planner.isOn = false
        #expect(planner.rings(maria, name: "Maria").isEmpty)
        #expect(planner.callMissed(maria, name: "Maria", areCallsOff: false).isEmpty)
    }
}
