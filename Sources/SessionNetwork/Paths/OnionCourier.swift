import BaseKit
import SessionWire

/// Carries one request through one path. Knows nothing about pools or strikes; encryption happens on the caller's task,
/// away from any actor.
struct OnionCourier: Sendable {
    static let onionPath = "/onion_req/v2"
    static let directPath = "/storage_rpc/v1"
    /// Replies to `info` beyond this are refused.
    static let maximumProbeReply = 64 << 10

    let transport: HTTPTransport
    let random: any RandomSource
    let cipher: OnionCipher
    let connectTimeout: Duration
    let maximumReply: Int
    let contacts: ContactedHosts

    /// Wraps `payload`, posts it to the entry node and opens the reply.
    func send(
        _ payload: [UInt8], through hops: [ServiceNode], to destination: ServiceNode, timeout: Duration
    ) async throws(ExchangeFault) -> NodeReply {
        guard let entry = hops.first else { throw .unbuildable }
        let request: OnionRequest
        do throws(OnionError) {
            request = try OnionRequest.build(
                payload, path: hops, destination: .node(destination), cipher: cipher, random: random)
        } catch {
            if case .tooLarge = error { throw .requestTooLarge }
            throw .unbuildable
        }
        let reply = try await post(request.body, to: entry, path: Self.onionPath, timeout: timeout, limit: maximumReply)
        guard reply.status == 200 else { throw .relay(OnionFailure.read(status: reply.status, body: reply.body)) }
        do { return try request.replyKey.openNodeReply(reply.body) } catch { throw .unreadable }
    }

    /// Asks a node directly whether it is there. The question holds nothing about any account.
    /// - Source: network.md §3.1
    func probe(_ node: ServiceNode, timeout: Duration) async throws(ExchangeFault) {
        let reply = try await post(
            StorageRequest.info.encoded(), to: node, path: Self.directPath, timeout: timeout,
            limit: Self.maximumProbeReply)
        guard reply.status == 200 else { throw .relay(OnionFailure.read(status: reply.status, body: reply.body)) }
        guard (try? InfoReply(StorageReply.parse(reply.body))) != nil else {
            throw .unreadable  // whoever answers there is no storage server
        }
    }

    private func post(
        _ body: [UInt8], to node: ServiceNode, path: String, timeout: Duration, limit: Int
    ) async throws(ExchangeFault) -> HTTPReply {
        let endpoint = Endpoint(host: node.address.description, port: node.port, security: .unverified)
        contacts.note(endpoint, .entryNode)
        let call = HTTPCall(
            .post, endpoint, path: path, body: body, connectTimeout: min(connectTimeout, timeout), timeout: timeout,
            maximumReply: limit)
        do { return try await transport.send(call) } catch {
            throw switch error {
            case .unreachable, .untrusted, .timedOut(duringConnect: true): .entryUnreachable
            case .timedOut(duringConnect: false): .timedOut
            case .brokenReply: .entryBroken
            case .tooLarge: .tooLarge
            case .cancelled, .closed: .cancelled
            }
        }
    }
}
