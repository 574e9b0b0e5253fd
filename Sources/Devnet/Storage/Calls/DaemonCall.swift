import SessionWire

/// A question that the node passes to the chain's daemon; two are allowed.
/// - Source: network.md §4.11
struct DaemonCall: Sendable {
    enum Endpoint: String, Sendable { case serviceNodes = "get_service_nodes", resolveName = "ons_resolve" }

    let endpoint: Endpoint
    let parameters: Fields

    init(_ parameters: Parameters) throws(RPCFailure) {
        let name = try parameters.required("endpoint", try parameters.string("endpoint"))
        guard let endpoint = Endpoint(rawValue: name) else { throw .invalid("Invalid oxend endpoint '\(name)'") }
        self.endpoint = endpoint
        self.parameters = parameters.value("params")?.objectValue ?? [:]
    }
}
