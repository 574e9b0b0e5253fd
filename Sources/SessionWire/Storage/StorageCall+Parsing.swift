import BaseKit

extension StorageCall {
    /// Reads a request body: `{"method":…,"params":…}`.
    public static func parse(_ body: [UInt8]) throws(StorageCallError) -> StorageCall {
        guard let document = (try? JSONValue.parse(body))?.objectValue else { throw .init("invalid json") }
        guard let method = document["method"]?.stringValue else { throw .init("invalid json: no `method` field") }
        guard let parameters = document["params"]?.objectValue else { throw .init("invalid json: no `params` field") }
        return try parse(method: method, parameters: parameters)
    }

    /// Reads the parameters of one method. Unknown ones are ignored.
    public static func parse(
        method: String, parameters: [String: JSONValue]
    ) throws(StorageCallError) -> StorageCall {
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
        case "revoke_subaccount": return .revokeSubaccounts(try revoke(reader, "revoke"))
        case "unrevoke_subaccount": return .unrevokeSubaccounts(try revoke(reader, "unrevoke"))
        case "revoked_subaccounts": return .revokedSubaccounts(try revoke(reader, nil))
        case "get_swarm", "get_snodes_for_pubkey": return .getSwarm(try reader.account(orCamelCase: true))
        case "info": return .info
        case "active_nodes_bin": return .activeNodesBin
        case "oxend_request":
            let endpoint = try reader.required("endpoint", try reader.string("endpoint"))
            guard ["get_service_nodes", "ons_resolve"].contains(endpoint) else {
                throw .invalid("Invalid oxend endpoint '\(endpoint)'")
            }
            return .oxend(endpoint: endpoint, parameters: parameters["params"] ?? [:])
        case "batch": return .batch(try subrequests(parameters))
        case "sequence": return .sequence(try subrequests(parameters))
        default: throw .init("no method \(method)")
        }
    }

    private static func store(_ reader: StorageParameterReader) throws(StorageCallError) -> Store {
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

    private static func decoded(_ text: String) throws(StorageCallError) -> [UInt8]? {
        guard let data = [UInt8](base64: text) else {
            throw .invalid("Invalid value given for 'data': expected base64")
        }
        return data.count <= StoreRequest.maximumData ? data : nil
    }

    private static func retrieve(_ reader: StorageParameterReader) throws(StorageCallError) -> Retrieve {
        let namespace = try reader.namespace()
        let isSigned = namespace != .messages && namespace.needsSignatureToRetrieve
        let credentials = try reader.credentials(orCamelCase: true, isSignatureRequired: isSigned)
        let timestamp = try reader.time("timestamp")
        if credentials.signature != nil, timestamp == nil { throw .invalid("Required field 'timestamp' missing") }
        let snakeCase = try reader.string("last_hash")
        let camelCase = try reader.string("lastHash")
        let last = snakeCase ?? camelCase ?? ""
        guard last.isEmpty || MessageHash(last) != nil else {
            throw .invalid("Invalid value given for 'last_hash': expected message hash")
        }
        return Retrieve(
            credentials: credentials, namespace: namespace, lastHash: MessageHash(last),
            maximumCount: max(0, try reader.integer("max_count") ?? 0), maximumSize: try reader.integer("max_size") ?? 0,
            timestamp: timestamp)
    }

    private static func bulk(_ reader: StorageParameterReader, _ number: String) throws(StorageCallError) -> Bulk {
        Bulk(
            credentials: try reader.credentials(isSignatureRequired: true), namespaces: try reader.namespaces(),
            number: try reader.required(number, try reader.time(number)))
    }

    private static func expire(_ reader: StorageParameterReader) throws(StorageCallError) -> Expire {
        let credentials = try reader.credentials(isSignatureRequired: true)
        let messages = try reader.messages()
        let expiries = try reader.times("expiry")
        guard expiries.count == 1 || expiries.count == messages.count else {
            throw .invalid("'expiry' and 'messages' must have the same length")
        }
        let (shorten, extend) = (try reader.flag("shorten"), try reader.flag("extend"))
        if shorten, extend { throw .invalid("Cannot specify both 'shorten' and 'extend'") }
        let call = Expire(
            credentials: credentials, messages: messages, expiries: expiries,
            change: shorten ? .shorten : extend ? .extend : .set)
        if shorten, call.isForcedToExtend {
            throw .invalid("'shorten' needs a subaccount with permission to delete")
        }
        return call
    }

    private static func revoke(
        _ reader: StorageParameterReader, _ name: String?
    ) throws(StorageCallError) -> Revoke {
        let credentials = try reader.credentials(isSignatureRequired: true)
        let tokens: [SubaccountToken] = if let name { try reader.tokens(name) } else { [] }
        let timestamp = try reader.required("timestamp", try reader.time("timestamp"))
        return Revoke(credentials: credentials, tokens: tokens, timestamp: timestamp)
    }

    /// All of them are read before any is carried out.
    private static func subrequests(_ parameters: [String: JSONValue]) throws(StorageCallError) -> [StorageCall] {
        guard let items = parameters["requests"]?.arrayValue, !items.isEmpty else {
            throw .invalid("Invalid batch request: subrequests list empty")
        }
        guard items.count <= StorageRequest.maximumBatch else {
            throw .invalid("Invalid batch request: subrequest limit exceeded")
        }
        var calls: [StorageCall] = []
        for item in items {
            guard let method = item["method"]?.stringValue, let inner = item["params"]?.objectValue else {
                throw .invalid("Invalid batch request: subrequests must have method and params")
            }
            guard !["batch", "sequence", "ifelse"].contains(method) else {
                throw .invalid("Invalid batch request: subrequest \(method) is not permitted")
            }
            calls.append(try parse(method: method, parameters: inner))
        }
        return calls
    }
}

extension StorageParameterReader {
    /// One time or a list of them; small values are taken as they are.
    fileprivate func times(_ name: String) throws(StorageCallError) -> [UInt64] {
        guard let items = list(name) else {
            return [try required(name, try time(name))]
        }
        var times: [UInt64] = []
        for item in items {
            guard let value = item.uint64Value, value < 1 << 62 else {
                throw .invalid("Invalid value given for '\(name)': expected positive integer array")
            }
            times.append(value)
        }
        return times
    }
}
