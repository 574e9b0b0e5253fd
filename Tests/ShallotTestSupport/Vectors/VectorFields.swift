import BaseKit
public import SessionWire
public import SodiumKit

/// The fields of one vector case, or of an object inside it, read by name and kind. What is missing or of another kind
/// throws, so that a misspelt field fails a test instead of passing it.
public struct VectorFields: Sendable {
    /// Where the fields are, for error messages.
    public let path: String
    public let values: [String: VectorValue]

    public init(path: String, values: [String: VectorValue]) {
        (self.path, self.values) = (path, values)
    }

    /// Whether the field is there with another value than `null`.
    public func has(_ field: String) -> Bool { values[field].map { $0 != .null } ?? false }

    public func value(_ field: String) throws -> VectorValue {
        guard let value = values[field] else { throw VectorError("\(path) has no field \(field)") }
        return value
    }

    public func text(_ field: String) throws -> String {
        guard case .text(let text) = try value(field) else { throw wrongKind(field) }
        return text
    }

    /// Bytes written as hex, or abbreviated as `repeat:<hex byte>:<count>` or `mul7:<count>`.
    public func bytes(_ field: String) throws -> [UInt8] {
        guard let bytes = Self.bytes(of: try text(field)) else { throw wrongKind(field) }
        return bytes
    }

    public func base64(_ field: String) throws -> [UInt8] {
        guard let bytes = [UInt8](base64: try text(field)) else { throw wrongKind(field) }
        return bytes
    }

    public func secret(_ field: String) throws -> SecretBytes { SecretBytes(try bytes(field)) }

    public func int(_ field: String) throws -> Int {
        guard case .integer(let value) = try value(field) else { throw wrongKind(field) }
        return Int(value)
    }

    /// A number, or a decimal number written as text.
    public func uint64(_ field: String) throws -> UInt64 {
        switch try value(field) {
        case .integer(let value) where value >= 0: return UInt64(value)
        case .unsigned(let value): return value
        case .text(let text): if let value = UInt64(text) { return value }
        default: break
        }
        throw wrongKind(field)
    }

    public func bool(_ field: String) throws -> Bool {
        guard case .bool(let value) = try value(field) else { throw wrongKind(field) }
        return value
    }

    public func list(_ field: String) throws -> [VectorValue] {
        guard case .list(let values) = try value(field) else { throw wrongKind(field) }
        return values
    }

    /// A list of texts.
    public func texts(_ field: String) throws -> [String] {
        try list(field).map {
            guard case .text(let text) = $0 else { throw wrongKind(field) }
            return text
        }
    }

    /// A list of byte strings.
    public func bytesList(_ field: String) throws -> [[UInt8]] {
        try texts(field).map {
            guard let bytes = Self.bytes(of: $0) else { throw wrongKind(field) }
            return bytes
        }
    }

    public func object(_ field: String) throws -> VectorFields {
        guard case .object(let values) = try value(field) else { throw wrongKind(field) }
        return VectorFields(path: "\(path).\(field)", values: values)
    }

    /// A list of objects.
    public func objects(_ field: String) throws -> [VectorFields] {
        try list(field).enumerated().map { index, value in
            guard case .object(let values) = value else { throw wrongKind(field) }
            return VectorFields(path: "\(path).\(field)[\(index)]", values: values)
        }
    }

    /// The keys of a person, checked against the public parts written beside them.
    public func person(_ field: String) throws -> AccountKeys {
        let fields = try object(field)
        let seed = try fields.bytes("ed25519_seed")
        let keys = try AccountKeys(seed: SecretBytes(Array(seed.prefix(AccountKeys.seedSize))))
        guard seed.dropFirst(AccountKeys.seedSize).allSatisfy({ $0 == 0 }),
            try keys.ed25519PublicKey == fields.bytes("ed25519_pubkey"),
            try keys.accountID.description == fields.text("account_id")
        else { throw VectorError("\(path).\(field) is not an account of ours") }
        return keys
    }

    private func wrongKind(_ field: String) -> VectorError { VectorError("\(path).\(field) is of another kind") }

    private static func bytes(of text: String) -> [UInt8]? {
        let parts = text.split(separator: ":")
        if parts.count == 3, parts[0] == "repeat" {
            guard let byte = UInt8(parts[1], radix: 16), let count = Int(parts[2]) else { return nil }
            return [UInt8](repeating: byte, count: count)
        }
        if parts.count == 2, parts[0] == "mul7" {
            guard let count = Int(parts[1]) else { return nil }
            return (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
        }
        return [UInt8](hex: text)
    }
}
