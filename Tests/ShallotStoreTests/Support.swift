import BaseKit
import Foundation
import SessionWire
import ShallotStore
import ShallotTestSupport
import SodiumKit
import Testing

/// People, times and directories for these tests.
enum Sample {
    static let now = Date(timeIntervalSince1970: 1_800_000_000)

    static func person(_ number: UInt8) throws -> AccountID {
        try #require(AccountID(publicKey: [UInt8](repeating: number, count: 32)))
    }

    static func conversation(_ number: UInt8) throws -> ConversationID { .account(try person(number)) }

    static func hash(_ number: UInt8) throws -> MessageHash {
        try #require(MessageHash([UInt8](repeating: number, count: 32).base64Unpadded))
    }

    /// A text message of `author` in the conversation with them, `second` seconds after `now`.
    static func incoming(_ author: UInt8, second: Int, _ body: String = "hello") throws -> NewIncoming {
        NewIncoming(
            conversation: try conversation(author), author: try person(author),
            sentAt: now.addingTimeInterval(Double(second)), receivedAt: now, body: body)
    }

    static func outgoing(to number: UInt8, second: Int, _ body: String = "hi") throws -> NewOutgoing {
        NewOutgoing(
            conversation: try conversation(number), author: try person(1),
            sentAt: now.addingTimeInterval(Double(second)), now: now, body: body, recipient: try person(number))
    }
}

/// A private directory, removed afterwards.
final class Scratch: Sendable {
    let url: URL

    init() throws {
        url = TemporaryFolder.fresh("store")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: url.appending(path: name))) }
    func write(_ bytes: [UInt8], _ name: String) throws { try Data(bytes).write(to: url.appending(path: name)) }
    func names() throws -> Set<String> { Set(try FileManager.default.contentsOfDirectory(atPath: url.path)) }
}
