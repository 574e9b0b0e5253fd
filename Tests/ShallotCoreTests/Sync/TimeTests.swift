import BaseKit
import Devnet
import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import Testing

/// Clocks that differ, and time that passes.
/// - Source: configs.md §9.3, §9.4, §12, §13
@Suite("Devices and time", .serialized, .timeLimit(.minutes(5))) struct TimeTests {
    @Test(arguments: [3 * 86_400.0, -2 * 86_400.0])
    func `a device whose clock is days off is in step with one whose clock is right`(
        offset: TimeInterval
    ) async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        try await anna.isPushed()
        let words = try await anna.messenger.recoveryPhrase().joined(separator: " ")
        let messenger = try await network.open("tablet") { Date(timeIntervalSinceNow: offset) }
        let tablet = Person(
            messenger: messenger, id: try await messenger.restoreAccount(phrase: words, displayName: nil))
        try await tablet.isRestored()
        for round in 0..<4 {
            let (writer, reader) = round % 2 == 0 ? (tablet, anna) : (anna, tablet)
            try await writer.messenger.setDisplayName("Anna \(round)")
            try await writer.messenger.setNickname("Ben \(round)", of: ben.id)
            try await writer.messenger.setPinned(round % 2 == 0, ben.conversation)
            try await writer.isPushed()
            try await eventually("round \(round) arrives") {
                await reader.messenger.pollNow()
                return try await reader.shared() == writer.shared()
            }
            #expect(try await reader.messenger.account()?.displayName == "Anna \(round)")
            #expect(try await reader.store.contact(ben.id)?.nickname == "Ben \(round)")
        }
        // What was read on the one is read on the other, and not what came afterwards.
        try await ben.says("read", to: anna)
        for device in [anna, tablet] { try await device.gets("read", from: ben) }
        let message = try #require(try await tablet.messages(ben).last)
        try await tablet.messenger.markRead(ben.conversation, upTo: message.sentAt)
        try await tablet.isPushed()
        try await ben.says("unread", to: anna)
        try await eventually("one is unread") {
            for device in [anna, tablet] { await device.messenger.pollNow() }
            return try await anna.store.conversation(ben.conversation)?.conversation.unreadCount == 1
        }
    }

    @Test func `configs that ran out are put back by a device that has them, and a new one without them waits`()
        async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        try await anna.messenger.setNickname("Benny", of: ben.id)
        try await anna.isPushed()
        let words = try await anna.messenger.recoveryPhrase().joined(separator: " ")
        await anna.messenger.stop()
        await network.devnet.advanceClock(by: .seconds(31 * 86_400))
        await network.devnet.sweep()
        #expect(await network.devnet.messages(of: anna.id, namespace: .contacts).allSatisfy(\.isEmpty))
        let messenger = try await network.open("tablet")
        let tablet = Person(
            messenger: messenger, id: try await messenger.restoreAccount(phrase: words, displayName: nil))
        try await tablet.isRestored()
        #expect(try await tablet.store.contacts().isEmpty)
        #expect(try await tablet.messenger.account()?.displayName == "")
        await anna.messenger.start()
        try await eventually("the tablet has what the first device put back") {
            for device in [anna, tablet] { await device.messenger.pollNow() }
            return try await tablet.store.contact(ben.id)?.nickname == "Benny"
        }
        #expect(try await tablet.messenger.account()?.displayName == "Anna")
        #expect(try await anna.store.contact(ben.id)?.nickname == "Benny")
    }

    @Test func `a member of the swarm that is behind makes nobody forget`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        try await anna.messenger.setNickname("old", of: ben.id)
        try await anna.isPushed()
        let old = await network.devnet.messages(of: anna.id, namespace: .contacts).first ?? []
        try await anna.messenger.setNickname("new", of: ben.id)
        try await anna.isPushed()
        let late = try #require(await network.devnet.swarm(of: anna.id).first)
        try await network.devnet.wipeNode(late)
        for message in old {
            await network.devnet.inject(message.data, for: anna.id, namespace: .contacts, onlyNode: late)
        }
        for name in ["tablet", "phone", "laptop"] {
            let device = try await network.device(name, of: anna)
            try await device.isRestored()
            #expect(try await device.store.contact(ben.id)?.nickname == "new")
            #expect(try await device.messenger.account()?.displayName == "Anna")
            await device.messenger.close()
        }
    }
}
