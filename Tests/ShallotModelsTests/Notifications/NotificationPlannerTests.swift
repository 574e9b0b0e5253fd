import SessionWire
import Synchronization
import Testing

@testable import ShallotModels

@Suite struct NotificationPlannerTests {
    let maria = ConversationID.account(Samples.maria)

    private func planner() -> NotificationPlanner {
        let count = Counter()
        return NotificationPlanner { "token-\(count.next())" }
    }

    private func incoming(_ text: String, isMuted: Bool = false, isInFront: Bool = false)
        -> NotificationPlanner.Incoming
    {
        NotificationPlanner.Incoming(
            conversation: maria, name: "Maria", text: text, isMuted: isMuted, isInFront: isInFront)
    }

    @Test func `one for each conversation, replaced in place, up to five lines`() {
        var planner = planner()
        var steps: [NotificationStep] = []
        for number in 1...7 { steps = planner.received(incoming("message \(number)")) }
        #expect(
            steps == [
                .show(
                    DesktopNotification(
                        token: "token-2", title: "Maria".isolated,
                        body: (3...7).map { "message \($0)" }.joined(separator: "\n"), actions: [.reply, .markRead]))
            ])
    }

    @Test func `of a series of steps only the last of each notification counts`() {
        func shown(_ token: String, _ text: String) -> NotificationStep {
            .show(DesktopNotification(token: token, title: "", body: text, actions: []))
        }
        let steps = [shown("a", "1"), shown("b", "1"), shown("a", "2"), .withdraw(token: "b"), shown("c", "1")]
        #expect(NotificationStep.latest(of: steps) == [shown("a", "2"), .withdraw(token: "b"), shown("c", "1")])
    }

    @Test(arguments: NotificationContent.allCases)
    func `only what the setting allows leaves the app`(content: NotificationContent) throws {
        var planner = planner()
        planner.content = content
        guard case .show(let shown) = try #require(planner.received(incoming("secret plan")).first) else {
            Issue.record("nothing shown")
            return
        }
        #expect(shown.body.contains("secret") == (content == .nameAndMessage))
        #expect(shown.title.contains("Maria") == (content != .nothing))
        #expect(!shown.token.contains(Samples.maria.description))
        #expect(shown.actions.contains(.reply) == (content != .nothing), "nobody answers somebody without a name")
    }

    @Test func `while the screen is shown to somebody else nothing is named, and what stood there goes`() throws {
        var planner = planner()
        _ = planner.received(incoming("secret plan"))
        #expect(planner.screen(isShared: true) == [.withdraw(token: "token-2")])
        #expect(planner.screen(isShared: true).isEmpty)
        guard case .show(let hidden) = try #require(planner.received(incoming("secret place")).first) else {
            Issue.record("nothing shown")
            return
        }
        #expect(hidden.title == "Shallot" && hidden.body == "New message" && hidden.actions == [.markRead])
        #expect(planner.screen(isShared: false).isEmpty)
        guard case .show(let open) = try #require(planner.received(incoming("lunch")).first) else {
            Issue.record("nothing shown")
            return
        }
        #expect(open.title.contains("Maria") && open.body.hasSuffix("lunch"))
    }

    @Test func `a notification without content stays while the screen is shown`() {
        var planner = planner()
        planner.content = .nothing
        _ = planner.received(incoming("secret plan"))
        #expect(planner.screen(isShared: true).isEmpty)
    }

    @Test func `muted, in front, or turned off: nothing`() {
        var planner = planner()
        #expect(planner.received(incoming("x", isMuted: true)).isEmpty)
        #expect(planner.received(incoming("x", isInFront: true)).isEmpty)
        planner.isOn = false
        #expect(planner.received(incoming("x")).isEmpty)
        #expect(planner.requestReceived(isInFront: false).isEmpty)
    }

    @Test func `requests say neither name nor text and share one notification`() {
        var planner = planner()
        let first = planner.requestReceived(isInFront: false)
        let second = planner.requestReceived(isInFront: false)
        #expect(first == second)
        #expect(
            first == [
                .show(
                    DesktopNotification(
                        token: "token-1", title: "Message request", body: "Somebody new wrote to you.", actions: [.open]
                    ))
            ])
        #expect(planner.requestsSeen() == [.withdraw(token: "token-1")])
        #expect(planner.requestsSeen().isEmpty)
    }

    @Test func `reading withdraws, and the next message starts afresh`() throws {
        var planner = planner()
        _ = planner.received(incoming("one"))
        #expect(planner.read(maria) == [.withdraw(token: "token-2")])
        #expect(planner.read(maria).isEmpty)
        guard case .show(let shown) = try #require(planner.received(incoming("two")).first) else {
            Issue.record("something else was read")
            return
        }
        #expect(shown.body == "two")
        #expect(planner.target(of: "token-2") == nil)
        #expect(planner.target(of: shown.token) == .conversation(maria))
    }

    @Test func `after one was put away the next stands alone, under the same token`() throws {
        var planner = planner()
        _ = planner.received(incoming("one"))
        planner.putAway("token-2")
        guard case .show(let shown) = try #require(planner.received(incoming("two")).first) else {
            Issue.record("something else was read")
            return
        }
        #expect(shown.body == "two" && shown.token == "token-2")
        planner.putAway("token-9")
    }

    @Test func `a token of another run leads nowhere`() {
        var planner = planner()
        _ = planner.received(incoming("one"))
        #expect(planner.target(of: "token-9") == nil)
        #expect(planner.target(of: "token-1") == .requests)
    }

    @Test func `long and many-lined texts become one short line`() throws {
        var planner = planner()
        guard
            case .show(let shown) = try #require(
                planner.received(incoming("a\nb\u{202E}\n" + String(repeating: "x", count: 5000))).first)
        else { return }
        #expect(!shown.body.contains("\n"))
        #expect(!shown.body.contains("\u{202E}"))
        #expect(shown.body.count <= NotificationPlanner.maximumLineLength)
    }
}

private final class Counter: Sendable {
    private let value = Mutex(0)
    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
