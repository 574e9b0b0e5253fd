/// When a message goes away by itself.
/// - Source: identity-and-messages.md §4.8
public struct Expiration: Hashable, Sendable, Codable {
    /// What starts the time. Config messages number the two the other way round.
    public enum Mode: Int, Sendable, Codable { case afterRead = 1, afterSend = 2 }

    public var mode: Mode
    /// How long it stays from then on, in seconds; not zero.
    public var seconds: UInt32

    public init(mode: Mode, seconds: UInt32) { (self.mode, self.seconds) = (mode, seconds) }
}

extension Expiration {
    /// `nil` for "off": no mode or no time.
    init?(_ content: SessionProtos_Content) {
        guard content.hasExpirationTimer, content.expirationTimer > 0 else { return nil }
        switch content.expirationType {
        case .deleteAfterRead: self.init(mode: .afterRead, seconds: content.expirationTimer)
        case .deleteAfterSend: self.init(mode: .afterSend, seconds: content.expirationTimer)
        case .unknown: return nil
        }
    }

    /// Writes both fields, zero when off.
    static func write(_ expiration: Expiration?, to content: inout SessionProtos_Content) {
        content.expirationTimer = expiration?.seconds ?? 0
        content.expirationType =
            switch expiration?.mode {
            case .afterRead: .deleteAfterRead
            case .afterSend: .deleteAfterSend
            case nil: .unknown
            }
    }
}
