import Foundation
import SessionConfig
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@testable import ShallotCore

/// - Source: configs.md §5.5, quirk 1
@Suite("Edits that a merge undoes", .timeLimit(.minutes(30))) struct UndoneEditTests {
    /// How many lives are played; `SHALLOT_LIVES=1000` for the whole proof.
    private static let runs = ProcessInfo.processInfo.environment["SHALLOT_LIVES"].flatMap(Int.init) ?? 60
    private let keys: AccountKeys

    init() throws { keys = try AccountKeys(seed: SecretBytes([UInt8](repeating: 7, count: 16))) }

    /// Anna's three devices: two whose edits meet, and one that does not know it when it makes one more.
    private func conflict(in house: inout Household, _ name: String) async throws {
        try await house.rename(0, "by 0 \(name)", on: 0)
        try await house.rename(1, "by 1 \(name)", on: 1)
        try await house.push(0)
        try await house.push(1)
        try await house.poll(0) { _ in true }
    }

    @Test func `what a merge undid is made again, once`() async throws {
        var undone = 0
        for number in 0..<20 {
            var house = try await Household(people: 4, keys: keys, withReference: false)
            try await conflict(in: &house, "\(number)")
            // The third device still stands where the two began.
            try await house.rename(2, "kept", on: 2)
            try await house.push(2)
            try await house.push(0)
            #expect(try await house.settle() != nil)
            undone += house.redone
            for device in 0..<3 { #expect(try await house.name(2, on: device) == "kept") }
        }
        #expect(undone > 0)
    }

    @Test func `what a merge undid is made again, even if old news came between two edits`() async throws {
        for number in 0..<20 {
            var house = try await Household(people: 4, keys: keys, withReference: false)
            try await house.rename(2, "kept", on: 2)
            // Nothing that was not known; the state that holds the edit goes on changing.
            try await house.poll(2) { _ in true }
            try await house.rename(3, "more \(number)", on: 2)
            try await conflict(in: &house, "\(number)")
            try await house.push(2)
            try await house.push(0)
            #expect(try await house.settle() != nil)
            for device in 0..<3 {
                #expect(try await house.name(2, on: device) == "kept")
                #expect(try await house.name(3, on: device) == "more \(number)")
            }
        }
    }

    /// The second device writes much and does not listen.
    private func runAhead(in house: inout Household) async throws {
        for number in 0..<6 {
            try await house.rename(1, "ahead \(number)", on: 1)
            try await house.push(1)
        }
    }

    @Test func `what the swarm had is not lost because somebody ran far ahead without hearing it`() async throws {
        var house = try await Household(people: 4, keys: keys, withReference: false)
        try await house.rename(2, "kept", on: 0)
        try await house.push(0)
        try await runAhead(in: &house)
        #expect(try await house.settle() != nil)
        for device in 0..<3 {
            #expect(try await house.name(2, on: device) == "kept")
            #expect(try await house.name(1, on: device) == "ahead 5")
        }
    }

    @Test func `what somebody further ahead set back stays so, and so does what was decided while one slept`()
        async throws
    {
        for isAsleep in [false, true] {
            var house = try await Household(people: 4, keys: keys, withReference: false)
            try await house.rename(2, "passing", on: 0)
            try await house.push(0)
            try await house.poll(1) { _ in true }
            if isAsleep {
                try await house.rename(2, "start", on: 1)
                try await runAhead(in: &house)
                house.clock.advance(3_600)
            } else {
                try await runAhead(in: &house)
                try await house.rename(2, "start", on: 1)
                try await house.push(1)
            }
            #expect(try await house.settle() != nil)
            for device in 0..<3 { #expect(try await house.name(2, on: device) == "start") }
        }
    }

    @Test func `what somebody set back on another device stays so`() async throws {
        for number in 0..<20 {
            var house = try await Household(people: 4, keys: keys, withReference: false)
            try await house.rename(2, "passing", on: 2)
            try await house.push(2)
            for device in 0..<2 { try await house.poll(device) { _ in true } }
            try await conflict(in: &house, "\(number)")
            try await house.rename(2, "start", on: 0)
            try await house.push(0)
            #expect(try await house.settle() != nil)
            #expect(house.redone == 0)
            for device in 0..<3 { #expect(try await house.name(2, on: device) == "start") }
        }
    }

    @Test(arguments: [false, true])
    func `whatever happens on the way, it ends, and no edit gives way to one that it replaced`(
        withReference: Bool
    ) async throws {
        var redone = 0
        for run in 0..<Self.runs {
            var random = SeededRandom(seed: UInt64(run))
            var house = try await Household(people: 6, keys: keys, withReference: withReference)
            try await live(in: &house, &random, run)
            #expect(try await house.settle() != nil, "run \(run) does not end")
            var shown: Set<[String?]> = []
            for device in 0..<3 {
                var names: [String?] = []
                for person in house.people.indices { names.append(try await house.name(person, on: device)) }
                shown.insert(names)
            }
            #expect(shown.count == 1, "run \(run)")
            redone += house.redone
            for person in house.people.indices {
                let last = last(of: person, in: house)
                // Of several that did not know each other any may win; the reference makes nothing again.
                guard last.count == 1, house.edits[last[0]].device < 2 || !withReference else { continue }
                let name = try await house.name(person, on: 0) ?? ""
                #expect(name == house.edits[last[0]].name, "run \(run): an edit was lost, or somebody came back")
            }
        }
        #expect(redone > 0)
    }

    /// The edits of a person that no later edit replaced.
    private func last(of person: Int, in house: Household) -> [Int] {
        let all = house.edits.indices.filter { house.edits[$0].person == person }
        return all.filter { edit in !all.contains { house.edits[$0].known.contains(edit) } }
    }

    private func live(in house: inout Household, _ random: inout SeededRandom, _ run: Int) async throws {
        for step in 0..<Int.random(in: 10...40, using: &random) {
            let device = Int.random(in: 0..<3, using: &random)
            switch Int.random(in: 0..<9, using: &random) {
            case 0...2: try await edit(on: device, in: &house, &random, step)
            case 3, 4: try await house.push(device, isConfirmed: Int.random(in: 0..<4, using: &random) > 0)
            case 5: try await house.push(device, arrives: false)
            case 6: house.kill(device)
            default:
                let isDeaf = Bool.random(using: &random)
                let luck = random
                let again = try await house.poll(device) { number in
                    var luck = luck
                    return !isDeaf || Int.random(in: 0...number + 1, using: &luck) == 0
                }
                for edit in again {
                    let later = house.known[device].filter { number in
                        house.edits[number].person == house.edits[edit].person
                            && house.edits[number].known.contains(edit)
                    }
                    #expect(later.isEmpty, "run \(run): an edit of somebody who knew this one was undone")
                }
            }
        }
    }

    private func edit(
        on device: Int, in house: inout Household, _ random: inout SeededRandom, _ step: Int
    ) async throws {
        let person = Int.random(in: 0..<6, using: &random)
        guard let present = try await house.name(person, on: device) else { return }
        // The last one is removed by the first device, and nobody else cares.
        guard person < 5 else { return device == 0 && step > 5 ? try await house.remove(person, on: 0) : () }
        // Now and then somebody sets back what stood there before.
        let former = house.edits.last { $0.person == person && $0.name != present }?.name ?? "start"
        let isBack = Int.random(in: 0..<4, using: &random) == 0 && device < 2 && former != present
        try await house.rename(person, isBack ? former : "\(step) by \(device)", on: device)
    }
}
