import CAdwaita
import CGtkKit

/// The desktop's notification service, spoken to directly: it takes answers that are typed into the notification, and it
/// tells when one was put away. Neither comes through GNotification.
/// - Source: Desktop Notifications Specification 1.2; `inline-reply` as KDE and others extend it
public final class NotificationService {
    /// What the service can do; everything else is not known or not used.
    public struct Capabilities: OptionSet, Sendable {
        public let rawValue: Int
        public nonisolated init(rawValue: Int) { self.rawValue = rawValue }
        public nonisolated static let actions = Capabilities(rawValue: 1)
        public nonisolated static let inlineReply = Capabilities(rawValue: 2)
        public nonisolated static let bodyMarkup = Capabilities(rawValue: 4)

        fileprivate init(_ names: [String]) {
            let known: [String: Capabilities] = [
                "actions": .actions, "inline-reply": .inlineReply, "body-markup": .bodyMarkup,
            ]
            self = names.reduce(into: []) { $0.formUnion(known[$1] ?? []) }
        }
    }

    /// One notification. `actions` are pairs of a key and what the button says; `default` is a click on the whole.
    public struct Content: Sendable {
        public var title: String
        public var body: String
        public var actions: [(key: String, label: String)]
        public var category: String
        /// A name of the sound theme; `nil` asks for silence.
        public var sound: String?
        /// It stays until it is taken away, above what else is on the screen.
        public var isUrgent = false

        public nonisolated init(
            title: String, body: String, actions: [(key: String, label: String)], category: String, sound: String?
        ) {
            (self.title, self.body, self.actions) = (title, body, actions)
            (self.category, self.sound) = (category, sound)
        }
    }

    public enum Event: Equatable, Sendable {
        /// A button, or `default`. The activation lets a window come to the front.
        case invoked(id: UInt32, action: String, activation: String?)
        case replied(id: UInt32, text: String)
        /// It is not on the screen any more.
        case closed(id: UInt32)
        /// The service itself went away, with everything that it showed.
        case gone

        /// Which notification it is about.
        public var number: UInt32? {
            switch self {
            case .invoked(let id, _, _), .replied(let id, _), .closed(let id): id
            case .gone: nil
            }
        }
    }

    private static let service = MessageBus.Service(
        name: "org.freedesktop.Notifications", path: "/org/freedesktop/Notifications",
        interface: "org.freedesktop.Notifications")
    private static let daemon = MessageBus.Service(
        name: "org.freedesktop.DBus", path: "/org/freedesktop/DBus", interface: "org.freedesktop.DBus")
    /// Longest reply that is taken from the desktop, in bytes.
    private static let maximumReply = 64 * 1024

    private let bus: MessageBus
    private let names: (application: String, desktopEntry: String)
    private var activations: [UInt32: String] = [:]

    /// - Parameters:
    ///   - application: what the desktop calls the program.
    ///   - desktopEntry: its desktop file without the suffix, which is also its icon.
    /// - Returns: `nil` without a message bus.
    public init?(
        of application: Application, named name: String, desktopEntry: String, _ body: @escaping (Event) -> Void
    ) {
        guard let bus = MessageBus(of: application) else { return nil }
        self.bus = bus
        names = (name, desktopEntry)
        bus.onSignal(of: Self.service) { [weak self] name, parameters in
            if let event = self?.event(name, parameters) { body(event) }
        }
        bus.onSignal(of: Self.daemon, argument: Self.service.name) { name, parameters in
            if name == "NameOwnerChanged", Variant.string(2, of: parameters) == "" { body(.gone) }
        }
    }

    private func event(_ name: String, _ parameters: OpaquePointer) -> Event? {
        guard let id = Variant.uint32(0, of: parameters) else { return nil }
        switch name {
        case "ActivationToken":
            // Belongs to the signal that follows.
            activations = Variant.string(1, of: parameters).map { [id: $0] } ?? [:]
            return nil
        case "ActionInvoked":
            let activation = activations.removeValue(forKey: id)
            return Variant.string(1, of: parameters).map { .invoked(id: id, action: $0, activation: activation) }
        case "NotificationReplied":
            guard let text = Variant.string(1, of: parameters), text.utf8.count <= Self.maximumReply else { return nil }
            return .replied(id: id, text: text)
        case "NotificationClosed": return .closed(id: id)
        default: return nil
        }
    }

    /// - Returns: `nil` when there is no service, or it does not answer.
    public func capabilities() async -> Capabilities? {
        await bus.call("GetCapabilities", of: Self.service, nil) { Variant.strings(0, of: $0) }.map { Capabilities($0) }
    }

    /// Shows a notification.
    /// - Parameter replacing: one that is on the screen, or 0.
    /// - Returns: the service's number for it; `nil` when it was not taken.
    public func show(_ content: Content, replacing id: UInt32) async -> UInt32? {
        var hints: [(String, OpaquePointer?)] = [
            ("desktop-entry", g_variant_new_string(names.desktopEntry)),
            ("category", g_variant_new_string(content.category)),
            ("urgency", g_variant_new_byte(content.isUrgent ? 2 : 1)),
            ("resident", g_variant_new_boolean(content.isUrgent.gboolean)),
        ]
        if let sound = content.sound {
            hints.append(("sound-name", g_variant_new_string(sound)))
        } else {
            hints.append(("suppress-sound", g_variant_new_boolean(1)))
        }
        let parameters = Variant.tuple([
            g_variant_new_string(names.application), g_variant_new_uint32(id), g_variant_new_string(names.desktopEntry),
            g_variant_new_string(content.title), g_variant_new_string(content.body),
            Variant.strings(content.actions.flatMap { [$0.key, $0.label] }), Variant.dictionary(hints),
            g_variant_new_int32(content.isUrgent ? 0 : -1),
        ])
        return await bus.call("Notify", of: Self.service, parameters) { Variant.uint32(0, of: $0) }
    }

    public func close(_ id: UInt32) async {
        let parameters = Variant.tuple([g_variant_new_uint32(id)])
        _ = await bus.call("CloseNotification", of: Self.service, parameters) { _ in true }
    }
}
