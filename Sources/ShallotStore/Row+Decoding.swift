import Foundation
import GRDB
import SessionWire
import SodiumKit

/// Reading of our own columns. Types and presence are checked by STRICT tables when they are written; what only we can
/// judge (is this an Account ID?) is checked here and reported as damage.
extension Row {
    func accountID(_ column: String) throws -> AccountID {
        let bytes: [UInt8] = Array(self[column] as Data)
        guard bytes.first == AccountID.prefix, let id = AccountID(publicKey: Array(bytes.dropFirst())) else {
            throw StoreError.damaged("an Account ID is not one")
        }
        return id
    }

    func conversationID(_ column: String) throws -> ConversationID {
        guard let id = ConversationID(rawValue: self[column]) else {
            throw StoreError.damaged("a conversation's ID is not one")
        }
        return id
    }

    func messageHash(_ column: String) -> MessageHash? { (self[column] as String?).flatMap(MessageHash.init) }
    func date(_ column: String) -> Date { Date(milliseconds: self[column]) }
    func optionalDate(_ column: String) -> Date? { (self[column] as Int64?).map(Date.init(milliseconds:)) }
    func bytes(_ column: String) -> [UInt8]? { (self[column] as Data?).map(Array.init) }

    func value<Value: RawRepresentable<Int>>(_ column: String, as type: Value.Type) throws -> Value {
        guard let value = Value(rawValue: self[column]) else {
            throw StoreError.damaged("a value of \(type) is unknown")
        }
        return value
    }
}

extension Statement {
    /// What `make` reads of each row while SQLite stands on it. In copies of rows, which `Row.fetchAll` gives, a column is
    /// looked for among all names again each time, and that costs more than everything else.
    func all<Value>(_ arguments: StatementArguments, _ make: (Row) throws -> Value) throws -> [Value] {
        let rows = try Row.fetchCursor(self, arguments: arguments)
        var values: [Value] = []
        while let row = try rows.next() { values.append(try make(row)) }
        return values
    }

    /// What `make` reads of the first row, if there is one.
    func first<Value>(_ arguments: StatementArguments, _ make: (Row) throws -> Value) throws -> Value? {
        let rows = try Row.fetchCursor(self, arguments: arguments)
        // The cursor's end takes SQLite off the row.
        return try withExtendedLifetime(rows) { try rows.next().map(make) }
    }
}

extension AccountID {
    /// As ids of people stand in the database: 33 bytes.
    var blob: Data { Data(bytes) }
}
