public import Observation
public import SessionWire
public import ShallotStore

extension Preference where Value == Bool {
    nonisolated static var notificationsOn: Preference { Preference("notifications-on", default: true) }
    nonisolated static var enterSends: Preference { Preference("enter-sends", default: true) }
    nonisolated static var knowsNewerFormat: Preference { Preference("knows-newer-format", default: false) }
}

extension Preference where Value == String {
    /// Empty for none.
    nonisolated static var openConversation: Preference { Preference("open-conversation", default: "") }
}

extension Preference where Value == NotificationContent {
    nonisolated static var notificationContent: Preference {
        Preference("notification-content", default: .nameAndMessage)
    }
}

/// Settings of this account on this device; they live in the database and take effect at once.
@Observable
public final class AccountSettings {
    public var notificationsOn = true {
        didSet { if notificationsOn != oldValue { save(.notificationsOn, notificationsOn) } }
    }
    public var notificationContent = NotificationContent.nameAndMessage {
        didSet { if notificationContent != oldValue { save(.notificationContent, notificationContent) } }
    }
    /// Enter sends; otherwise it starts a new line and Ctrl+Enter sends.
    public var enterSends = true { didSet { if enterSends != oldValue { save(.enterSends, enterSends) } } }
    /// The conversation that is open, for the next start. In a narrow window an open conversation is in front of the list.
    @ObservationIgnored public var openConversation: ConversationID? {
        didSet { if openConversation != oldValue { save(.openConversation, openConversation?.rawValue ?? "") } }
    }
    /// It was said once that messages come in a format that this version does not read.
    @ObservationIgnored public var knowsNewerFormat = false {
        didSet { if knowsNewerFormat != oldValue { save(.knowsNewerFormat, knowsNewerFormat) } }
    }
    public private(set) var notice: Notice?

    private let store: Store
    @ObservationIgnored private var isLoading = false
    @ObservationIgnored private var writing: Task<Void, Never>?

    public init(store: Store) { self.store = store }

    public func load() async {
        do {
            let on = try await store.preference(.notificationsOn)
            let content = try await store.preference(.notificationContent)
            let enter = try await store.preference(.enterSends)
            let open = try await store.preference(.openConversation)
            let format = try await store.preference(.knowsNewerFormat)
            isLoading = true
            (notificationsOn, notificationContent, enterSends) = (on, content, enter)
            openConversation = ConversationID(rawValue: open)
            knowsNewerFormat = format
            isLoading = false
        } catch { notice = Notice(error) }
    }

    /// Returns when everything that was set is on disk.
    public func settle() async { await writing?.value }

    private func save<Value: Codable & Sendable & Equatable>(_ preference: Preference<Value>, _ value: Value) {
        guard !isLoading else { return }
        let before = writing
        writing = Task { [weak self, store] in
            await before?.value
            do { try await store.setPreference(preference, to: value) } catch { self?.notice = Notice(error) }
        }
    }
}
