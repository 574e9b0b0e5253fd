import BaseKit
import SessionWire

/// A room of a community server.
/// - Source: configs.md §10.4
public struct CommunityRoom: Hashable, Sendable {
    public let server: CommunityServer
    /// As it was written; two spellings that differ in case only are the same room.
    public let name: String

    /// - Throws: `.badCommunity` unless it has 1 to 64 letters, digits, hyphens and underscores.
    public init(server: CommunityServer, name: String) throws(ConfigError) {
        self.server = server
        self.name = try Self.checked(name)
    }

    /// Reads an address to be shared: `<server>/<room>?public_key=<key>`, or with `/r/` ahead of the room. The key may be
    /// written in hexadecimal, base32z or base64.
    public init(link: String) throws(ConfigError) {
        let halves = link.split(separator: "?", maxSplits: 1)
        guard halves.count == 2, link.utf8.count <= 1_024,
            let field = halves[1].split(separator: "&").first(where: { $0.hasPrefix("public_key=") }),
            let key = Self.key(field.dropFirst("public_key=".count)),
            let slash = halves[0].lastIndex(of: "/")
        else { throw .badCommunity }
        var base = halves[0][..<slash]
        if base.hasSuffix("/r") { base = base.dropLast(2) }
        server = try CommunityServer(url: String(base), publicKey: key)
        name = try Self.checked(String(halves[0][halves[0].index(after: slash)...]))
    }

    public var link: String { "\(server.url)/\(name)?public_key=\(server.publicKey.hex)" }
    var key: [UInt8] { Array(name.lowercased().utf8) }

    static func checked(_ name: String) throws(ConfigError) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard (1...64).contains(name.utf8.count), isPlain else { throw .badCommunity }
        return name
    }

    private static func key(_ text: Substring) -> [UInt8]? {
        let key =
            switch text.utf8.count {
            case 64: [UInt8](hex: text)
            case 52: Base32z.decode(text)
            case 43, 44: [UInt8](base64: String(text))
            default: nil as [UInt8]?
            }
        return key?.count == 32 ? key : nil
    }
}
