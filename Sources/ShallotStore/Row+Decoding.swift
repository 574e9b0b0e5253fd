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

extension AccountID {
    /// As ids of people stand in the database: 33 bytes.
    var blob: Data { Data(bytes) }
}
