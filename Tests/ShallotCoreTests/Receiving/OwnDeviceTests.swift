import BaseKit
import Devnet
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore
import SodiumKit
import Testing

/// What devices of one account send each other: one test for each line.
/// - Source: identity-and-messages.md §3.7
@Suite("Copies among one's own devices", .serialized, .timeLimit(.minutes(5))) struct OwnDeviceTests {
    /// Anna's profile, her keys for messages made by hand, and a friend.
    private struct Scene {
        let network: TestNetwork
        let anna: Person
        let keys: AccountKeys
        let ben = AccountKeys.generate()

        init() async throws {
            network = try await TestNetwork()
            anna = try await network.newcomer("Anna")
            let words = try await anna.messenger.recoveryPhrase().joined(separator: " ")
            keys = try AccountKeys(seed: RecoveryPhrase.decode(words))
        }

        var now: UInt64 { anna.messenger.network.now() }

        /// Puts what another device, or somebody else, would send into Anna's swarm, and waits until it is processed.
        func arrives(_ contents: [MessageContent], from sender: AccountKeys? = nil) async throws {
            for content in contents {
                let data = try DirectMessage.encode(
                    content, from: sender ?? keys, to: anna.id, random: SystemRandom())
                await network.devnet.inject(data, for: anna.id)
            }
            try await anna.catchUp()
        }

        func bodies(_ id: AccountID) async throws -> [String] {
            try await anna.bodies(Person(messenger: anna.messenger, id: id))
        }
    }

    private func text(_ body: String, at time: UInt64, target: String?, profile: Profile? = nil) -> MessageContent {
        MessageContent(
            kind: .data(DataMessage(body: body, profile: profile, syncTarget: target)), sentTimestamp: time)
    }

    @Test func `a copy says where it belongs, has the time of the message, and no profile`() async throws {
        let scene = try await Scene()
        let ben = scene.ben.accountID
        let message = try await scene.anna.messenger.send("hello", to: .account(ben))
        try await eventually("the copy is out") {
            try await scene.anna.store.message(message)?.syncState == .synced
        }
        let sentAt = try #require(try await scene.anna.store.message(message)).sentAt
        let stored = try #require(await scene.network.devnet.messages(of: scene.anna.id).first?.first)
        let copy = try DirectMessage.decode(stored.data, keys: scene.keys)
        let original = try #require(await scene.network.devnet.messages(of: ben).first?.first)
        let sent = try DirectMessage.decode(original.data, keys: scene.ben)
        #expect(copy.sender == scene.anna.id && sent.sender == scene.anna.id)
        #expect(
            copy.timestamp == sent.timestamp && copy.timestamp == UInt64(sentAt.timeIntervalSince1970 * 1_000 + 0.5))
        #expect(copy.content.sentTimestamp == sent.content.sentTimestamp)
        guard case .data(let mirrored) = copy.content.kind, case .data(let shown) = sent.content.kind else {
            throw TestFailure("a copy or a message without a text")
        }
        #expect(mirrored == DataMessage(body: "hello", syncTarget: ben.description))
        #expect(shown.syncTarget == nil && shown.profile?.displayName == "Anna")
    }

    @Test func `the copy follows the message, and an approval has none`() async throws {
        let scene = try await Scene()
        try await scene.arrives([text("hello Anna", at: scene.now, target: nil)], from: scene.ben)
        _ = try await scene.anna.messenger.send("hello Ben", to: .account(scene.ben.accountID))
        try await eventually("nothing waits") { try await scene.anna.messenger.isOutboxEmpty() }
        let toBen = try #require(await scene.network.devnet.messages(of: scene.ben.accountID).first).map {
            try DirectMessage.decode($0.data, keys: scene.ben).content.kind
        }
        #expect(toBen.count == 2)
        guard case .messageRequestResponse = toBen.first, case .data = toBen.last else {
            throw TestFailure("the approval does not come before the message")
        }
        let toSelf = try #require(await scene.network.devnet.messages(of: scene.anna.id).first).compactMap {
            try? DirectMessage.decode($0.data, keys: scene.keys)
        }.filter { $0.sender == scene.anna.id }
        #expect(toSelf.count == 1)
    }

    @Test func `a note to self is one store, to the own swarm, without profile`() async throws {
        let scene = try await Scene()
        try await scene.anna.says("buy milk", to: scene.anna)
        try await eventually("nothing waits") { try await scene.anna.messenger.isOutboxEmpty() }
        let stored = try #require(await scene.network.devnet.messages(of: scene.anna.id).first)
        #expect(stored.count == 1)
        let note = try DirectMessage.decode(stored[0].data, keys: scene.keys)
        #expect(note.content.kind == .data(DataMessage(body: "buy milk", syncTarget: scene.anna.id.description)))
    }

    @Test func `what another device sent stands where it was sent, as sent, and approves its recipient`() async throws {
        let scene = try await Scene()
        let ben = scene.ben.accountID
        try await scene.arrives([text("from the phone", at: scene.now, target: ben.description)])
        let person = Person(messenger: scene.anna.messenger, id: ben)
        let row = try #require(try await scene.anna.messages(person).first)
        #expect(row.isOutgoing && row.author == scene.anna.id && row.delivery == .sent && row.body == "from the phone")
        #expect(try await scene.anna.store.contact(ben)?.isApproved == true)
        #expect(try await scene.anna.messenger.isOutboxEmpty(), "a copy is not copied again")
    }

    @Test func `without a target it is a note to self, as with one's own`() async throws {
        let scene = try await Scene()
        let time = scene.now
        try await scene.arrives([
            text("bare", at: time, target: nil), text("named", at: time + 1, target: scene.anna.id.description),
        ])
        #expect(try await scene.bodies(scene.anna.id) == ["bare", "named"])
    }

    @Test func `a target that is no account is dropped`() async throws {
        let scene = try await Scene()
        let time = scene.now
        try await scene.arrives(
            ["nonsense", "05", "03" + String(repeating: "ab", count: 32)].enumerated()
                .map { text("lost", at: time + UInt64($0), target: $1) })
        #expect(try await scene.anna.store.allConversations().isEmpty)
    }

    @Test func `a copy from somebody else is dropped, whomever it names`() async throws {
        let scene = try await Scene()
        let time = scene.now
        try await scene.arrives(
            [scene.anna.id.description, scene.ben.accountID.description].enumerated()
                .map { text("forged", at: time + UInt64($0), target: $1) }, from: scene.ben)
        #expect(try await scene.anna.store.allConversations().isEmpty)
        #expect(try await scene.anna.store.allRequests().isEmpty)
    }

    @Test func `other kinds from oneself change nothing`() async throws {
        let scene = try await Scene()
        let time = scene.now
        let kinds: [MessageContent.Kind] = [
            .typing(isStarted: true, timestamp: time), .readReceipt([time]),
            .messageRequestResponse(MessageRequestResponse(isApproved: true)),
            .dataExtraction(DataExtraction(kind: .mediaSaved)),
            .unsend(UnsendRequest(timestamp: time, author: scene.ben.accountID)),
        ]
        try await scene.arrives(kinds.map { MessageContent(kind: $0, sentTimestamp: time) })
        #expect(try await scene.anna.store.allConversations().isEmpty)
        #expect(try await scene.anna.store.contacts().isEmpty)
    }

    @Test func `what one device takes back goes away on the others`() async throws {
        let scene = try await Scene()
        let time = scene.now
        try await scene.arrives([text("oops", at: time, target: scene.ben.accountID.description)])
        #expect(try await scene.bodies(scene.ben.accountID) == ["oops"])
        let unsend = UnsendRequest(timestamp: time, author: scene.anna.id)
        try await scene.arrives([MessageContent(kind: .unsend(unsend), sentTimestamp: time + 1)])
        #expect(try await scene.bodies(scene.ben.accountID).isEmpty)
    }

    @Test func `the own copy that comes back before or after its receipt is no second message`() async throws {
        let scene = try await Scene()
        for text in ["one", "two"] {
            // The receipt of the copy gets lost, so that it is polled while it still waits.
            await scene.network.devnet.plan(
                Fault(.lostReply, method: "store", account: scene.anna.id.description, times: 2))
            _ = try await scene.anna.messenger.send(text, to: .account(scene.ben.accountID))
            try await eventually("nothing waits") {
                await scene.anna.messenger.pollNow()
                return try await scene.anna.messenger.isOutboxEmpty()
            }
        }
        try await scene.anna.catchUp()
        #expect(try await scene.bodies(scene.ben.accountID) == ["one", "two"])
        #expect(try await scene.anna.store.allConversations().count == 1)
    }
}
