import BaseKit

/// Reads the parameters of a request on the server's side, with the server's words for what is wrong.
/// - Source: network.md §4.1
struct StorageParameterReader {
    private let fields: [String: JSONValue]

    init(_ fields: [String: JSONValue]) { self.fields = fields.filter { !$0.value.isNull } }

    /// The account under `pubkey`, or under `pubKey` where `orCamelCase` is set; 33 bytes.
    func account(orCamelCase: Bool = false) throws(StorageRefusal) -> [UInt8] {
        let names = orCamelCase ? ["pubkey", "pubKey"] : ["pubkey"]
        let given = names.filter { fields[$0] != nil }
        guard given.count < 2 else { throw .invalid("Cannot specify both 'pubkey' and 'pubKey'") }
        guard let name = given.first else { throw .invalid("Required field 'pubkey' missing") }
        let text = try string(name) ?? ""
        guard let bytes = Self.bytes(text, count: 33) else {
            throw .invalid("Pubkey must be 66 hex digits (33 bytes) long")
        }
        return bytes
    }

    func value(_ name: String) -> JSONValue? { fields[name] }

    func has(_ name: String) -> Bool { fields[name] != nil }

    func string(_ name: String) throws(StorageRefusal) -> String? {
        guard let field = fields[name] else { return nil }
        guard let text = field.stringValue else { throw Self.wrong(name, "string") }
        return text
    }

    func flag(_ name: String) throws(StorageRefusal) -> Bool {
        guard let field = fields[name] else { return false }
        guard let flag = field.boolValue else { throw Self.wrong(name, "boolean") }
        return flag
    }

    func integer(_ name: String) throws(StorageRefusal) -> Int? {
        guard let field = fields[name] else { return nil }
        guard let value = field.intValue else { throw Self.wrong(name, "integer") }
        return value
    }

    /// Unix milliseconds.
    /// - Parameters:
    ///   - mayBeText: decimal text is taken too.
    ///   - isChecked: seconds mistaken for milliseconds are refused.
    func time(
        _ name: String, mayBeText: Bool = false, isChecked: Bool = true
    ) throws(StorageRefusal) -> UInt64? {
        guard let field = fields[name] else { return nil }
        var value = field.uint64Value
        if value == nil, mayBeText, let text = field.stringValue, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            value = UInt64(text)
        }
        guard let value, value < 1 << 62 else { throw Self.wrong(name, Self.time) }
        guard !isChecked || value >= 1_000_000_000 else { throw .invalid("timestamp must be in milliseconds") }
        return value
    }

    /// One time or a list of them; in a list small values are taken as they are.
    func times(_ name: String) throws(StorageRefusal) -> (values: [UInt64], isList: Bool) {
        guard let items = fields[name]?.arrayValue else { return ([try required(name, try time(name))], false) }
        let values = items.compactMap { $0.uint64Value.flatMap { $0 < 1 << 62 ? $0 : nil } }
        guard values.count == items.count else { throw Self.wrong(name, Self.time) }
        return (values, true)
    }

    func required<Value>(_ name: String, _ value: Value?) throws(StorageRefusal) -> Value {
        guard let value else { throw .invalid("Required field '\(name)' missing") }
        return value
    }

    func namespace() throws(StorageRefusal) -> Namespace {
        guard let field = fields["namespace"] else { return .messages }
        guard let namespace = field.intValue.flatMap(Namespace.init) else {
            throw Self.wrong("namespace", "16-bit integer")
        }
        return namespace
    }

    func namespaces() throws(StorageRefusal) -> NamespaceSelection {
        guard let text = fields["namespace"]?.stringValue else { return .one(try namespace()) }
        guard text == "all" else { throw Self.wrong("namespace", "16-bit integer or \"all\"") }
        return .all
    }

    /// One text or a list of them.
    func texts(_ name: String) throws(StorageRefusal) -> [String] {
        guard let field = fields[name] else { throw .invalid("Required field '\(name)' missing") }
        if let text = field.stringValue { return [text] }
        let texts = field.arrayValue?.compactMap(\.stringValue)
        guard let texts, texts.count == field.arrayValue?.count else { throw Self.wrong(name, "string array") }
        return texts
    }

    func messages() throws(StorageRefusal) -> [MessageHash] {
        let texts = try texts("messages")
        let hashes = texts.compactMap(MessageHash.init)
        guard !texts.isEmpty else { throw .invalid("'messages' does not contain any valid message hashes") }
        guard hashes.count == texts.count else { throw Self.wrong("messages", "message hashes") }
        return hashes
    }

    /// - Parameter limit: more are refused.
    func tokens(_ name: String, limit: Int) throws(StorageRefusal) -> [SubaccountToken] {
        let texts = try texts(name)
        guard !texts.isEmpty, texts.count <= limit else { throw Self.wrong(name, "1 to \(limit) subaccount tokens") }
        let tokens = texts.compactMap { SubaccountToken($0) }
        guard tokens.count == texts.count else { throw Self.wrong(name, "subaccount tokens") }
        return tokens
    }

    /// Account and everything that proves the right to ask.
    func credentials(orCamelCase: Bool = false, isSignatureRequired: Bool) throws(StorageRefusal) -> StorageCredentials
    {
        let account = try account(orCamelCase: orCamelCase)
        var ed25519: [UInt8]?
        if let text = try string("pubkey_ed25519") {
            guard account.first == AccountID.prefix else {
                throw .invalid("pubkey_ed25519 is only permitted for 05[...] pubkeys")
            }
            guard let key = Self.bytes(text, count: 32) else {
                throw Self.wrong("pubkey_ed25519", "64 hex digits (32 bytes)")
            }
            ed25519 = key
        }
        let signature = try signature("signature")
        if isSignatureRequired, signature == nil { throw .invalid("Required field 'signature' missing") }
        var subaccount: StorageCredentials.Subaccount?
        if let text = try string("subaccount") {
            guard let token = SubaccountToken(text) else { throw Self.wrong("subaccount", "36-byte token") }
            let proof = try required("subaccount_sig", try self.signature("subaccount_sig"))
            subaccount = .init(token: token, signature: proof)
        } else if has("subaccount_sig") {
            throw .invalid("Required field 'subaccount' missing")
        }
        return StorageCredentials(account: account, ed25519: ed25519, signature: signature, subaccount: subaccount)
    }

    private func signature(_ name: String) throws(StorageRefusal) -> [UInt8]? {
        guard let text = try string(name) else { return nil }
        guard text.utf8.count == 86 || text.utf8.count == 88, let bytes = [UInt8](base64: text), bytes.count == 64
        else {
            throw Self.wrong(name, "base64-encoded signature")
        }
        return bytes
    }

    /// So many bytes in hexadecimal, or as the text itself.
    private static func bytes(_ text: String, count: Int) -> [UInt8]? {
        switch text.utf8.count {
        case count: Array(text.utf8)
        case 2 * count: [UInt8](hex: text)
        default: nil
        }
    }

    /// The words for Unix milliseconds.
    private static let time = "integer timestamp (in milliseconds)"

    private static func wrong(_ name: String, _ type: String) -> StorageRefusal {
        .invalid("Invalid value given for '\(name)': expected \(type)")
    }
}
