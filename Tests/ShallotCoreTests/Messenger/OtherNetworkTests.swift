import Devnet
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import Testing

/// A profile whose network was exchanged.
@Suite struct OtherNetworkTests {
    @Test func `a profile that moves to another network asks none of the nodes of the first`() async throws {
        let (first, second) = (try await TestNetwork(), try await TestNetwork())
        let anna = try await first.newcomer("Anna")
        try await connected(anna.messenger)
        await anna.messenger.close()

        var options = first.options("Anna")
        options.definition = second.definition
        let moved = try await Messenger.open(options)
        await moved.start()
        try await connected(moved)
        let nodes = Set(await second.devnet.serviceNodes.map(\.address.description))
        let hops = await moved.network.paths().flatMap(\.hops).map { "\($0.address)" }
        #expect(!hops.isEmpty)
        #expect(Set(hops).isSubset(of: nodes))

        // And people there can reach it.
        let ben = try await second.newcomer("Ben")
        try await ben.says("here you are", to: Person(messenger: moved, id: anna.id))
        try await Person(messenger: moved, id: anna.id).gets(.request, from: ben)
        await moved.close()
        await ben.messenger.close()
        await first.devnet.stop()
        await second.devnet.stop()
    }

    private func connected(_ messenger: Messenger) async throws {
        try await eventually("two paths stand") {
            await messenger.pollNow()
            return messenger.network.status.phase == .ready && messenger.network.status.readyPaths == 2
        }
    }
}
