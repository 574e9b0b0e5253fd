/// How much of a message a notification may show on the desktop.
public nonisolated enum NotificationContent: String, CaseIterable, Codable, Sendable {
    case nameAndMessage, name, nothing

    public var words: String {
        switch self {
        case .nameAndMessage: tr("Name and Message")
        case .name: tr("Name Only")
        case .nothing: tr("Nothing")
        }
    }
}
