import BaseKit
import Crypto
import Devnet
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import SessionWire
import Testing

@Suite("Certificates of the devnet") struct CertificateTests {
    /// SHA-256 of the leaf that a server shows.
    private func fingerprint(of url: URL) async throws -> String {
        let context = try NIOSSLContext(configuration: .makeClientConfiguration())
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let shown = loop.makePromise(of: [UInt8].self)
        do {
            let channel = try await ClientBootstrap(group: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = try NIOSSLClientHandler(
                            context: context, serverHostname: nil,
                            customVerificationCallback: { chain, verdict in
                                shown.completeWith(Result { try chain.first?.toDERBytes() ?? [] })
                                verdict.succeed(.certificateVerified)
                            })
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
                .connect(host: try #require(url.host()), port: try #require(url.port)).get()
            let der = try await shown.futureResult.get()
            try? await channel.close()  // the server may have been faster
            return Array(SHA256.hash(data: der)).hex
        } catch {
            shown.fail(error)
            throw error
        }
    }

    @Test func `every seed shows the certificate that the definition pins`() async throws {
        let client = try await DevnetClient.start()
        let definition = try JSONValue.parse([UInt8](await client.devnet.definition))
        let seeds = try #require(definition["seeds"]?.arrayValue)
        #expect(seeds.count == 2)
        var shown: Set<String> = []
        for seed in seeds {
            let url = try #require(seed["url"]?.stringValue.flatMap { URL(string: $0) })
            let fingerprint = try await fingerprint(of: url)
            #expect(seed["certificateSHA256"] == .string(fingerprint))
            shown.insert(fingerprint)
        }
        #expect(shown.count == 2)
    }

    @Test func `the certificate stays when a seed comes back`() async throws {
        let client = try await DevnetClient.start()
        await client.devnet.stopSeeds()
        try await client.devnet.startSeeds()
        let url = try #require(URL(string: await client.devnet.seedURL))
        #expect(try await fingerprint(of: url) == (await client.devnet.seedFingerprint))
    }
}
