import BaseKit
import Devnet
import Foundation
import SessionConfig
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore
import SodiumKit
import Testing

/// - Source: configs.md §12
@Suite("Restoring an account", .serialized, .timeLimit(.minutes(10))) struct RestoreTests {
    @Test func `a second device has what the first has: people, settings, read positions, messages`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        for text in ["one", "two", "three"] { try await ben.says(text, to: anna) }
        try await anna.gets("three", from: ben)
        try await anna.says("read it", to: ben)
        let second = try #require(try await anna.messages(ben).first { $0.body == "two" })
        try await anna.messenger.markRead(ben.conversation, upTo: second.sentAt)
        try await anna.messenger.setNickname("Benny", of: ben.id)
        try await anna.messenger.setPinned(true, ben.conversation)
        try await anna.messenger.setMuted(ben.conversation, until: .distantFuture)
        let enemy = AccountKeys.generate().accountID
        try await anna.messenger.setBlocked(true, enemy)
        try await anna.says("buy milk", to: anna)
        try await anna.isPushed()
        try await eventually("nothing waits") { try await anna.messenger.isOutboxEmpty() }

        let tablet = try await network.device("tablet", of: anna)
        try await tablet.isRestored()
        let account = try #require(try await tablet.messenger.account())
        #expect(account.displayName == "Anna")
        let contact = try #require(try await tablet.store.contact(ben.id))
        #expect(contact.nickname == "Benny" && contact.isApproved && contact.approvedMe && contact.name == "Ben")
        #expect(try await tablet.store.contact(enemy)?.isBlocked == true)
        let conversation = try #require(try await tablet.store.conversation(ben.conversation)).conversation
        #expect(conversation.isPinned && conversation.mutedUntil == .distantFuture && conversation.unreadCount == 1)
        #expect(try await tablet.bodies(ben) == anna.bodies(ben))
        #expect(try await tablet.bodies(anna) == ["buy milk"])
        #expect(try await anna.shared() == tablet.shared())
    }

    @Test func `what is removed does not come back, and what is changed follows within one poll`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        let carl = try await network.newcomer("Carl")
        try await carl.says("hi", to: anna)
        try await anna.gets(.request, from: carl)
        try await anna.isPushed()
        let tablet = try await network.device("tablet", of: anna)
        try await tablet.isRestored()
        #expect(try await tablet.store.allRequests().map(\.id) == [carl.conversation])

        try await anna.messenger.acceptRequest(carl.conversation)
        try await anna.messenger.deleteContact(ben.id)
        try await anna.messenger.setDisplayName("Anna B.")
        try await anna.messenger.setMarkedUnread(true, carl.conversation)
        try await anna.isPushed()
        try await tablet.catchUp()
        #expect(try await tablet.store.allRequests().isEmpty)
        #expect(try await tablet.store.contact(carl.id)?.isApproved == true)
        #expect(try await tablet.store.contact(ben.id) == nil)
        #expect(try await tablet.store.conversation(ben.conversation) == nil)
        #expect(try await tablet.messenger.account()?.displayName == "Anna B.")
        #expect(try await tablet.store.conversation(carl.conversation)?.conversation.isMarkedUnread == true)

    }

    @Test func `old messages do not bring a removed person back, here or on a new device`() async throws {
        let network = try await TestNetwork()
        let anna = try await network.newcomer("Anna")
        let ben = AccountKeys.generate()
        let old = anna.messenger.network.now() - 600_000
        for (number, text) in ["one", "two"].enumerated() {
            let content = MessageContent(kind: .data(DataMessage(body: text)), sentTimestamp: old + UInt64(number))
            await network.devnet.inject(
                try DirectMessage.encode(content, from: ben, to: anna.id, random: SystemRandom()), for: anna.id)
        }
        try await anna.catchUp()
        #expect(try await anna.store.allRequests().map(\.id) == [.account(ben.accountID)])
        try await anna.messenger.acceptRequest(.account(ben.accountID))
        try await anna.messenger.deleteContact(ben.accountID)
        // One that was on its way meanwhile.
        let late = MessageContent(kind: .data(DataMessage(body: "three")), sentTimestamp: old + 3)
        await network.devnet.inject(
            try DirectMessage.encode(late, from: ben, to: anna.id, random: SystemRandom()), for: anna.id)
        try await anna.isPushed()
        let phone = try await network.device("phone", of: anna)
        try await phone.isRestored()
        for device in [anna, phone] {
            try await device.catchUp()
            #expect(try await device.store.contact(ben.accountID) == nil)
            #expect(try await device.store.conversation(.account(ben.accountID)) == nil)
        }
    }

    @Test func `nothing is pushed by a restored account that has nothing to say`() async throws {
        let network = try await TestNetwork()
        let (anna, _) = try await network.friends()
        try await anna.isPushed()
        let before = await stored(network, anna.id)
        let tablet = try await network.device("tablet", of: anna)
        try await tablet.isRestored()
        try await tablet.catchUp()
        #expect(try await !tablet.messenger.needsSync())
        #expect(await stored(network, anna.id) == before)
    }

    @Test func `what is changed before the configs arrive is added to them, not put in their place`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        try await anna.messenger.setNickname("Benny", of: ben.id)
        try await anna.isPushed()
        // The tablet is offline when it is restored, and its owner is busy.
        let words = try await anna.messenger.recoveryPhrase().joined(separator: " ")
        let messenger = try await Messenger.open(network.options("tablet"))
        let tablet = Person(
            messenger: messenger, id: try await messenger.restoreAccount(phrase: words, displayName: "Somebody"))
        let dora = AccountKeys.generate().accountID
        try await messenger.setNickname("Dora", of: dora)
        try await messenger.setBlocked(true, ben.id)
        #expect(try await messenger.account()?.displayName == "Somebody")
        await messenger.start()
        await messenger.setFocused(true)
        try await tablet.isRestored()
        try await tablet.isPushed()
        try await anna.catchUp()
        for device in [anna, tablet] {
            #expect(try await device.messenger.account()?.displayName == "Anna")
            #expect(try await device.store.contact(dora)?.nickname == "Dora")
            let contact = try #require(try await device.store.contact(ben.id))
            #expect(contact.isBlocked && contact.isApproved && contact.nickname == "Benny" && contact.name == "Ben")
        }
    }

    @Test func `a first name that is set before the profile arrives gives way to it`() async throws {
        let network = try await TestNetwork()
        let (anna, _) = try await network.friends()
        try await anna.isPushed()
        let words = try await anna.messenger.recoveryPhrase().joined(separator: " ")
        let messenger = try await Messenger.open(network.options("tablet"))
        let tablet = Person(
            messenger: messenger, id: try await messenger.restoreAccount(phrase: words, displayName: nil))
        try await messenger.setDisplayName("Mistake")
        try await messenger.setDisplayName("Provisional")
        #expect(try await messenger.account()?.displayName == "Provisional")
        await messenger.start()
        await messenger.setFocused(true)
        try await tablet.isRestored()
        #expect(try await messenger.account()?.displayName == "Anna")
        #expect(try await !messenger.restoreProgress().foundNothing)
        #expect(try await !messenger.needsSync())
        // From now on it is a change like any other.
        try await messenger.setDisplayName("Anna B.")
        try await tablet.isPushed()
        try await anna.catchUp()
        #expect(try await anna.messenger.account()?.displayName == "Anna B.")
    }

    @Test func `an account that is nowhere keeps the name that was given, until a profile arrives`() async throws {
        let network = try await TestNetwork()
        let keys = AccountKeys.generate()
        let words = try #require(RecoveryPhrase.encode(keys.seed)).joined(separator: " ")
        let messenger = try await network.open("tablet")
        let tablet = Person(
            messenger: messenger, id: try await messenger.restoreAccount(phrase: words, displayName: "Provisional"))
        try await tablet.isRestored()
        try await tablet.isPushed()
        #expect(try await messenger.account()?.displayName == "Provisional")
        #expect(try await messenger.restoreProgress().foundNothing, "our own name is not found")

        var profile = UserProfileConfig(keys: ConfigKeys(account: keys))
        try profile.setName("Real", now: Date())
        let blob = try #require(try profile.config.push(now: Date()).blobs.first)
        await network.devnet.inject(blob, for: keys.accountID, namespace: .userProfile)
        try await eventually("the real name arrives") {
            await messenger.pollNow()
            return try await messenger.account()?.displayName == "Real"
        }
        try await tablet.isPushed()
        #expect(try await messenger.account()?.displayName == "Real")
        #expect(try await !messenger.restoreProgress().foundNothing)
    }

    @Test func `an account from before configs puts what it has into them, once it knows what is there`() async throws {
        let network = try await TestNetwork()
        let keys = AccountKeys.generate()
        let (ben, carl) = (AccountKeys.generate().accountID, AccountKeys.generate().accountID)
        // Another device has written down Carl already.
        var contacts = ContactsConfig(keys: ConfigKeys(account: keys))
        try contacts.set(carl) { ($0.name, $0.nickname, $0.isBlocked) = ("Carl", "Carlo", true) }
        let blob = try #require(try contacts.config.push(now: Date()).blobs.first)
        await network.devnet.inject(blob, for: keys.accountID, namespace: .contacts)

        let messenger = try await Messenger.open(network.options("old"))
        let store = messenger.store
        try await store.saveAccount(
            AccountRecord(
                accountID: keys.accountID, seed: keys.seed, displayName: "Anna",
                profileUpdatedAt: Date(timeIntervalSinceNow: -60), createdAt: Date()))
        try await store.upsertContact(ben) { ($0.name, $0.isApproved, $0.nickname) = ("Ben", true, "Benny") }
        try await store.upsertContact(carl) { ($0.name, $0.isApproved, $0.nickname) = ("Carl", true, "C.") }
        try await store.ensureConversation(.account(ben))
        try await store.setPriority(1, for: .account(ben))
        await messenger.close()

        let again = try await network.open("old")
        let old = Person(messenger: again, id: keys.accountID)
        try await old.isRestored()
        try await old.isPushed()
        let tablet = try await network.device("tablet", of: old)
        try await tablet.isRestored()
        for device in [old, tablet] {
            #expect(try await device.messenger.account()?.displayName == "Anna")
            let shown = try #require(try await device.store.contact(ben))
            #expect(shown.isApproved && shown.nickname == "Benny" && shown.name == "Ben")
            #expect(try await device.store.conversation(.account(ben))?.conversation.isPinned == true)
            let known = try #require(try await device.store.contact(carl))
            #expect(known.isApproved && known.nickname == "Carlo" && known.isBlocked)
        }
    }

    private func stored(_ network: TestNetwork, _ id: AccountID) async -> [[MessageHash]] {
        var all: [[MessageHash]] = []
        for namespace in [Namespace.userProfile, .contacts, .userGroups, .conversationVolatile] {
            all += await network.devnet.messages(of: id, namespace: namespace).map { $0.map(\.hash) }
        }
        return all
    }
}
