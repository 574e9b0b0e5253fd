import CSecret

/// The name of one entry: our schema with two attributes.
struct KeyringEntry: Sendable {
    static let schemaName = "im.shallot.Shallot"
    static let label = "Shallot: key of the message database"

    let profile: String
    let purpose: Keyring.Purpose

    /// Lends the schema and the attributes as libsecret wants them.
    func with<Result>(
        _ body: (UnsafePointer<SecretSchema>?, OpaquePointer?) throws(KeyringError) -> Result
    ) throws(KeyringError) -> Result {
        let types = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, nil)
        let values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)
        defer {
            g_hash_table_unref(types)
            g_hash_table_unref(values)
        }
        for (name, value) in [("profile", profile), ("purpose", purpose.rawValue)] {
            let string = UnsafeMutableRawPointer(bitPattern: UInt(SECRET_SCHEMA_ATTRIBUTE_STRING.rawValue))
            g_hash_table_insert(types, g_strdup(name), string)
            g_hash_table_insert(values, g_strdup(name), g_strdup(value))
        }
        let schema = secret_schema_newv(Self.schemaName, SECRET_SCHEMA_NONE, types)
        defer { secret_schema_unref(schema) }
        return try body(schema, values)
    }
}
