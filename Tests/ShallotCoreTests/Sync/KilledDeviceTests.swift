import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import SodiumKit
import Testing

/// - Source: configs.md §15.13
@Suite("A device that is killed", .serialized, .timeLimit(.minutes(10))) struct KilledDeviceTests {
    @Test func `a config that cannot be read is fetched again, and what is changed meanwhile is added`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        try await anna.messenger.setNickname("Benny", of: ben.id)
        try await anna.isPushed()
        await anna.messenger.stop()
        try await anna.store.transaction { transaction in
            guard var record = try transaction.config("Contacts") else { throw TestFailure("no contacts") }
            (record.dump, record.version) = ([1, 2, 3], record.version + 1)
            try transaction.saveConfig(record)
        }
        let friend = AccountKeys.generate().accountID
        try await anna.messenger.setNickname("new", of: friend)
        await anna.messenger.start()
        try await anna.isPushed()
        let tablet = try await network.device("tablet", of: anna)
        try await tablet.isRestored()
        for device in [anna, tablet] {
            #expect(try await device.store.contact(ben.id)?.nickname == "Benny")
            #expect(try await device.store.contact(ben.id)?.isApproved == true)
            #expect(try await device.store.contact(friend)?.nickname == "new")
        }
    }

    @Test func `at any of 100 moments nothing is lost and nothing comes back`() async throws {
        let network = try await TestNetwork()
        let keeper = try await network.newcomer("Anna")
        let people = (0..<10).map { _ in AccountKeys.generate().accountID }
        for person in people { try await keeper.messenger.setNickname("start", of: person) }
        try await keeper.isPushed()
        let gone = people[9]
        try await keeper.messenger.deleteContact(gone)
        try await keeper.isPushed()

        var victim = try await network.device("victim", of: keeper)
        try await victim.isRestored()
        var wanted: [AccountID: String] = [:]
        for round in 0..<100 {
            let person = people[round % 4]
            let name = "victim \(round)"
            try await victim.messenger.setNickname(name, of: person)
            wanted[person] = name
            // The keeper changes something else meanwhile, which the victim has to merge.
            if round % 10 == 5 {
                try await keeper.messenger.setNickname("keeper \(round)", of: people[4 + round / 20])
                wanted[people[4 + round / 20]] = "keeper \(round)"
            }
            await victim.messenger.pollNow()
            try await Task.sleep(for: .milliseconds((round * 37) % 700))
            await victim.messenger.abandon()
            let messenger = try await network.open("victim")
            victim = Person(messenger: messenger, id: keeper.id)
        }
        try await eventually("both are in step") {
            for device in [keeper, victim] {
                await device.messenger.pollNow()
                if try await device.messenger.needsSync() { return false }
            }
            return try await keeper.shared() == victim.shared()
        }
        for device in [keeper, victim] {
            for (person, name) in wanted {
                let shown = try await device.store.contact(person)?.nickname
                #expect(shown == name)
            }
            #expect(try await device.store.contact(gone) == nil)
        }
    }
}
