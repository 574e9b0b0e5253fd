import BaseKit
import Devnet
import Foundation
import SessionConfig
import SessionWire
import ShallotCore
import ShallotStore
import SodiumKit
import Testing

/// A device that is restored, changes something and hears of a change, while the swarm fails one request: the first, the
/// second, and so on until there are no more.
@Suite("A request that fails", .serialized, .timeLimit(.minutes(10))) struct CutRequestTests {
    private static let manyRequests = 1_000

    @Test(arguments: [Fault.Kind.rpcStatus, .lostReply])
    func `whichever it is, both devices end alike`(kind: Fault.Kind) async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        try await anna.messenger.setNickname("Benny", of: ben.id)
        try await ben.says("before", to: anna)
        try await anna.gets("before", from: ben)
        try await anna.isPushed()
        let person = AccountKeys.generate().accountID
        // Without a failure; whose turn it never is tells how many requests there are.
        let count = try await run(network, anna, ben, person, Fault(kind, account: anna.id.description), number: nil)
        #expect(count > 2)
        for number in 0..<count {
            let fault = Fault(kind, account: anna.id.description, after: number, times: 1, status: 500)
            try await run(network, anna, ben, person, fault, number: number)
        }
    }

    /// - Returns: how many requests there were.
    @discardableResult
    private func run(
        _ network: TestNetwork, _ anna: Person, _ ben: Person, _ person: AccountID, _ fault: Fault, number: Int?
    ) async throws -> Int {
        var fault = fault
        if number == nil { (fault.after, fault.times) = (Self.manyRequests, 1) }
        let name = number.map { "cut \($0)" } ?? "uncut"
        await anna.messenger.stop()
        let planned = await network.devnet.plan(fault)
        let device = try await network.device(name, of: anna)
        try await device.isRestored()
        try await device.messenger.setNickname(name, of: person)
        try await device.isPushed()
        let left = await network.devnet.plannedFaults[planned]?.after ?? 0
        await anna.messenger.start()
        try await eventually("\(name): both show the same") {
            await anna.messenger.pollNow()
            await device.messenger.pollNow()
            guard try await anna.store.contact(person)?.nickname == name else { return false }
            return try await anna.shared() == device.shared()
        }
        #expect(try await device.store.contact(ben.id)?.nickname == "Benny")
        #expect(try await device.bodies(ben).contains("before"))
        await network.devnet.clearFaults()
        await device.messenger.close()
        return Self.manyRequests - left
    }
}
