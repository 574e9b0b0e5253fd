import Synchronization

/// A machine that this program opened connections to, and why.
public struct ContactedHost: Equatable, Hashable, Sendable {
    public enum Reason: String, Equatable, Hashable, Sendable {
        /// Asked for the list of service nodes.
        case seed
        /// The first hop of an onion path, or tried as one.
        case entryNode
        /// Asked directly for the list because no seed answered.
        case staticNode
    }

    /// Host name or address, with port.
    public let address: String
    public let reason: Reason
    /// Requests since the start.
    public let count: Int

    public init(address: String, reason: Reason, count: Int) {
        self.address = address
        self.reason = reason
        self.count = count
    }
}

/// Counts requests by host, for the page that tells people whom their machine talks to.
final class ContactedHosts: Sendable {
    private struct Key: Hashable {
        let address: String
        let reason: ContactedHost.Reason
    }

    /// Beyond this, hosts that are not listed yet are not counted.
    private static let maximumEntries = 10_000
    private let counts = Mutex<[Key: Int]>([:])

    func note(_ endpoint: Endpoint, _ reason: ContactedHost.Reason) {
        let key = Key(address: "\(endpoint.host):\(endpoint.port)", reason: reason)
        counts.withLock { counts in
            guard counts[key] != nil || counts.count < Self.maximumEntries else { return }
            counts[key, default: 0] += 1
        }
    }

    /// Most used first.
    func list() -> [ContactedHost] {
        counts.withLock { counts in
            counts.map { ContactedHost(address: $0.key.address, reason: $0.key.reason, count: $0.value) }
        }
        .sorted { ($1.count, $0.address) < ($0.count, $1.address) }
    }
}
