import BaseKit

extension StorageCall {
    /// Reads a request body: `{"method":…,"params":…}`. Parts of a wrapper are read with it, so that one bad part
    /// fails all.
    /// - Parameter lacking: methods that this server is too old for.
    public static func parse(_ body: [UInt8], lacking: Set<String> = []) throws(StorageRefusal) -> StorageCall {
        guard let document = try? JSONValue.parse(body) else { throw .unreadable("invalid json") }
        return try parse(document, lacking: lacking)
    }

    private static func parse(_ document: JSONValue, lacking: Set<String>) throws(StorageRefusal) -> StorageCall {
        let (method, parameters) = try fields(document)
        return try parse(method: method, parameters: parameters, lacking: lacking)
    }

    private static func fields(_ document: JSONValue) throws(StorageRefusal) -> (String, [String: JSONValue]) {
        guard let method = document["method"]?.stringValue else {
            throw .unreadable("invalid json: no `method` field")
        }
        guard let parameters = document["params"]?.objectValue else {
            throw .unreadable("invalid json: no `params` field")
        }
        return (method, parameters)
    }

    /// Reads the parameters of one method. Unknown ones are ignored.
    public static func parse(
        method: String, parameters: [String: JSONValue], lacking: Set<String> = []
    ) throws(StorageRefusal) -> StorageCall {
        guard !lacking.contains(method) else { throw .unreadable("no method \(method)") }
        let reader = StorageParameterReader(parameters)
        switch method {
        case "store": return .store(try store(reader))
        case "retrieve": return .retrieve(try retrieve(reader))
        case "delete":
            return .delete(
                Delete(
                    credentials: try reader.credentials(isSignatureRequired: true), messages: try reader.messages(),
                    isRequired: try reader.flag("required")))
        case "delete_all": return .deleteAll(try bulk(reader, "timestamp"))
        case "delete_before": return .deleteBefore(try bulk(reader, "before"))
        case "expire": return .expire(try expire(reader))
        case "expire_all": return .expireAll(try bulk(reader, "expiry"))
        case "get_expiries":
            return .getExpiries(
                GetExpiries(
                    credentials: try reader.credentials(isSignatureRequired: true), messages: try reader.messages(),
                    timestamp: try reader.required("timestamp", try reader.time("timestamp"))))
        case "revoke_subaccount":
            return .revokeSubaccounts(try revoke(reader, "revoke", limit: RevokeRequest.maximumTokens))
        case "unrevoke_subaccount": return .unrevokeSubaccounts(try revoke(reader, "unrevoke", limit: .max))
        case "revoked_subaccounts": return .revokedSubaccounts(try revoke(reader, nil))
        case "get_swarm", "get_snodes_for_pubkey": return .getSwarm(try reader.account(orCamelCase: true))
        case "info": return .info
        case "active_nodes_bin": return .activeNodesBin
        case "oxend_request":
            let endpoint = try reader.required("endpoint", try reader.string("endpoint"))
            guard ["get_service_nodes", "ons_resolve"].contains(endpoint) else {
                throw .invalid("Invalid oxend endpoint '\(endpoint)'")
            }
            return .oxend(endpoint: endpoint, parameters: reader.value("params") ?? [:])
        case "batch": return .batch(try subrequests(reader, lacking))
        case "sequence": return .sequence(try subrequests(reader, lacking))
        case "ifelse": return .choice(try choice(reader, lacking))
        default: throw .unreadable("no method \(method)")
        }
    }

    private static func store(_ reader: StorageParameterReader) throws(StorageRefusal) -> Store {
        let credentials = try reader.credentials(orCamelCase: true, isSignatureRequired: false)
        let timestamp = try reader.required(
            "timestamp", try reader.time("timestamp", mayBeText: true, isChecked: false))
        let ttl = try reader.time("ttl", mayBeText: true, isChecked: false)
        let expiry = try reader.time("expiry")
        if ttl != nil, expiry != nil { throw .invalid("Cannot specify both 'ttl' and 'expiry'") }
        let end: UInt64
        if let expiry { end = expiry } else { end = timestamp + (try reader.required("ttl", ttl)) }
        let text = try reader.required("data", try reader.string("data"))
        guard text.utf8.count <= StoreRequest.maximumData / 3 * 4, let data = try decoded(text) else {
            throw .invalid("Message body exceeds maximum allowed length of \(StoreRequest.maximumData) bytes")
        }
        return Store(
            credentials: credentials, namespace: try reader.namespace(), data: data, timestamp: timestamp, expiry: end,
            signatureTimestamp: try reader.time("sig_timestamp") ?? timestamp)
    }

    private static func decoded(_ text: String) throws(StorageRefusal) -> [UInt8]? {
        guard let data = [UInt8](base64: text) else {
            throw .invalid("Invalid value given for 'data': expected base64")
        }
        return data.count <= StoreRequest.maximumData ? data : nil
    }

    private static func retrieve(_ reader: StorageParameterReader) throws(StorageRefusal) -> Retrieve {
        let namespace = try reader.namespace()
        let isSigned = namespace != .messages && namespace.needsSignatureToRetrieve
        let credentials = try reader.credentials(orCamelCase: true, isSignatureRequired: isSigned)
        let timestamp = try reader.time("timestamp")
        if credentials.signature != nil, timestamp == nil { throw .invalid("Required field 'timestamp' missing") }
        let snakeCase = try reader.string("last_hash")
        let camelCase = try reader.string("lastHash")
        if snakeCase != nil, camelCase != nil { throw .invalid("Cannot specify both 'last_hash' and 'lastHash'") }
        let last = snakeCase ?? camelCase ?? ""
        guard last.isEmpty || MessageHash(last) != nil else {
            throw .invalid("Invalid value given for 'last_hash': expected message hash")
        }
        return Retrieve(
            credentials: credentials, namespace: namespace, lastHash: MessageHash(last),
            maximumCount: max(0, try reader.integer("max_count") ?? 0),
            maximumSize: try reader.integer("max_size") ?? 0,
            timestamp: timestamp)
    }

    private static func bulk(_ reader: StorageParameterReader, _ number: String) throws(StorageRefusal) -> Bulk {
        Bulk(
            credentials: try reader.credentials(isSignatureRequired: true), namespaces: try reader.namespaces(),
            number: try reader.required(number, try reader.time(number)))
    }

    private static func expire(_ reader: StorageParameterReader) throws(StorageRefusal) -> Expire {
        let credentials = try reader.credentials(isSignatureRequired: true)
        let messages = try reader.messages()
        let (expiries, isList) = try reader.times("expiry")
        guard !isList || expiries.count == messages.count else {
            throw .invalid("'expiry' and 'messages' must have the same length")
        }
        let (shorten, extend) = (try reader.flag("shorten"), try reader.flag("extend"))
        if shorten, extend { throw .invalid("Cannot specify both 'shorten' and 'extend'") }
        let call = Expire(
            credentials: credentials, messages: messages, expiries: expiries, isList: isList,
            change: shorten ? .shorten : extend ? .extend : .set)
        if shorten, call.isForcedToExtend {
            throw .invalid("'shorten' needs a subaccount with permission to delete")
        }
        return call
    }

    private static func revoke(
        _ reader: StorageParameterReader, _ name: String?, limit: Int = 0
    ) throws(StorageRefusal) -> Revoke {
        let credentials = try reader.credentials(isSignatureRequired: true)
        let tokens: [SubaccountToken] = if let name { try reader.tokens(name, limit: limit) } else { [] }
        let timestamp = try reader.required("timestamp", try reader.time("timestamp"))
        return Revoke(credentials: credentials, tokens: tokens, timestamp: timestamp)
    }

    private static func subrequests(
        _ reader: StorageParameterReader, _ lacking: Set<String>
    ) throws(StorageRefusal) -> [StorageCall] {
        let items = try reader.required("requests", reader.value("requests")?.arrayValue)
        guard !items.isEmpty else { throw .invalid("Invalid batch request: subrequests list empty") }
        guard items.count <= StorageRequest.maximumBatch else {
            throw .invalid("Invalid batch request: subrequest limit (\(StorageRequest.maximumBatch)) exceeded")
        }
        var calls: [StorageCall] = []
        for item in items {
            let (method, parameters) = try fields(item)
            guard !["batch", "sequence", "ifelse"].contains(method) else {
                throw .invalid("Invalid batch request: subrequest \(method) is not permitted")
            }
            calls.append(try parse(method: method, parameters: parameters, lacking: lacking))
        }
        return calls
    }

    private static func choice(
        _ reader: StorageParameterReader, _ lacking: Set<String>
    ) throws(StorageRefusal) -> Choice {
        func branch(_ name: String) throws(StorageRefusal) -> StorageCall? {
            guard let document = reader.value(name) else { return nil }
            guard document["method"]?.stringValue != "ifelse" else {
                throw .invalid("Invalid ifelse request: ifelse is not permitted inside")
            }
            return try parse(document, lacking: lacking)
        }
        let test = try reader.required("if", reader.value("if")?.objectValue)
        let choice = Choice(
            conditions: try Choice.Condition.parse(test), then: try branch("then"), otherwise: try branch("else"))
        guard choice.then != nil || choice.otherwise != nil else {
            throw .invalid("Invalid ifelse request: 'then' or 'else' is required")
        }
        return choice
    }
}
