/// What a plain-text answer of a path says: nothing here is authenticated, any relay may have made it up. Both sides use
/// the type: a client reads it, a node writes ``status`` and ``text``.
/// - Source: network.md §3.7
public enum OnionFailure: Error, Hashable, Sendable {
    /// The entry node could not read the request.
    case unparsable(String)
    /// Some hop could not decrypt its layer; its key may have changed.
    case invalidCiphertext
    case tooManyHops
    /// A hop further in could not read the request.
    case unparsableInside(String)
    case bodyTooLarge
    /// The node after the one that says so sent something that is no reply.
    case invalidResponse
    case nextNodeNotFound(ServiceNodeID)
    case nextNodeUnreachable(ServiceNodeID)
    /// The exit node could not reach the server, or the server's front end answered for it.
    case badGateway
    /// The entry node is not ready; the reasons are joined by `; `.
    case notReady(String)
    /// Some node is not ready; it names itself, except in an answer that is encrypted.
    case nodeNotReady(ServiceNodeID?)
    case busy
    /// A hop waited in vain for the next one.
    case timedOut
    /// Anything else, with its HTTP status.
    case other(Int)

    /// Longest text that is looked at; real ones are far shorter.
    private static let maximumText = 1_024

    /// Reads an HTTP answer that is not an encrypted reply.
    public static func read(status: Int, body: [UInt8]) -> OnionFailure {
        var text = String(decoding: body.prefix(maximumText), as: UTF8.self)
        while text.last?.isWhitespace == true { text.removeLast() }
        switch status {
        case 400:
            if text == Text.invalidCiphertext { return .invalidCiphertext }
            if text == Text.tooManyHops { return .tooManyHops }
            if let reason = text.rest(after: Text.unparsable) { return .unparsable(reason) }
            if let reason = text.rest(after: Text.unparsableInside) { return .unparsableInside(reason) }
        case 413: return .bodyTooLarge
        case 500: if text == Text.invalidResponse { return .invalidResponse }
        case 502:
            if let node = text.rest(after: Text.notFound).flatMap({ ServiceNodeID(hex: $0) }) {
                return .nextNodeNotFound(node)
            }
            if let node = text.rest(after: Text.unreachable).flatMap({ ServiceNodeID(hex: $0) }) {
                return .nextNodeUnreachable(node)
            }
            return .badGateway
        case 503:
            if text == Text.busy { return .busy }
            if let reason = text.rest(after: Text.notReady) { return .notReady(reason) }
            if text == Text.nodeNotReady { return .nodeNotReady(nil) }
            if let node = text.rest(after: Text.nodeNotReady + ": ") { return .nodeNotReady(ServiceNodeID(hex: node)) }
        case 504: return .timedOut
        default: break
        }
        return .other(status)
    }

    /// The HTTP status a node sends.
    public var status: Int {
        switch self {
        case .unparsable, .invalidCiphertext, .tooManyHops, .unparsableInside: 400
        case .bodyTooLarge: 413
        case .invalidResponse: 500
        case .nextNodeNotFound, .nextNodeUnreachable, .badGateway: 502
        case .notReady, .nodeNotReady, .busy: 503
        case .timedOut: 504
        case .other(let status): status
        }
    }

    /// The text a node sends with it.
    public var text: String {
        switch self {
        case .unparsable(let reason): Text.unparsable + reason
        case .invalidCiphertext: Text.invalidCiphertext
        case .tooManyHops: Text.tooManyHops
        case .unparsableInside(let reason): Text.unparsableInside + reason
        case .bodyTooLarge: "Request body too large"
        case .invalidResponse: Text.invalidResponse
        case .nextNodeNotFound(let node): Text.notFound + node.description
        case .nextNodeUnreachable(let node): Text.unreachable + node.description
        case .badGateway: "Bad Gateway"
        case .notReady(let reason): Text.notReady + reason + "\n"
        case .nodeNotReady(let node): node.map { "\(Text.nodeNotReady): \($0)" } ?? Text.nodeNotReady
        case .busy: Text.busy
        case .timedOut: "Request time out"
        case .other: ""
        }
    }

    /// The status a relay passes on: one that clients do not expect becomes 500.
    /// - Source: network.md §3.4
    public static func relayed(status: Int) -> Int {
        let known: Set = [200, 400, 401, 403, 404, 406, 410, 413, 421, 429, 500, 502, 503, 504]
        return known.contains(status) ? status : 500
    }

    private enum Text {
        static let unparsable = "Error parsing onion request: "
        static let invalidCiphertext = "Invalid ciphertext"
        static let tooManyHops = "onion request max path length exceeded"
        static let unparsableInside = "Invalid internal onion request: "
        static let invalidResponse = "Invalid response from snode"
        static let notFound = "Next node not found: "
        static let unreachable = "Next node is currently unreachable: "
        static let notReady = "Service node is not ready: "
        static let nodeNotReady = "Snode not ready"
        static let busy = "Server busy, try again later"
    }
}

extension OnionFailure: CustomStringConvertible {
    /// Safe to log: names no node in full and repeats no text of a peer.
    public var description: String {
        switch self {
        case .unparsable: "The entry node could not read the onion request."
        case .invalidCiphertext: "A node could not decrypt its onion layer."
        case .tooManyHops: "The onion request passed too many nodes."
        case .unparsableInside: "A node on the path could not read the onion request."
        case .bodyTooLarge: "The onion request is too large for the entry node."
        case .invalidResponse: "A node on the path got an invalid response."
        case .nextNodeNotFound(let node): "The path knows no node \(node.redacted)."
        case .nextNodeUnreachable(let node): "The path cannot reach node \(node.redacted)."
        case .badGateway: "The end of the path could not reach the server."
        case .notReady: "The entry node is not ready."
        case .nodeNotReady(let node): "Node \(node?.redacted ?? "at the end") is not ready."
        case .busy: "The entry node is busy."
        case .timedOut: "The path took too long."
        case .other(let status): "The path failed with status \(status)."
        }
    }
}

extension String {
    fileprivate func rest(after prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
