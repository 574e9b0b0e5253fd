import BaseKit

/// Reads the parameters of a request on the server's side, with the server's words for what is wrong.
/// - Source: network.md §4.1
struct StorageParameterReader {
    private let fields: [String: JSONValue]

    init(_ fields: [String: JSONValue]) { self.fields = fields.filter { !$0.value.isNull } }

    /// The account under `pubkey`, or under `pubKey` where `orCamelCase` is set; 33 bytes.
    func account(orCamelCase: Bool = false) throws(StorageCallError) -> [UInt8] {
        let names = orCamelCase ? ["pubkey", "pubKey"] : ["pubkey"]
        let given = names.filter { fields[$0] != nil }
        guard given.count < 2 else { throw .invalid("Cannot specify both 'pubkey' and 'pubKey'") }
        guard let name = given.first else { throw .invalid("Required field 'pubkey' missing") }
        let text = try string(name) ?? ""
        if text.utf8.count == 66, let bytes = [UInt8](hex: text) { return bytes }
        if text.unicodeScalars.count == 33, let bytes = Self.rawBytes(text) { return bytes }
        throw .invalid("Pubkey must be 66 hex digits (33 bytes) long")
    }

    func list(_ name: String) -> [JSONValue]? { fields[name]?.arrayValue }

    func has(_ name: String) -> Bool { fields[name] != nil }

    func string(_ name: String) throws(StorageCallError) -> String? {
        guard let field = fields[name] else { return nil }
        guard let text = field.stringValue else { throw Self.wrong(name, "string") }
        return text
    }

    func flag(_ name: String) throws(StorageCallError) -> Bool {
        guard let field = fields[name] else { return false }
        guard let flag = field.boolValue else { throw Self.wrong(name, "boolean") }
        return flag
    }

    func integer(_ name: String) throws(StorageCallError) -> Int? {
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
    ) throws(StorageCallError) -> UInt64? {
        guard let field = fields[name] else { return nil }
        var value = field.uint64Value
        if value == nil, mayBeText, let text = field.stringValue, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            value = UInt64(text)
        }
        guard let value, value < 1 << 62 else { throw Self.wrong(name, "positive integer") }
        guard !isChecked || value >= 1_000_000_000 else { throw .invalid("timestamp must be in milliseconds") }
        return value
    }

    func required<Value>(_ name: String, _ value: Value?) throws(StorageCallError) -> Value {
        guard let value else { throw .invalid("Required field '\(name)' missing") }
        return value
    }

    func namespace() throws(StorageCallError) -> Namespace {
        guard let value = try integer("namespace") else { return .messages }
        guard let namespace = Namespace(rawValue: value) else { throw Self.wrong("namespace", "16-bit integer") }
        return namespace
    }

    func namespaces() throws(StorageCallError) -> NamespaceSelection {
        if fields["namespace"]?.stringValue == "all" { return .all }
        return .one(try namespace())
    }

    /// One text or a list of them.
    func texts(_ name: String) throws(StorageCallError) -> [String] {
        guard let field = fields[name] else { throw .invalid("Required field '\(name)' missing") }
        if let text = field.stringValue { return [text] }
        guard let items = field.arrayValue, !items.isEmpty else { throw Self.wrong(name, "string array") }
        let texts = items.compactMap(\.stringValue)
        guard texts.count == items.count else { throw Self.wrong(name, "string array") }
        return texts
    }

    func messages() throws(StorageCallError) -> [MessageHash] {
        let texts = try texts("messages")
        let hashes = texts.compactMap(MessageHash.init)
        guard hashes.count == texts.count else { throw .invalid("invalid message hash in 'messages'") }
        return hashes
    }

    func tokens(_ name: String) throws(StorageCallError) -> [SubaccountToken] {
        let texts = try texts(name)
        guard texts.count <= RevokeRequest.maximumTokens else { throw .invalid("too many subaccounts in '\(name)'") }
        let tokens = texts.compactMap { SubaccountToken($0) }
        guard tokens.count == texts.count else { throw Self.wrong(name, "subaccount tokens") }
        return tokens
    }

    /// Account and everything that proves the right to ask.
    func credentials(orCamelCase: Bool = false, isSignatureRequired: Bool) throws(StorageCallError) -> StorageCredentials {
        let account = try account(orCamelCase: orCamelCase)
        var ed25519: [UInt8]?
        if let text = try string("pubkey_ed25519") {
            guard account.first == AccountID.prefix else {
                throw .invalid("pubkey_ed25519 is only permitted for 05[...] pubkeys")
            }
            guard let key = ServiceNodeID(hex: text)?.bytes ?? (text.unicodeScalars.count == 32 ? Self.rawBytes(text) : nil)
            else { throw Self.wrong("pubkey_ed25519", "64 hex digits (32 bytes)") }
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

    private func signature(_ name: String) throws(StorageCallError) -> [UInt8]? {
        guard let text = try string(name) else { return nil }
        guard text.utf8.count == 86 || text.utf8.count == 88, let bytes = [UInt8](base64: text), bytes.count == 64 else {
            throw Self.wrong(name, "base64-encoded signature")
        }
        return bytes
    }

    /// Some clients put bytes into a text, one per code point.
    private static func rawBytes(_ text: String) -> [UInt8]? {
        let bytes = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
        return bytes.count == text.unicodeScalars.count ? bytes : nil
    }

    private static func wrong(_ name: String, _ type: String) -> StorageCallError {
        .invalid("Invalid value given for '\(name)': expected \(type)")
    }
}
