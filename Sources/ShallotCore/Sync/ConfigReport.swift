import BaseKit
import Foundation
import SessionConfig
import SessionWire

/// One config as it stands on this device, for people who want to look.
public struct ConfigReport: Encodable, Sendable {
    public let kind: String
    public let sequence: Int64
    /// Whether the swarm has it, as far as we know.
    public let isInSwarm: Bool
    /// The stored messages that hold it.
    public let hashes: [String]
    /// What is in it. Secrets of groups are left out unless everything was asked for.
    public let data: ConfigTree
}

/// The content of a config: keys and texts as they are, other bytes as `hex:…`.
public enum ConfigTree: Encodable, Sendable {
    case int(Int64)
    case text(String)
    case list([ConfigTree])
    case dict([String: ConfigTree])

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .int(let value): try container.encode(value)
        case .text(let text): try container.encode(text)
        case .list(let elements): try container.encode(elements)
        case .dict(let members): try container.encode(members)
        }
    }
}

extension ConfigTree {
    /// Keys of values that open something.
    private static let secrets: Set<String> = ["K", "k", "s", "q", "Q"]

    init(_ data: ConfigDict, withSecrets: Bool) {
        var members: [String: ConfigTree] = [:]
        for (key, value) in data {
            let name = Self.text(key)
            guard withSecrets || !Self.secrets.contains(name) else { continue }
            members[name] = ConfigTree(value, withSecrets: withSecrets)
        }
        self = .dict(members)
    }

    private init(_ value: ConfigValue, withSecrets: Bool) {
        self =
            switch value {
            case .scalar(let scalar): ConfigTree(scalar)
            case .set(let set): .list(set.sorted().map(ConfigTree.init))
            case .dict(let dict): ConfigTree(dict, withSecrets: withSecrets)
            }
    }

    private init(_ scalar: ConfigScalar) {
        self =
            switch scalar {
            case .int(let value): .int(value)
            case .bytes(let bytes): .text(Self.text(bytes))
            }
    }

    /// Raw keys of accounts are no texts, even where they happen to look like one.
    private static func text(_ bytes: some Collection<UInt8>) -> String {
        guard bytes.count < 32, let text = String(validating: bytes, as: UTF8.self),
            !text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
        else {
            let isText = bytes.allSatisfy { (32..<127).contains($0) }
            return isText ? String(decoding: bytes, as: UTF8.self) : "hex:\(Array(bytes).hex)"
        }
        return text
    }
}

extension Messenger {
    /// The account's configs as they stand here.
    /// - Parameter withSecrets: with the keys of groups and pictures too.
    public func configReports(withSecrets: Bool = false) async throws -> [ConfigReport] {
        try await requireAccount().configs.edit { editor in
            try ConfigBook.kinds.map { kind in
                let config = try editor.config(kind)
                return ConfigReport(
                    kind: kind.rawValue, sequence: config.sequence, isInSwarm: !config.needsPush,
                    hashes: config.storedHashes, data: ConfigTree(config.data, withSecrets: withSecrets))
            }
        }
    }
}
