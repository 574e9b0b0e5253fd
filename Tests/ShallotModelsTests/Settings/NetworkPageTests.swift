import Devnet
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotModels
import Testing

/// The page that shows the paths, and the one that names every computer that was contacted.
@MainActor @Suite(.timeLimit(.minutes(5))) struct NetworkPageTests {
    let sleep = ManualSleep()

    @Test func `two paths of three nodes are shown, each node with what it sees`() async throws {
        try await ConnectedProfile.run { profile in
            await profile.ready()
            let model = NetworkPathModel(network: profile.network, surroundings: Samples.surroundings(sleep))
            await model.refresh()
            #expect(model.summary.level == .ready && model.problem == nil)
            #expect(model.rows.map(\.title) == ["Path 1", "Path 2"])
            let nodes = await profile.devnet.serviceNodes
            for row in model.rows {
                #expect(row.hops.map(\.role) == ["Entry node", "Middle node", "Exit node"])
                #expect(Set(row.hops.map(\.sees)).count == 3)
                #expect(row.facts.contains("0 failures") && row.facts.contains { $0.hasSuffix("ms there and back") })
                for hop in row.hops {
                    let node = try #require(nodes.first { $0.address.description == hop.address })
                    #expect(node.id.description.hasPrefix(hop.keyPrefix) && hop.keyPrefix.count == 8)
                    #expect(hop.place == "\(hop.address) · \(hop.keyPrefix) · country unknown")
                }
            }
        }
    }

    @Test func `what is copied for a report names no address and no account`() async throws {
        try await ConnectedProfile.run { profile in
            await profile.ready()
            let model = NetworkPathModel(network: profile.network, surroundings: Samples.surroundings(sleep))
            await model.refresh()
            let text = model.diagnosticText
            #expect(text.hasPrefix("2 paths\n") && text.contains("Path 2"))
            for hop in model.rows.flatMap(\.hops) {
                #expect(text.contains("\(hop.role): \(hop.keyPrefix)") && !text.contains(hop.address))
            }
            #expect(!text.contains(profile.own.description))
        }
    }

    @Test(arguments: [false, true])
    func `new paths keep the entry nodes unless others are asked for`(changesEntry: Bool) async throws {
        try await ConnectedProfile.run { profile in
            await profile.ready()
            let model = NetworkPathModel(network: profile.network, surroundings: Samples.surroundings(sleep))
            await model.refresh()
            let before = Set(model.rows.compactMap(\.hops.first?.address))
            #expect(before.count == 2)
            await model.rebuild(changingEntryNode: changesEntry)
            #expect(!model.isRebuilding)
            await until {
                await model.refresh()
                return model.rows.count == 2
            }
            let after = Set(model.rows.compactMap(\.hops.first?.address))
            #expect(changesEntry ? after.isDisjoint(with: before) : after == before)
        }
    }

    @Test func `the page follows the network while it is open`() async throws {
        try await ConnectedProfile.run { profile in
            await profile.ready()
            let model = NetworkPathModel(network: profile.network, surroundings: Samples.surroundings(sleep))
            let page = Task { await model.run() }
            await until { model.summary.level == .ready && sleep.durations == [.seconds(2)] }
            await profile.messenger.stop()
            #expect(model.summary.level == .ready, "it looks every two seconds, not all the time")
            sleep.wake()
            await until { model.summary.level == .offline }
            page.cancel()
            await page.value
            #expect(sleep.durations.isEmpty)
        }
    }

    @Test func `without a network the page says why`() async throws {
        let profile = try await Profile()
        await profile.messenger.start()
        let model = NetworkPathModel(
            network: profile.messenger.network, surroundings: Samples.surroundings(sleep))
        let problem = Notice(NetworkError.noSeedReachable).text
        await until {
            await model.refresh()
            return model.problem == problem && model.summary.level == .connecting
        }
        #expect(model.rows.isEmpty)
        await profile.messenger.close()
    }

    @Test func `every computer that was contacted is named with its reason`() async throws {
        try await ConnectedProfile.run { profile in
            await profile.ready()
            let model = ContactedHostsModel(network: profile.network, surroundings: Samples.surroundings(sleep))
            model.refresh()
            var entries: Set<String> = []
            for path in await profile.network.paths() {
                guard let entry = path.hops.first else { continue }
                entries.insert("\(entry.address):\(entry.port)")
            }
            let seeds = try await profile.seedAddresses()
            #expect(Set(model.rows.map(\.address)) == entries.union(seeds))
            for row in model.rows {
                let isSeed = seeds.contains(row.address)
                #expect(row.facts.hasPrefix(isSeed ? "gave the list of nodes · 1 request" : "entry node of a path · "))
            }
            #expect(Set(model.rows.map(\.id)).count == model.rows.count)
        }
    }

    @Test func `the list of computers grows while the page is open`() async throws {
        try await ConnectedProfile.run { profile in
            let model = ContactedHostsModel(network: profile.network, surroundings: Samples.surroundings(sleep))
            let page = Task { await model.run() }
            await until { sleep.durations == [.seconds(2)] }
            await profile.ready()
            sleep.wake()
            await until { model.rows.count >= 4 }
            page.cancel()
            await page.value
        }
    }
}

extension ConnectedProfile {
    /// Host and port of the seeds.
    fileprivate func seedAddresses() async throws -> Set<String> {
        let definition = try NetworkDefinition.parse([UInt8](await devnet.definition))
        return Set(definition.seeds.map { $0.url.replacingOccurrences(of: "https://", with: "") })
    }
}
