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

/// - Source: configs.md §9, §12, §15
@Suite("Devices in step", .serialized, .timeLimit(.minutes(10))) struct InStepTests {
    private func restored(_ rich: RichAccount, _ name: String, _ network: TestNetwork) async throws -> Person {
        let messenger = try await network.open(name)
        let person = Person(
            messenger: messenger, id: try await messenger.restoreAccount(phrase: rich.words, displayName: nil))
        return person
    }

    private func showTheSame(_ devices: [Person]) async throws {
        try await eventually("all devices show the same") {
            for device in devices { await device.messenger.pollNow() }
            for device in devices where try await device.messenger.needsSync() { return false }
            let first = try await devices[0].shared()
            for device in devices.dropFirst() where try await device.shared() != first { return false }
            return true
        }
    }

    @Test func `a rich account comes back field by field`() async throws {
        let network = try await TestNetwork()
        let rich = RichAccount()
        try await rich.store(in: network, now: Date())
        let first = try await restored(rich, "first", network)
        try await first.isRestored()
        let account = try #require(try await first.messenger.account())
        #expect(account.displayName == "Rich" && account.pictureURL == "http://files/1")
        #expect(account.pictureKey == Array(repeating: 7, count: 32))
        let contacts = try await first.store.contacts()
        #expect(contacts.count == RichAccount.contactCount)
        let counts = try await first.messenger.restoreProgress().counts
        #expect(counts.groups == RichAccount.groupCount && counts.communities == RichAccount.communityCount)
        // Nothing from people who are blocked.
        let silent = (0..<RichAccount.messageCount).count { $0 % 50 % 12 == 5 && ($0 % 7 != 3 || $0 % 10 == 9) }
        #expect(counts.messages == RichAccount.messageCount - silent)
        let entries = try await first.store.allConversations()
        #expect(entries.count { $0.membership != nil } == 8)
        #expect(try await first.store.allRequests().count == 4, "one of the five is blocked")
        for (number, person) in rich.people.enumerated() {
            let contact = try #require(try await first.store.contact(person.accountID))
            #expect(contact.nickname == (number % 5 == 0 ? "Nick \(number)" : nil))
            #expect(contact.isBlocked == (number % 12 == 5) && contact.isApproved == (number % 10 != 9))
            let conversation = try #require(try await first.store.conversation(.account(person.accountID))).conversation
            #expect(conversation.isPinned == (number % 9 == 1))
            #expect((conversation.mutedUntil == .distantFuture) == (number % 8 == 2))
            #expect((conversation.expiry?.seconds == 3_600) == (number % 11 == 4))
            #expect(conversation.isMarkedUnread == (number % 13 == 6))
        }
        // Changes of this device go to the next one.
        let friend = rich.people[3].accountID
        try await first.messenger.setNickname("Best friend", of: friend)
        let group = try #require(GroupID(publicKey: Array(repeating: 1, count: 32)))
        try await first.messenger.setPinned(true, .group(group))
        try await first.messenger.setDisplayName("Richer")
        try await first.messenger.deleteConversation(.account(rich.people[4].accountID))
        try await first.isPushed()
        let begun = ContinuousClock.now
        let second = try await restored(rich, "second", network)
        try await eventually("the list is there") { try await second.store.allConversations().count > 40 }
        print("usable list after \(ContinuousClock.now - begun)")
        try await second.isRestored()
        #expect(try await first.shared() == second.shared())
        // What a later version wrote is still there.
        let blobs = try #require(await network.devnet.messages(of: first.id, namespace: .userProfile).first)
        var profile = SharedConfig(.userProfile, keys: ConfigKeys(account: rich.keys))
        _ = profile.merge(blobs.map { StoredConfig(hash: $0.hash.rawValue, data: $0.data) }, now: Date())
        #expect(profile.data[RichAccount.unknownKey]?.int == 9)
        #expect(UserProfileConfig(profile).name == "Richer")
    }

    @Test func `three devices that change things at once, while nodes die, end alike and fall silent`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        let people = (0..<6).map { _ in AccountKeys.generate().accountID }
        for person in people { try await anna.messenger.setNickname("P", of: person) }
        try await anna.isPushed()
        let devices = [anna, try await network.device("tablet", of: anna), try await network.device("phone", of: anna)]
        for device in devices { try await device.isRestored() }
        let swarm = await network.devnet.swarm(of: anna.id)
        for round in 0..<3 {
            let dead = swarm[round % swarm.count]
            try await network.devnet.stopNode(dead)
            for (number, device) in devices.enumerated() {
                let messenger = device.messenger
                try await messenger.setNickname("by \(number) in \(round)", of: people[round])
                try await messenger.setNickname("own \(round)", of: people[3 + number])
                try await messenger.setBlocked(round % 2 == 0, people[number])
                try await messenger.setPinned((round + number) % 2 == 0, ben.conversation)
                try await messenger.setMarkedUnread(number == round, ben.conversation)
                if number == round { try await messenger.setDisplayName("Anna \(round)") }
            }
            try await network.devnet.startNode(dead)
        }
        try await showTheSame(devices)
        for device in devices { try await device.catchUp() }
        // One of them may have come after what takes its place.
        try await eventually("obsolete messages are deleted") {
            let stored = await network.devnet.messages(of: anna.id, namespace: .contacts)
            return Set(stored.flatMap { $0.map(\.hash) }).count == 1
        }
        let before = await network.devnet.messages(of: anna.id, namespace: .contacts).map { $0.map(\.hash) }
        for device in devices {
            try await device.catchUp()
            #expect(try await !device.messenger.needsSync())
        }
        #expect(await network.devnet.messages(of: anna.id, namespace: .contacts).map { $0.map(\.hash) } == before)
    }

    @Test func `three devices of a rich account change it while a node is dead, and end alike`() async throws {
        let network = try await TestNetwork()
        let rich = RichAccount()
        try await rich.storeConfigs(in: network, now: Date())
        var devices: [Person] = []
        for name in ["first", "second", "third"] { devices.append(try await restored(rich, name, network)) }
        for device in devices { try await device.isRestored() }
        let groups = (1...3).compactMap { GroupID(publicKey: Array(repeating: $0, count: 32)) }
        let swarm = await network.devnet.swarm(of: rich.keys.accountID)
        for round in 0..<2 {
            let dead = swarm[round % swarm.count]
            try await network.devnet.stopNode(dead)
            for (number, device) in devices.enumerated() {
                let messenger = device.messenger
                let (common, own) = (rich.people[round].accountID, rich.people[10 + number].accountID)
                try await messenger.setNickname("by \(number) in \(round)", of: common)
                try await messenger.setNickname("of \(number) in \(round)", of: own)
                try await messenger.setPinned((round + number) % 2 == 0, .group(groups[number]))
                try await messenger.setMarkedUnread(round == 0, .group(groups[number]))
                if number == round { try await messenger.setDisplayName("Rich \(round)") }
            }
            // The node comes back when the others have it all.
            for device in devices { try await device.isPushed() }
            try await network.devnet.startNode(dead)
        }
        try await showTheSame(devices)
        for (number, device) in devices.enumerated() {
            #expect(try await device.messenger.account()?.displayName == "Rich 1")
            for other in 0..<3 {
                let contact = try await device.store.contact(rich.people[10 + other].accountID)
                #expect(contact?.nickname == "of \(other) in 1", "\(other) on \(number)")
                let row = try #require(try await device.store.conversation(.group(groups[other]))).conversation
                #expect(row.isPinned == (other % 2 == 1) && !row.isMarkedUnread)
            }
            #expect(try await device.store.contacts().count == RichAccount.contactCount)
        }
    }

    @Test func `a member that missed a deletion is asked again`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        try await anna.isPushed()
        let kept = { await network.devnet.messages(of: anna.id, namespace: .contacts).map { $0.map(\.hash) } }
        try await eventually("all members have the same") {
            let all = await kept()
            return Set(all).count == 1 && all.first?.count == 1
        }
        let old = try #require(await kept()[0].first)
        // Anna has read it from every member: none of them gives it to her again.
        let swarm = await network.devnet.swarm(of: anna.id)
        for _ in 0..<swarm.count * PollPolicy().pollsPerMember / 2 { try await anna.catchUp() }
        try await network.devnet.stopNode(swarm[0])
        try await anna.messenger.setNickname("Benny", of: ben.id)
        try await anna.isPushed()
        try await eventually("the others have deleted it") {
            await kept().dropFirst().allSatisfy { !$0.contains(old) }
        }
        #expect(await kept()[0] == [old])
        try await network.devnet.startNode(swarm[0])
        try await eventually("it is gone everywhere") { await kept().allSatisfy { !$0.contains(old) } }
    }

    @Test func `what was changed while others pushed often is made again`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        try await anna.isPushed()
        let tablet = try await network.device("tablet", of: anna)
        try await tablet.isRestored()
        await tablet.messenger.stop()
        try await tablet.messenger.setNickname("from the tablet", of: ben.id)
        for round in 0..<7 {
            try await anna.messenger.setMuted(ben.conversation, until: Date(timeIntervalSince1970: 4e9 + Double(round)))
            try await anna.isPushed()
        }
        await tablet.messenger.start()
        try await tablet.isPushed()
        for device in [anna, tablet] {
            try await eventually("the nickname is there") {
                await device.messenger.pollNow()
                return try await device.store.contact(ben.id)?.nickname == "from the tablet"
            }
            let muted = try await device.store.conversation(ben.conversation)?.conversation.mutedUntil
            #expect(muted == Date(timeIntervalSince1970: 4e9 + 6))
        }
    }

    @Test(arguments: [Fault.Kind.truncatedReply, .garbageReply, .drop, .damagedMessages, .foreignMessages])
    func `a restore that is cut again and again ends alike`(kind: Fault.Kind) async throws {
        let network = try await TestNetwork()
        let rich = RichAccount()
        try await rich.storeConfigs(in: network, now: Date())
        let first = try await restored(rich, "first", network)
        try await first.isRestored()
        for times in 1...3 {
            await network.devnet.plan(Fault(kind, account: rich.keys.accountID.description, times: times))
            let next = try await restored(rich, "cut \(times)", network)
            try await next.isRestored()
            try await eventually("equal") {
                await next.messenger.pollNow()
                return try await next.shared() == first.shared()
            }
            await network.devnet.clearFaults()
            await next.messenger.close()
        }
    }

    @Test func `contacts that fill more than one message travel in parts, both ways`() async throws {
        let network = try await TestNetwork()
        let keys = AccountKeys.generate()
        let configKeys = ConfigKeys(account: keys)
        var profile = UserProfileConfig(keys: configKeys)
        try profile.setName("Popular", now: Date())
        var contacts = ContactsConfig(keys: configKeys)
        var people: [AccountID] = []
        for number in 0..<700 {
            let person = try #require(AccountID(publicKey: SystemRandom().bytes(32)))
            people.append(person)
            let picture = try ConfigPicture(
                url: "http://files/\(SystemRandom().bytes(20).hex)", key: SystemRandom().bytes(32))
            try contacts.set(person) { entry in
                (entry.name, entry.picture, entry.isApproved) = ("Person \(number)", picture, true)
            }
        }
        for var config in [profile.config, contacts.config] {
            let blobs = try config.push(now: Date()).blobs
            #expect(config.kind == .userProfile || blobs.count > 1)
            for blob in blobs {
                await network.devnet.inject(blob, for: keys.accountID, namespace: config.kind.namespace)
            }
        }
        let words = try #require(RecoveryPhrase.encode(keys.seed)).joined(separator: " ")
        var devices: [Person] = []
        for name in ["first", "second"] {
            let messenger = try await network.open(name)
            let id = try await messenger.restoreAccount(phrase: words, displayName: nil)
            let device = Person(messenger: messenger, id: id)
            try await device.isRestored()
            #expect(try await device.store.contacts().count == people.count)
            try await messenger.setNickname("known by \(name)", of: people[devices.count])
            try await device.isPushed()
            devices.append(device)
        }
        try await eventually("both know both") {
            for device in devices { await device.messenger.pollNow() }
            return try await devices[0].shared() == devices[1].shared()
        }
        #expect(try await devices[0].store.contact(people[1])?.nickname == "known by second")
        let stored = await network.devnet.messages(of: keys.accountID, namespace: .contacts)
        #expect(stored.allSatisfy { $0.count == stored.first?.count && $0.count < 5 }, "old parts are deleted")
    }

    @Test func `configs live on as long as a device runs, and come back when nodes lose them`() async throws {
        let network = try await TestNetwork()
        let (anna, _) = try await network.friends()
        try await anna.isPushed()
        let kept = { await network.devnet.messages(of: anna.id, namespace: .contacts).map { $0.map(\.hash) } }
        let before = try #require(await kept().first)
        #expect(before.count == 1)
        // Each member forgets, one after the other; a day passes each time.
        let swarm = await network.devnet.swarm(of: anna.id)
        try await network.devnet.wipeNode(swarm[0])
        var passed: UInt64 = 86_400 + 60
        await network.devnet.advanceClock(by: .seconds(passed))
        try await eventually("the wiped node has it again") {
            await anna.messenger.pollNow()
            return await kept().allSatisfy { $0 == before }
        }
        for _ in 0..<4 {
            await network.devnet.advanceClock(by: .seconds(13 * 86_400))
            passed += 13 * 86_400
            let limit = UInt64(Date().timeIntervalSince1970 * 1_000) + (passed + 29 * 86_400) * 1_000
            try await eventually("its life is longer") {
                await anna.messenger.pollNow()
                let members = await network.devnet.messages(of: anna.id, namespace: .contacts)
                return members.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.expiration > limit } }
            }
        }
        #expect(await kept().allSatisfy { $0 == before })
    }

    @Test func `a config that the swarm refuses does not let the others run out`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        try await anna.isPushed()
        let account = anna.id.description
        await network.devnet.plan(Fault(.rpcStatus, method: "store", account: account, status: 500))
        try await anna.messenger.setNickname("Benny", of: ben.id)
        let days: UInt64 = 13 * 86_400
        await network.devnet.advanceClock(by: .seconds(days))
        let limit = UInt64(Date().timeIntervalSince1970 * 1_000) + (days + 29 * 86_400) * 1_000
        try await eventually("the profile's life is longer") {
            await anna.messenger.pollNow()
            let members = await network.devnet.messages(of: anna.id, namespace: .userProfile)
            return members.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.expiration > limit } }
        }
        #expect(try await anna.messenger.needsSync())
        await network.devnet.clearFaults()
        try await anna.isPushed()
    }
}
