import BaseKit
import SessionWire

/// Fetches whole lists of service nodes without an onion path: from seeds, or from static nodes.
/// - Source: network.md §1.2, §1.3
struct ListSource: Sendable {
    /// A list of all nodes has some hundred kilobytes.
    static let maximumReply = 8 << 20

    let transport: HTTPTransport
    let contacts: ContactedHosts
    let connectTimeout: Duration
    let timeout: Duration
    /// Shorter lists are no lists.
    let minimum: Int

    /// Asks one seed. `nil` for anything but a proper list.
    func list(seed: NetworkDefinition.Seed) async -> [ServiceNode]? {
        guard let endpoint = try? seed.endpoint() else { return nil }  // checked when the definition was read
        contacts.note(endpoint, .seed)
        // What other Session apps send, so that ours do not stand out.
        let headers = [
            (name: "Content-Type", value: "application/json"), (name: "User-Agent", value: "WhatsApp"),
            (name: "Accept-Language", value: "en-us"),
        ]
        return await list(
            HTTPCall(
                .post, endpoint, path: "/json_rpc", headers: headers, body: ServiceNodeList.seedRequest(),
                connectTimeout: connectTimeout, timeout: timeout, maximumReply: Self.maximumReply))
    }

    /// Asks a node directly. It cannot prove who it is: believed only together with others.
    func list(staticNode: NetworkDefinition.StaticNode) async -> [ServiceNode]? {
        let endpoint = Endpoint(host: staticNode.address, port: staticNode.port, security: .unverified)
        contacts.note(endpoint, .staticNode)
        return await list(
            HTTPCall(
                .post, endpoint, path: OnionCourier.directPath, body: StorageRequest.serviceNodes.encoded(),
                connectTimeout: connectTimeout, timeout: timeout, maximumReply: Self.maximumReply))
    }

    private func list(_ call: HTTPCall) async -> [ServiceNode]? {
        // A failure of any kind means: ask somebody else.
        guard let reply = try? await transport.send(call), reply.status == 200,
            reply.contentType == "application/json",
            let nodes = try? ServiceNodeList(StorageReply.parse(reply.body)).nodes,
            Set(nodes.map(\.id)).count >= minimum
        else { return nil }
        return nodes
    }
}
