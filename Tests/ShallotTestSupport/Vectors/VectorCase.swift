public import SessionWire
public import SodiumKit

/// One case of a vector file: what to do (`op`) and the fields that belong to it.
public struct VectorCase: Sendable, CustomStringConvertible {
    public let name: String
    public let op: String
    public let fields: VectorFields

    public init(name: String, op: String, values: [String: VectorValue]) {
        (self.name, self.op) = (name, op)
        fields = VectorFields(path: name, values: values)
    }

    /// Whether the operation must be refused.
    public var mustReject: Bool { fields.values["expect"] == .text("reject") }
    public var description: String { name }

    public func has(_ field: String) -> Bool { fields.has(field) }
    public func value(_ field: String) throws -> VectorValue { try fields.value(field) }
    public func text(_ field: String) throws -> String { try fields.text(field) }
    public func bytes(_ field: String) throws -> [UInt8] { try fields.bytes(field) }
    public func base64(_ field: String) throws -> [UInt8] { try fields.base64(field) }
    public func secret(_ field: String) throws -> SecretBytes { try fields.secret(field) }
    public func int(_ field: String) throws -> Int { try fields.int(field) }
    public func uint64(_ field: String) throws -> UInt64 { try fields.uint64(field) }
    public func bool(_ field: String) throws -> Bool { try fields.bool(field) }
    public func list(_ field: String) throws -> [VectorValue] { try fields.list(field) }
    public func texts(_ field: String) throws -> [String] { try fields.texts(field) }
    public func bytesList(_ field: String) throws -> [[UInt8]] { try fields.bytesList(field) }
    public func object(_ field: String) throws -> VectorFields { try fields.object(field) }
    public func objects(_ field: String) throws -> [VectorFields] { try fields.objects(field) }
    public func person(_ field: String) throws -> AccountKeys { try fields.person(field) }
}

/// What is wrong with a vector file.
public struct VectorError: Error, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
