import SessionWire

/// One storage request, parsed completely. Sub-requests of a batch are parsed with it, so that one bad part fails all.
/// - Source: network.md §4.1, §4.13, §4.14
enum RPCCall: Sendable {
    case swarm(any SwarmCall)
    case retrieve(RetrieveCall)
    case getExpiries(GetExpiriesCall)
    case revokedSubaccounts(RevokedSubaccountsCall)
    case getSwarm(Owner)
    case info
    case daemon(DaemonCall)
    case activeNodesBin
    case batch([Named])
    case sequence([Named])
    indirect case ifElse(IfElseCall)

    /// A request and what it was called.
    struct Named: Sendable {
        let method: String
        let call: RPCCall
    }

    /// The account the request is about, if any.
    var owner: Owner? {
        switch self {
        case .swarm(let call): call.owner
        case .retrieve(let call): call.owner
        case .getExpiries(let call): call.owner
        case .revokedSubaccounts(let call): call.owner
        case .getSwarm(let owner): owner
        default: nil
        }
    }

    /// Reads a whole request body.
    static func parse(_ body: [UInt8], offersActiveNodesBin: Bool) throws(RPCFailure) -> Named {
        guard let value = try? JSONValue.parse(body) else { throw RPCFailure(400, "invalid json") }
        return try parse(value, offersActiveNodesBin: offersActiveNodesBin, level: .top)
    }

    /// Where a request stands: wrappers may not stand inside wrappers.
    enum Level { case top, branch, batched }

    static func parse(
        _ value: JSONValue, offersActiveNodesBin: Bool, level: Level
    ) throws(RPCFailure) -> Named {
        guard let method = value["method"]?.stringValue else {
            throw RPCFailure(400, "invalid json: no `method` field")
        }
        guard let fields = value["params"]?.objectValue else {
            throw RPCFailure(400, "invalid json: no `params` field")
        }
        let parameters = Parameters(fields: fields)
        let isWrapper = ["batch", "sequence", "ifelse"].contains(method)
        guard !isWrapper || level != .batched, method != "ifelse" || level == .top else {
            throw .invalid("Invalid batch request: nested '\(method)' is not permitted")
        }
        let call: RPCCall
        switch method {
        case "store": call = .swarm(try StoreCall(parameters))
        case "retrieve": call = .retrieve(try RetrieveCall(parameters))
        case "delete": call = .swarm(try DeleteCall(parameters))
        case "delete_all": call = .swarm(try DeleteAllCall(parameters))
        case "delete_before": call = .swarm(try DeleteBeforeCall(parameters))
        case "expire": call = .swarm(try ExpireCall(parameters))
        case "expire_all": call = .swarm(try ExpireAllCall(parameters))
        case "get_expiries": call = .getExpiries(try GetExpiriesCall(parameters))
        case "revoke_subaccount": call = .swarm(try RevokeCall(parameters, isRevoking: true))
        case "unrevoke_subaccount": call = .swarm(try RevokeCall(parameters, isRevoking: false))
        case "revoked_subaccounts": call = .revokedSubaccounts(try RevokedSubaccountsCall(parameters))
        case "get_swarm", "get_snodes_for_pubkey": call = .getSwarm(try parameters.owner(orCamelCase: true))
        case "info": call = .info
        case "oxend_request": call = .daemon(try DaemonCall(parameters))
        case "active_nodes_bin" where offersActiveNodesBin: call = .activeNodesBin
        case "batch": call = .batch(try list(parameters, offersActiveNodesBin))
        case "sequence": call = .sequence(try list(parameters, offersActiveNodesBin))
        case "ifelse": call = .ifElse(try IfElseCall(fields, offersActiveNodesBin))
        default: throw RPCFailure(400, "no method \(method)")
        }
        return Named(method: method, call: call)
    }

    private static func list(_ parameters: Parameters, _ offersActiveNodesBin: Bool) throws(RPCFailure) -> [Named] {
        guard let items = parameters.value("requests")?.arrayValue else {
            throw .invalid("Required field 'requests' missing")
        }
        guard !items.isEmpty else { throw .invalid("Invalid batch request: empty \"requests\" list") }
        guard items.count <= StorageLimits.maximumBatch else {
            throw .invalid("Invalid batch request: subrequest limit (\(StorageLimits.maximumBatch)) exceeded")
        }
        var calls: [Named] = []
        for item in items {
            calls.append(try parse(item, offersActiveNodesBin: offersActiveNodesBin, level: .batched))
        }
        return calls
    }
}
