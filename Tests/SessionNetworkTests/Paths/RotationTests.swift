import SessionNetwork
import SessionWire
import Testing

/// - Source: network.md §3.1
@Suite("Paths that change their hops", .timeLimit(.minutes(5))) struct RotationTests {
    @Test func `two paths that change at once do not come to the same nodes`() async throws {
        var options = NetworkOptions.quick
        options.pathLifetime = .zero
        // Each further path leaves less choice: five of these use fifteen nodes.
        options.pathCount = 5
        try await LiveNetwork.run(options: options) { live in
            try await live.ready()
            let keys = try AccountKeys.random()
            var seen: Set<[ServiceNodeID]> = []
            // Until there were enough changes that some of them must have met.
            try await eventually {
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<5 {
                        group.addTask {
                            _ = try? await live.network.poll(keys: keys, namespaces: [.messages]) { _, _ in nil }
                        }
                    }
                }
                let paths = await live.network.paths().map(\.hops)
                let hops = paths.joined()
                #expect(Set(hops.map(\.id)).count == hops.count)
                #expect(Set(hops.map(\.address.subnet24)).count == hops.count)
                seen.formUnion(paths.map { $0.map(\.id) })
                return seen.count >= 60
            }
        }
    }
}
