/// Something that goes wrong on purpose: where, for what, how often.
public struct Fault: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        // A hop fails and says so in plain text, as relays do.
        /// 502 `Next node not found`, naming the next hop (or the node itself at the end of the path).
        case nextNodeNotFound
        /// 502 `Next node is currently unreachable`.
        case nextNodeUnreachable
        /// 503 `Service node is not ready`, as an entry node says it.
        case notReady
        /// 503 `Snode not ready`, naming the node.
        case nodeNotReady
        /// 503 `Server busy, try again later`.
        case busy
        /// 504 `Request time out`, after the hop time-out.
        case timeout
        /// 500 `Invalid response from snode`.
        case invalidResponse
        /// 400 `Invalid ciphertext`, as if the node had changed its key.
        case invalidCiphertext
        /// Any unencrypted `status` with `text`; for answers that a relay must not be able to forge (406, 421, 425, 429).
        case plainStatus

        // The answer is spoiled on its way back.
        /// Random bytes in base64 instead of the ciphertext.
        case garbageReply
        /// Half of the ciphertext.
        case truncatedReply
        /// One bit of the ciphertext is flipped.
        case flippedReply
        /// Well encrypted, for somebody else.
        case wrongKeyReply
        /// 200 with an empty body.
        case emptyReply
        /// Well encrypted, but not JSON inside.
        case nonJSONReply
        /// 200 with a page of HTML.
        case htmlReply

        // The connection misbehaves; only an entry node or a direct request can show it.
        /// 50 MB of body.
        case hugeReply
        /// A body without end.
        case endlessReply
        /// The right bytes under a wrong content type.
        case wrongContentType
        /// The body stops in the middle.
        case cutReply
        /// No answer, connection open.
        case hang
        /// Connection closed without an answer.
        case drop

        // The destination answers wrongly, inside the encryption.
        /// The request is not carried out; `status` and `text` come back.
        case rpcStatus
        /// The request is carried out, but the answer never leaves: an uncertain outcome.
        case lostReply
        /// 421 with the account's true swarm.
        case wrongSwarm
        /// 421 without nodes.
        case wrongSwarmEmpty
        /// 421 that names nodes nobody knows.
        case wrongSwarmUnknownNodes
        /// 421 with a body that is no swarm.
        case wrongSwarmMalformed
        /// A retrieve also returns messages of another account.
        case foreignMessages
        /// A retrieve returns every message twice, and backwards.
        case repeatedMessages
        /// A retrieve returns messages whose data is damaged.
        case damagedMessages
        /// A retrieve says that there is more, for ever, and never moves on.
        case endlessMore

        // A member fails while another one distributes a request.
        /// `failed`, `timeout`.
        case memberSilent
        /// `failed`, `code` (`status`), `reason` (`text`).
        case memberFails
        /// `failed`, `bad_peer_response`.
        case memberGarbles
        /// `failed`, `query_failure`.
        case memberQueryFailure
        /// The member's signature is somebody else's.
        case forgedSignature
        /// The member signs and returns a wrong hash.
        case wrongHash
    }

    public var kind: Kind
    /// The node it happens on; `nil` means every node.
    public var node: Int?
    /// Only when the node plays this part in a path.
    public var role: Observation.Role?
    /// Only for this storage method.
    public var method: String?
    /// Only for this account, 66 hexadecimal digits.
    public var account: String?
    /// So many occasions pass unharmed first.
    public var after: Int?
    /// So many times, then it is over; `nil` means until it is cleared.
    public var times: Int?
    /// How likely each time, 0…1.
    public var probability: Double?
    /// For `plainStatus`, `rpcStatus` and `memberFails`.
    public var status: Int?
    /// For the same.
    public var text: String?

    public init(
        _ kind: Kind, node: Int? = nil, role: Observation.Role? = nil, method: String? = nil, account: String? = nil,
        after: Int? = nil, times: Int? = nil, probability: Double? = nil, status: Int? = nil, text: String? = nil
    ) {
        self.kind = kind
        self.node = node
        self.role = role
        self.method = method
        self.account = account
        self.after = after
        self.times = times
        self.probability = probability
        self.status = status
        self.text = text
    }
}

extension Set<Fault.Kind> {
    static let ofHops: Self = [
        .nextNodeNotFound, .nextNodeUnreachable, .notReady, .nodeNotReady, .busy, .timeout, .invalidResponse,
        .invalidCiphertext, .plainStatus,
    ]
    static let ofReplies: Self = [.garbageReply, .truncatedReply, .flippedReply, .emptyReply, .htmlReply]
    static let ofDestinations: Self = [.wrongKeyReply, .nonJSONReply]
    static let ofConnections: Self = [
        .hugeReply, .endlessReply, .wrongContentType, .cutReply, .hang, .drop,
    ]
    static let ofRequests: Self = [
        .rpcStatus, .wrongSwarm, .wrongSwarmEmpty, .wrongSwarmUnknownNodes, .wrongSwarmMalformed,
    ]
    static let ofRetrieves: Self = [.foreignMessages, .repeatedMessages, .damagedMessages, .endlessMore]
    static let ofMembers: Self = [.memberSilent, .memberFails, .memberGarbles, .memberQueryFailure]
    static let ofSignatures: Self = [.forgedSignature, .wrongHash]
}
