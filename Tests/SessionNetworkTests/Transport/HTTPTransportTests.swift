import BaseKit
import Devnet
import Foundation
import SessionNetwork
import SessionWire
import ShallotTestSupport
import Testing

@Suite("HTTPS transport", .timeLimit(.minutes(5))) struct HTTPTransportTests {
    private func run(_ body: (Devnet, HTTPTransport, Endpoint) async throws -> Void) async throws {
        var options = DevnetOptions.alone()
        options.nodeCount = 2
        options.swarmCount = 1
        let devnet = Devnet(options)
        try await devnet.start()
        let transport = HTTPTransport.sockets()
        let node = try await devnet.serviceNode(0)
        do {
            try await body(
                devnet, transport, Endpoint(host: node.address.description, port: node.port, security: .unverified))
        } catch {
            await transport.shutDown()
            await devnet.stop()
            throw error
        }
        await transport.shutDown()
        await devnet.stop()
    }

    private func status(_ call: HTTPCall, _ transport: HTTPTransport) async throws -> Int {
        try await transport.send(call).status
    }

    private func info(_ endpoint: Endpoint, timeout: Duration = .seconds(120)) -> HTTPCall {
        HTTPCall(
            .post, endpoint, path: "/storage_rpc/v1", body: StorageRequest.info.encoded(),
            connectTimeout: .seconds(120), timeout: timeout, maximumReply: 10_000)
    }

    private func seed(_ devnet: Devnet, sha256: [UInt8]? = nil) async throws -> HTTPCall {
        let url = try #require(URL(string: await devnet.seedURL))
        let (host, port) = (try #require(url.host()), UInt16(clamping: try #require(url.port)))
        let fingerprint = await devnet.seedFingerprint
        let pin = try sha256 ?? #require([UInt8](hex: fingerprint))
        return HTTPCall(
            .post, Endpoint(host: host, port: port, security: .pinned(certificateSHA256: pin)),
            path: "/json_rpc", body: ServiceNodeList.seedRequest(), connectTimeout: .seconds(120),
            timeout: .seconds(120), maximumReply: 1 << 20)
    }

    @Test func `a reply comes with status, type and body`() async throws {
        try await run { _, transport, endpoint in
            let reply = try await transport.send(info(endpoint))
            #expect(reply.status == 200)
            #expect(reply.contentType == "application/json")
            #expect(try InfoReply(StorageReply.parse(reply.body)).timestamp > 0)
            let missing = try await transport.send(
                HTTPCall(.get, endpoint, path: "/nothing", timeout: .seconds(120), maximumReply: 1_000))
            #expect(missing.status == 404)
        }
    }

    @Test func `many requests at once all come back`() async throws {
        try await run { _, transport, endpoint in
            let count = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<50 { group.addTask { try await transport.send(info(endpoint)).status } }
                return try await group.reduce(0) { $0 + ($1 == 200 ? 1 : 0) }
            }
            #expect(count == 50)
        }
    }

    @Test func `one server never sees more than eight connections, and the rest waits its turn`() async throws {
        try await run { devnet, transport, endpoint in
            try await devnet.slowNode(0, .milliseconds(20))
            let answered = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<60 { group.addTask { try await transport.send(info(endpoint)).status } }
                return try await group.reduce(0) { $0 + ($1 == 200 ? 1 : 0) }
            }
            #expect(answered == 60)
            #expect(try await devnet.mostConnections(node: 0) <= 8)
        }
    }

    @Test func `who waits for a connection is served when others give up`() async throws {
        try await run { devnet, transport, endpoint in
            await devnet.plan(Fault(.hang, node: 0, times: 8))
            let hanging = (0..<8).map { _ in Task { try await transport.send(info(endpoint)) } }
            try await eventually { try await devnet.counts(node: 0)["info"] == 8 }
            let waiting = Task { try await transport.send(info(endpoint)).status }
            let cancelled = Task { try await transport.send(info(endpoint)).status }
            cancelled.cancel()
            await #expect(throws: TransportError.cancelled) { try await cancelled.value }
            hanging[3].cancel()
            let status = try await waiting.value
            #expect(status == 200)
            for task in hanging { task.cancel() }
            for task in hanging { await #expect(throws: TransportError.cancelled) { try await task.value } }
        }
    }

    @Test func `the pinned certificate opens the door, another pin does not`() async throws {
        try await run { devnet, transport, _ in
            let status = try await status(try await seed(devnet), transport)
            #expect(status == 200)
            await #expect(throws: TransportError.untrusted) {
                try await transport.send(try await seed(devnet, sha256: [UInt8](repeating: 7, count: 32)))
            }
        }
    }

    @Test(arguments: [Fault.Kind.hugeReply, .endlessReply])
    func `a reply that is too large is refused`(kind: Fault.Kind) async throws {
        try await run { devnet, transport, endpoint in
            await devnet.plan(Fault(kind, node: 0, times: 1))
            await #expect(throws: TransportError.tooLarge) { try await transport.send(info(endpoint)) }
            let status = try await status(info(endpoint), transport)
            #expect(status == 200)
        }
    }

    @Test(arguments: [Fault.Kind.cutReply, .drop])
    func `a connection that ends early is a broken reply`(kind: Fault.Kind) async throws {
        try await run { devnet, transport, endpoint in
            await devnet.plan(Fault(kind, node: 0, times: 1))
            await #expect(throws: TransportError.brokenReply) { try await transport.send(info(endpoint)) }
            let status = try await status(info(endpoint), transport)
            #expect(status == 200)
        }
    }

    @Test func `silence ends with the deadline`() async throws {
        try await run { devnet, transport, endpoint in
            await devnet.plan(Fault(.hang, node: 0))
            // On a busy machine the connection may not stand before the time is over.
            let deadlines = [false, true].map { TransportError.timedOut(duringConnect: $0) }
            await #expect {
                try await transport.send(info(endpoint, timeout: .milliseconds(700)))
            } throws: {
                ($0 as? TransportError).map(deadlines.contains) ?? false
            }
        }
    }

    @Test func `silence instead of TLS ends with the deadline of the connection`() async throws {
        try await run { devnet, transport, endpoint in
            try await devnet.muteNode(0)
            var call = info(endpoint)
            call.connectTimeout = .milliseconds(100)
            let muted = call
            await #expect(throws: TransportError.timedOut(duringConnect: true)) { try await transport.send(muted) }
        }
    }

    @Test func `a closed port is unreachable`() async throws {
        try await run { devnet, transport, endpoint in
            try await devnet.stopNode(0)
            await #expect(throws: TransportError.unreachable) { try await transport.send(info(endpoint)) }
        }
    }

    @Test func `a kept connection that the server closed is replaced without anybody noticing`() async throws {
        try await run { devnet, transport, endpoint in
            #expect(try await status(info(endpoint), transport) == 200)
            try await devnet.stopNode(0)
            try await devnet.startNode(0)
            let status = try await status(info(endpoint), transport)
            #expect(status == 200)
        }
    }

    @Test func `a cancelled request ends at once`() async throws {
        try await run { devnet, transport, endpoint in
            await devnet.plan(Fault(.hang, node: 0))
            let task = Task { try await transport.send(info(endpoint, timeout: .seconds(300))) }
            try await eventually { try await devnet.counts(node: 0)["info"] == 1 }
            task.cancel()
            await #expect(throws: TransportError.cancelled) { try await task.value }
        }
    }

    @Test func `after the end nothing is sent`() async throws {
        try await run { _, transport, endpoint in
            await transport.shutDown()
            await #expect(throws: TransportError.closed) { try await transport.send(info(endpoint)) }
        }
    }
}
