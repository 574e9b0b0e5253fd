/// The parts of an `http` or `https` address that a client needs.
struct WebAddress: Equatable, Sendable {
    static let maximumLength = 2_048

    let isSecure: Bool
    let host: String
    let port: UInt16
    /// Path and query; empty when the address ends after the authority.
    let path: String

    /// Reads an address; `nil` with user information, a fragment, or characters outside printable ASCII.
    /// - Source: RFC 3986 §3
    init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        let rest: Substring
        if text.hasPrefix("https://") {
            isSecure = true
            rest = text.dropFirst(8)
        } else if text.hasPrefix("http://") {
            isSecure = false
            rest = text.dropFirst(7)
        } else {
            return nil
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        path = String(rest.dropFirst(authority.count))
        guard !authority.contains("@"), !path.contains("#") else { return nil }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, parts.count <= 2,
            name.utf8.allSatisfy({ Self.isHostByte($0) })
        else { return nil }
        host = name.lowercased()
        if parts.count == 2 {
            guard let number = UInt16(parts[1]), number != 0 else { return nil }
            port = number
        } else {
            port = isSecure ? 443 : 80
        }
    }

    /// Whether the host is this machine.
    var isLoopback: Bool {
        host == "localhost"
            || (host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) })
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }
}
