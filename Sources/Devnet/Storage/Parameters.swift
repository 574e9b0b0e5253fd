import BaseKit
import SessionWire

/// The `params` of one request, read the way the storage server reads them: `null` is absent, extra members are ignored,
/// and every fault has its text.
/// - Source: network.md §4.1
struct Parameters: Sendable {
    let fields: Fields

    func value(_ name: String) -> JSONValue? {
        guard let value = fields[name] else { return nil }
        if case .null = value { return nil }
        return value
    }

    private func wrong(_ name: String, _ expected: String) -> RPCFailure {
        .invalid("Invalid value given for '\(name)': expected \(expected)")
    }

    func required<Value>(_ name: String, _ value: Value?) throws(RPCFailure) -> Value {
        guard let value else { throw .invalid("Required field '\(name)' missing") }
        return value
    }

    // MARK: Plain values

    func string(_ name: String) throws(RPCFailure) -> String? {
        guard let value = value(name) else { return nil }
        guard case .string(let text) = value else { throw wrong(name, "string") }
        return text
    }

    func bool(_ name: String) throws(RPCFailure) -> Bool? {
        guard let value = value(name) else { return nil }
        guard case .bool(let flag) = value else { throw wrong(name, "boolean") }
        return flag
    }

    func integer(_ name: String) throws(RPCFailure) -> Int64? {
        guard let value = value(name) else { return nil }
        guard let number = value.int64Value else { throw wrong(name, "integer") }
        return number
    }

    /// Unix milliseconds. Numbers that look like seconds are refused, except where `anyScale` says otherwise.
    func timestamp(_ name: String, anyScale: Bool = false, orText: Bool = false) throws(RPCFailure) -> Int64? {
        guard let value = value(name) else { return nil }
        var number = value.int64Value
        if orText, case .string(let text) = value, !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) {
            number = Int64(text)
        }
        guard let number, number >= 0 else { throw wrong(name, "integer timestamp (in milliseconds)") }
        guard anyScale || number >= 1_000_000_000 else { throw .invalid("timestamp must be in milliseconds") }
        return number
    }

    /// One string or an array of strings, at least one.
    func strings(_ name: String) throws(RPCFailure) -> [String]? {
        guard let value = value(name) else { return nil }
        switch value {
        case .string(let text): return [text]
        case .array(let items):
            var texts: [String] = []
            for item in items {
                guard case .string(let text) = item else { throw wrong(name, "string array") }
                texts.append(text)
            }
            return texts
        default: throw wrong(name, "string array")
        }
    }

    // MARK: Values with a meaning

    /// The account, under `pubkey` or (where allowed) `pubKey`.
    func owner(orCamelCase: Bool = false) throws(RPCFailure) -> Owner {
        var text = try string("pubkey")
        if orCamelCase, let other = try string("pubKey") {
            guard text == nil else { throw .invalid("Cannot specify both 'pubkey' and 'pubKey'") }
            text = other
        }
        guard let owner = Owner(try required("pubkey", text)) else {
            throw .invalid("Pubkey must be 66 hex digits (33 bytes) long")
        }
        return owner
    }

    func namespace() throws(RPCFailure) -> Namespace {
        guard let number = try integer("namespace") else { return .messages }
        guard let namespace = Int(exactly: number).flatMap(Namespace.init(rawValue:)) else {
            throw wrong("namespace", "16-bit integer")
        }
        return namespace
    }

    /// A namespace, or `"all"`.
    func namespaceOrAll() throws(RPCFailure) -> NamespaceSelection {
        if case .string("all")? = value("namespace") { return .all }
        if case .string? = value("namespace") { throw wrong("namespace", "16-bit integer or \"all\"") }
        return .one(try namespace())
    }

    func messageHash(_ name: String, _ text: String) throws(RPCFailure) -> String {
        guard text.utf8.count == 43, [UInt8](base64: text)?.count == 32 else {
            throw .invalid("Invalid value given for '\(name)': expected a message hash")
        }
        return text
    }

    func hashes(_ name: String = "messages") throws(RPCFailure) -> [String] {
        let texts = try required(name, try strings(name))
        guard !texts.isEmpty else { throw .invalid("'\(name)' does not contain any valid message hashes") }
        for text in texts { _ = try messageHash(name, text) }
        return texts
    }

    private func signature(_ name: String) throws(RPCFailure) -> [UInt8]? {
        guard let text = try string(name) else { return nil }
        guard [86, 88].contains(text.utf8.count), let bytes = [UInt8](base64: text), bytes.count == 64 else {
            throw wrong(name, "base64 signature of 64 bytes")
        }
        return bytes
    }

    /// Whoever signs: the account's own key, or a subaccount.
    func credentials(owner: Owner, allowsSubaccount: Bool = true) throws(RPCFailure) -> Credentials {
        var credentials = Credentials(owner: owner, signature: try signature("signature"))
        if let text = try string("pubkey_ed25519") {
            guard owner.type == 5 else { throw .invalid("pubkey_ed25519 is only permitted for 05[...] pubkeys") }
            let bytes = text.utf8.count == 32 ? Array(text.utf8) : [UInt8](hex: text)
            guard let bytes, bytes.count == 32 else { throw wrong("pubkey_ed25519", "64 hex digits") }
            credentials.ed25519 = bytes
        }
        guard allowsSubaccount, let text = try string("subaccount") else { return credentials }
        credentials.token = try token("subaccount", text)
        credentials.tokenSignature = try required("subaccount_sig", try signature("subaccount_sig"))
        return credentials
    }

    /// The 36 bytes of a subaccount, in hexadecimal or base64.
    func token(_ name: String, _ text: String) throws(RPCFailure) -> [UInt8] {
        let bytes = text.utf8.count == 72 ? [UInt8](hex: text) : text.utf8.count == 48 ? [UInt8](base64: text) : nil
        guard let bytes, bytes.count == 36 else { throw wrong(name, "36-byte subaccount token") }
        return bytes
    }
}
