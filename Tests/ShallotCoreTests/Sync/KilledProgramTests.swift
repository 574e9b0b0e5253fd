import BaseKit
import Devnet
import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import SodiumKit
import Testing

/// The real command-line program, killed with SIGKILL while it fetches, merges, keeps and pushes configs.
/// - Source: configs.md §15.13
@Suite("A program that is killed while it synchronises", .serialized, .timeLimit(.minutes(15)))
struct KilledProgramTests {
    /// How often it is killed; `SHALLOT_KILLS=100` for the whole proof.
    private static let kills = ProcessInfo.processInfo.environment["SHALLOT_KILLS"].flatMap(Int.init) ?? 10
    private static let people = 6

    @Test func `nothing is lost, and who was removed does not come back`() async throws {
        let network = try await TestNetwork()
        let keeper = try await network.newcomer("Anna")
        let people = (0..<Self.people).map { _ in AccountKeys.generate().accountID }
        let gone = AccountKeys.generate().accountID
        for person in people + [gone] { try await keeper.messenger.setNickname("start", of: person) }
        try await keeper.isPushed()
        try await keeper.messenger.deleteContact(gone)
        try await keeper.isPushed()

        let victim = try await network.device("victim", of: keeper)
        try await victim.isRestored()
        await victim.messenger.close()
        let file = network.folder("network.json")
        try await network.devnet.writeDefinition(to: file)
        let arguments = ["--data", network.folder("victim").path, "--network", file.path, "--no-keyring"]
        // How long a run takes that nobody disturbs; the moments spread over it.
        let clock = ContinuousClock()
        let begun = clock.now
        #expect(try await ProgramRun(arguments + ["sync"]).ended() == 0)
        let whole = clock.now - begun

        var wanted: [AccountID: String] = [:]
        for round in 0..<Self.kills {
            // Three people belong to the victim, three to the keeper, so that each has something to merge.
            let (own, others) = (people[round % 3], people[3 + round % 3])
            let edit = try ProgramRun(arguments + ["contacts", "nickname", own.description, "victim \(round)"])
            #expect(try await edit.ended() == 0)
            try await keeper.messenger.setNickname("keeper \(round)", of: others)
            (wanted[own], wanted[others]) = ("victim \(round)", "keeper \(round)")
            if round % 2 == 0 { try await keeper.isPushed() }
            let run = try ProgramRun(arguments + ["sync"])
            try await Task.sleep(for: whole * round / Self.kills)  // the moment of the kill
            try await run.kill()
        }
        #expect(try await ProgramRun(arguments + ["sync"]).ended() == 0)
        let again = Person(messenger: try await network.open("victim"), id: keeper.id)
        try await eventually("both show the same") {
            for device in [keeper, again] {
                await device.messenger.pollNow()
                if try await device.messenger.needsSync() { return false }
            }
            return try await keeper.shared() == again.shared()
        }
        for (person, name) in wanted { #expect(try await keeper.store.contact(person)?.nickname == name) }
        for device in [keeper, again] { #expect(try await device.store.contact(gone) == nil) }
        await again.messenger.close()
    }
}
