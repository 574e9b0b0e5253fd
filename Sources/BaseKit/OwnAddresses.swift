import Glibc

/// The addresses that this machine has. Never for a log.
/// - Source: getifaddrs(3)
public enum OwnAddresses {
    /// Those of interfaces that are up, in their text form; without loopback and link-local ones, which lead nowhere.
    /// - Returns: `nil` when the system does not say.
    public static func current() -> Set<String>? {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return nil }
        defer { freeifaddrs(first) }
        var found: Set<String> = []
        for entry in sequence(first: first, next: { $0?.pointee.ifa_next }) {
            guard let entry = entry?.pointee, entry.ifa_flags & isUp != 0, entry.ifa_flags & isLoopback == 0,
                let address = entry.ifa_addr, let text = text(of: address), !isLinkLocal(text)
            else { continue }
            found.insert(text)
        }
        return found
    }

    private static let isUp = UInt32(IFF_UP)
    private static let isLoopback = UInt32(IFF_LOOPBACK)

    private static func isLinkLocal(_ text: String) -> Bool {
        ["169.254.", "fe8", "fe9", "fea", "feb"].contains { text.hasPrefix($0) }
    }

    private static func text(of address: UnsafeMutablePointer<sockaddr>) -> String? {
        let raw = UnsafeMutableRawPointer(address)
        let family = Int32(address.pointee.sa_family)
        return switch family {
        case AF_INET: text(raw.loadUnaligned(as: sockaddr_in.self).sin_addr, family)
        case AF_INET6: text(raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr, family)
        default: nil
        }
    }

    private static func text<Address>(_ address: Address, _ family: Int32) -> String? {
        withUnsafePointer(to: address) { address in
            var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            return inet_ntop(family, address, &buffer, socklen_t(buffer.count)).map { String(cString: $0) }
        }
    }
}
