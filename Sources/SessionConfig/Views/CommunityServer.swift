import SessionWire

/// A community server: where it is and its key.
/// - Source: configs.md §10.4
public struct CommunityServer: Hashable, Sendable {
    public static let maximumURL = 267

    /// Scheme, host in lower case, and the port unless it is the usual one.
    public let url: String
    /// X25519, 32 bytes.
    public let publicKey: [UInt8]

    /// - Throws: `.badCommunity` for an address that is not one of a server, or a key that has not 32 bytes.
    public init(url: String, publicKey: [UInt8]) throws(ConfigError) {
        guard publicKey.count == 32 else { throw .badCommunity }
        self.url = try Self.canonical(url)
        self.publicKey = publicKey
    }

    init?(_ key: ArraySlice<UInt8>, _ record: ConfigDict) {
        guard let url = String(validating: key, as: UTF8.self), let publicKey = record.bytes("#", count: 32) else {
            return nil
        }
        (self.url, self.publicKey) = (url, publicKey)
    }

    /// The one spelling of an address.
    public static func canonical(_ text: String) throws(ConfigError) -> String {
        guard text.utf8.count <= maximumURL else { throw .badCommunity }
        let lower = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { throw .badCommunity }
        var rest = lower.dropFirst(scheme.count)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let host = parts.first, !host.isEmpty,
            host.utf8.allSatisfy({ Self.isHostByte($0) })
        else { throw .badCommunity }
        guard parts.count == 2 else { return scheme + host }
        guard let port = UInt16(parts[1]), port != 0 else { throw .badCommunity }
        return scheme + host + (port == (scheme == "https://" ? 443 : 80) ? "" : ":\(port)")
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Changes what hangs below the server under `key`. A new key of the server replaces the old one.
    func change(
        in servers: inout ConfigDict, _ key: [UInt8], _ body: (inout ConfigDict) -> Void
    ) throws(ConfigError) {
        try servers.change(url) { record throws(ConfigError) in
            record.set("#", bytes: publicKey)
            try record.change("R") { entries throws(ConfigError) in
                try entries.change(key) { dict throws(ConfigError) in body(&dict) }
            }
            // Nothing was worth a record.
            if record["R"] == nil { record = [:] }
        }
    }

    /// Removes what hangs below a server, and with the last of it the server.
    static func erase(_ key: [UInt8], at url: String, from servers: inout ConfigDict) {
        let canonical = (try? canonical(url)) ?? url
        guard var record = servers[canonical]?.dict, var entries = record["R"]?.dict else { return }
        entries[key] = nil
        record["R"] = .dict(entries)
        servers[canonical] = entries.isEmpty ? nil : .dict(record)
    }
}
