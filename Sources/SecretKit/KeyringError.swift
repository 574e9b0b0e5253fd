/// Why the key ring did not do it. Safe to log.
public enum KeyringError: Error, Equatable, Sendable {
    /// There is no service on the session bus, or no bus.
    case unavailable
    /// The collection or the entry is locked, or there is no collection yet.
    case locked
    /// The service did not answer in time.
    case timedOut
    /// The entry does not hold a secret of ours.
    case malformed
    case other(domain: String, code: Int32)
}

extension KeyringError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unavailable: "There is no key ring service."
        case .locked: "The key ring is locked."
        case .timedOut: "The key ring did not answer in time."
        case .malformed: "The key ring's entry is not one of ours."
        case .other(let domain, let code): "The key ring failed (\(domain) \(code))."
        }
    }
}
