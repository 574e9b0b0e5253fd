import Foundation
import GRDB

extension Store {
    /// The setting's value; its default if it was never set or cannot be read as `Value` any more.
    public func preference<Value>(_ preference: Preference<Value>) async throws(StoreError) -> Value {
        try await read { try Self.fetch($0, preference) }
    }

    /// The setting now and after each change.
    public func preferenceObservation<Value>(_ preference: Preference<Value>) -> StoreUpdates<Value> {
        observe { try Self.fetch($0, preference) }
    }

    public func setPreference<Value>(_ preference: Preference<Value>, to value: Value) async throws(StoreError) {
        try await transaction { try $0.setPreference(preference, to: value) }
    }

    fileprivate static func fetch<Value>(_ db: Database, _ preference: Preference<Value>) throws -> Value {
        let statement = try db.cachedStatement(sql: "SELECT value FROM preference WHERE key = ?")
        guard let text = try String.fetchOne(statement, arguments: [preference.name]) else {
            return preference.defaultValue
        }
        // A setting of another type is one of a version that meant something else by the name.
        return (try? JSONDecoder().decode(Value.self, from: Data(text.utf8))) ?? preference.defaultValue
    }
}

extension StoreTransaction {
    public func preference<Value>(_ preference: Preference<Value>) throws -> Value {
        try Store.fetch(db, preference)
    }

    public func setPreference<Value>(_ preference: Preference<Value>, to value: Value) throws {
        let text = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        try execute("INSERT OR REPLACE INTO preference VALUES (?, ?)", [preference.name, text])
    }
}
