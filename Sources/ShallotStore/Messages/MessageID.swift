/// The number of a message on this device. Never used twice.
public struct MessageID: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
    public static func < (first: MessageID, second: MessageID) -> Bool { first.rawValue < second.rawValue }
}
