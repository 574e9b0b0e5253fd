import BaseKit
import Foundation
import SessionConfig
import SessionNetwork
import SessionWire
import ShallotStore
import SodiumKit
import Synchronization
import Testing

@testable import ShallotCore

/// One of several devices of an account without a network between them: a test carries what one stored to another.
final class Twin: Sendable {
    /// Network time, which all share.
    final class Clock: Sendable {
        private let time: Mutex<Date>
        init(_ start: Date = Date(timeIntervalSince1970: 1_775_000_000)) { time = Mutex(start) }
        var now: Date { time.withLock { $0 } }
        var milliseconds: UInt64 { UInt64(now.timeIntervalSince1970 * 1_000) }
        func advance(_ seconds: TimeInterval) { time.withLock { $0 += seconds } }
    }

    let keys: AccountKeys
    let clock: Clock
    let store: Store
    let book: ConfigBook
    let receiver: Receiver
    private let node: ServiceNode

    var own: ConversationID { .account(keys.accountID) }

    init(_ keys: AccountKeys, _ clock: Clock, isRestored: Bool = false) async throws {
        (self.keys, self.clock) = (keys, clock)
        store = try Store.inMemory()
        book = ConfigBook(store: store, keys: keys) { clock.milliseconds }
        receiver = Receiver(
            store: store, keys: keys, networkNow: { clock.milliseconds }, now: { clock.now }, configs: book,
            report: { _ in })
        let address = try #require(IPv4Address("127.0.0.1"))
        node = try #require(
            ServiceNode(ed25519: keys.ed25519PublicKey, x25519: keys.x25519PublicKey, address: address, port: 1))
        try await store.saveAccount(
            AccountRecord(
                accountID: keys.accountID, seed: keys.seed, displayName: "",
                profileUpdatedAt: Date(timeIntervalSince1970: 1), createdAt: clock.now))
        try await store.setPreference(.syncStage, to: isRestored ? .restoring : .ready)
        try await store.setPreference(.isCatchingUp, to: isRestored)
    }

    /// Stores what it has to store, and learns that it is there.
    /// - Returns: what the swarm has of it.
    @discardableResult
    func push() async throws -> [Namespace: [StoredMessage]] {
        var stored: [Namespace: [StoredMessage]] = [:]
        for push in try await book.pushes() {
            let messages = push.blobs.map { message($0, in: push.kind.namespace) }
            stored[push.kind.namespace] = messages
            try await book.confirm([ConfirmedPush(push: push, hashes: messages.map(\.hash), isSettled: true)])
        }
        return stored
    }

    /// - Parameter more: whether another page follows.
    func hears(_ items: [Namespace: [StoredMessage]], more: Bool = false) async throws {
        try await book.edit { editor in
            for kind in ConfigBook.kinds {
                if let messages = items[kind.namespace] { try editor.merge(messages, into: kind) }
            }
        }
        try await receiver.receive(PollResult(node: node, items: items, positions: [:], more: more))
    }

    /// A text as it lies in the account's swarm.
    /// - Parameter author: somebody else; without one it is a Note to Self.
    func text(_ body: String, from author: AccountKeys? = nil, sent date: Date) throws -> StoredMessage {
        let target = author == nil ? keys.accountID.description : nil
        let content = MessageContent(
            kind: .data(DataMessage(body: body, syncTarget: target)),
            sentTimestamp: UInt64(date.timeIntervalSince1970 * 1_000))
        return message(
            try DirectMessage.encode(content, from: author ?? keys, to: keys.accountID, random: SystemRandom()),
            in: .messages)
    }

    func message(_ data: [UInt8], in namespace: Namespace) -> StoredMessage {
        StoredMessage(
            hash: .compute(account: keys.accountID.bytes, namespace: namespace, data: data),
            timestamp: clock.milliseconds, expiration: clock.milliseconds + 14 * 86_400_000, data: data)
    }

    // MARK: What it shows

    func config(_ kind: ConfigKind) async throws -> SharedConfig { try await book.edit { try $0.config(kind) } }

    func notes() async throws -> [String] { try await store.page(own, limit: 100).map(\.body) }

    /// Whether Note to Self is hidden, here and for the other devices.
    func hidesNotes() async throws -> Bool {
        let shared = UserProfileConfig(try await config(.userProfile)).noteToSelfPriority
        let shown = try await store.conversation(own)?.conversation.priority ?? -1
        #expect((shared < 0) == (shown < 0))
        return shared < 0
    }
}
