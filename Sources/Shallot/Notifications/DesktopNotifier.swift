import Foundation
import GtkKit
import ShallotModels

/// Puts notifications on the desktop: through its notification service where that offers buttons, else, and inside a
/// sandbox, as GNotification.
final class DesktopNotifier {
    /// What people do with a notification. Tokens of earlier runs come too.
    struct Handlers {
        /// The activation lets the window come to the front.
        var open: (_ token: String, _ activation: String?) -> Void
        /// A window for the answer is wanted.
        var reply: (_ token: String) -> Void
        /// The answer was typed into the notification.
        var send: (_ text: String, _ token: String) -> Void
        var markRead: (_ token: String) -> Void
        /// A button of a notification about a call.
        var call: (_ action: DesktopNotification.Action, _ token: String) -> Void
        var putAway: (_ token: String) -> Void
    }

    static let sound = "message-new-instant"
    /// A burst of messages is heard once.
    static let soundPause = Duration.seconds(2)

    private let application: Application
    private let handlers: Handlers
    private lazy var service = NotificationService(
        of: application, named: "Shallot", desktopEntry: "im.shallot.Shallot"
    ) { [weak self] in self?.handle($0) }
    /// Asked once for each service that comes.
    private var capabilities: NotificationService.Capabilities?
    private var numbers: [String: UInt32] = [:]
    /// Whether the service was asked to show something and has not told its number yet.
    private var isAsking = false
    /// What came meanwhile about numbers that are not known: somebody may be quicker than the answer.
    private var early: [NotificationService.Event] = []
    private var lastSound: ContinuousClock.Instant?
    private var work: Task<Void, Never>?

    init(application: Application, handlers: Handlers) { (self.application, self.handlers) = (application, handlers) }

    /// One step after the other: each needs the number that the service gave for the one before.
    func perform(_ step: NotificationStep) {
        let before = work
        work = Task { [weak self] in
            await before?.value
            switch step {
            case .show(let wanted): await self?.show(wanted)
            case .withdraw(let token): await self?.withdraw(token)
            }
        }
    }

    /// Returns when everything that was asked for is done.
    func settle() async { await work?.value }

    private func show(_ wanted: DesktopNotification) async {
        guard let service = await serviceWithButtons() else { return showPlainly(wanted) }
        // A call rings by itself, as its window does.
        var content = NotificationService.Content(
            title: wanted.title, body: hasMarkup ? Markup.escape(wanted.body) : wanted.body, actions: buttons(wanted),
            category: wanted.kind.category, sound: wanted.kind == .incomingCall ? nil : soundNow())
        content.isUrgent = wanted.kind == .incomingCall
        isAsking = true
        let number = await service.show(content, replacing: numbers[wanted.token] ?? 0)
        isAsking = false
        numbers[wanted.token] = number ?? numbers[wanted.token]
        if number == nil { showPlainly(wanted) }
        let waiting = early
        early = []
        waiting.forEach(handle)
    }

    private func withdraw(_ token: String) async {
        application.withdrawNotification(id: token)
        if let number = numbers.removeValue(forKey: token) { await service?.close(number) }
    }

    private var hasMarkup: Bool { capabilities?.contains(.bodyMarkup) ?? false }

    /// - Returns: `nil` where GNotification has to do: in a sandbox, or without a service that has buttons.
    private func serviceWithButtons() async -> NotificationService? {
        guard !FileManager.default.fileExists(atPath: "/.flatpak-info"), let service else { return nil }
        if capabilities == nil { capabilities = await service.capabilities() }
        return capabilities?.contains(.actions) == true ? service : nil
    }

    private func buttons(_ wanted: DesktopNotification) -> [(key: String, label: String)] {
        [("default", DesktopNotification.Action.open.words)]
            + wanted.actions.map { action in
                let isInline = action == .reply && capabilities?.contains(.inlineReply) == true
                return (isInline ? "inline-reply" : action.rawValue, action.words)
            }
    }

    private func soundNow() -> String? {
        let now = ContinuousClock.now
        if let lastSound, now - lastSound < Self.soundPause { return nil }
        lastSound = now
        return Self.sound
    }

    private func showPlainly(_ wanted: DesktopNotification) {
        let notification = GtkKit.Notification(title: wanted.title, body: wanted.body)
        notification.setCategory(wanted.kind.category)
        if wanted.kind == .incomingCall { notification.setUrgent() }
        notification.setDefaultAction("app.open", target: wanted.token)
        for action in wanted.actions {
            notification.addButton(action.words, action: "app.\(action.rawValue)", target: wanted.token)
        }
        application.show(notification, id: wanted.token)
    }

    private func handle(_ event: NotificationService.Event) {
        if let number = event.number, token(of: number) == nil {
            if isAsking { early.append(event) }
            return
        }
        switch event {
        case .invoked(let number, let action, let activation):
            guard let token = token(of: number) else { return }
            switch DesktopNotification.Action(rawValue: action) {
            case .reply: handlers.reply(token)
            case .markRead: handlers.markRead(token)
            case let call? where DesktopNotification.Action.ofCalls.contains(call): handlers.call(call, token)
            case .open, nil: if action == "default" || action == "open" { handlers.open(token, activation) }
            default: break
            }
        case .replied(let number, let text): if let token = token(of: number) { handlers.send(text, token) }
        case .closed(let number):
            guard let token = token(of: number) else { return }
            numbers[token] = nil
            handlers.putAway(token)
        case .gone: (numbers, capabilities, early) = ([:], nil, [])
        }
    }

    private func token(of number: UInt32) -> String? { numbers.first { $0.value == number }?.key }
}

extension DesktopNotification.Kind {
    /// - Source: Desktop Notifications Specification 1.2, categories
    fileprivate var category: String {
        switch self {
        case .message: "im.received"
        case .incomingCall: "call.incoming"
        case .missedCall: "call.unanswered"
        }
    }
}
