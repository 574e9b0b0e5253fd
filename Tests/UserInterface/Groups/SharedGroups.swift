import Foundation
import SessionConfig
import SessionWire

/// What another device of an account has joined: prints, as JSON lines of `namespace` and base64 `data`, the config of a
/// group, a group that only invites, a community and a group of the old kind, to be put into the account's swarm.
/// The arguments are the words of the account's recovery phrase.
@main
enum SharedGroups {
    private struct Line: Encodable {
        let namespace: Int
        let data: Data
    }

    static func main() throws {
        let words = CommandLine.arguments.dropFirst().joined(separator: " ")
        let keys = ConfigKeys(account: try AccountKeys(seed: RecoveryPhrase.decode(words)))
        var config = try groups(keys).config
        for blob in try config.push(now: Date()).blobs {
            let line = Line(namespace: config.kind.namespace.rawValue, data: Data(blob))
            FileHandle.standardOutput.write(try JSONEncoder().encode(line) + [0x0a])
        }
    }

    private static func groups(_ keys: ConfigKeys) throws -> UserGroupsConfig {
        var groups = UserGroupsConfig(keys: keys)
        let now = Int64(Date().timeIntervalSince1970)
        for (number, name) in ["Garden", "Choir"].enumerated() {
            guard let id = GroupID(publicKey: key(number)) else { continue }
            try groups.set(id) { group in
                group.name = name
                group.auth = Array(repeating: 3, count: GroupEntry.authSize)
                group.common.isInvited = number == 1
                group.common.joined = now - 100
            }
        }
        let server = try CommunityServer(url: "https://rooms.example.org", publicKey: key(2))
        try groups.set(CommunityRoom(server: server, name: "Bicycles")) { $0.joined = now - 200 }
        if let id = AccountID(publicKey: key(3)) {
            try groups.setLegacy(id) { ($0.name, $0.common.joined) = ("Neighbours", now - 300) }
        }
        return groups
    }

    private static func key(_ number: Int) -> [UInt8] { Array(repeating: UInt8(number + 1), count: 32) }
}
