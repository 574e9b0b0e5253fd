import BaseKit
public import SessionWire

/// What a member of a swarm answered.
public struct SwarmAnswer: Sendable {
    /// The member that was asked.
    public let node: ServiceNode
    /// Its status and body; for `batch` and `sequence` the status is 200 unless all results share another.
    public let reply: NodeReply
    /// The body as JSON; `.null` when it is none.
    public let json: JSONValue
    /// The swarm as we know it; only these members' signatures count.
    public let swarm: [ServiceNode]

    public init(node: ServiceNode, reply: NodeReply, json: JSONValue, swarm: [ServiceNode]) {
        self.node = node
        self.reply = reply
        self.json = json
        self.swarm = swarm
    }

    /// The members' ids.
    public var memberIDs: Set<ServiceNodeID> { Set(swarm.map(\.id)) }
}

/// An answer's status and body, after looking into `batch` and `sequence`: a failure that all results share is the
/// failure of the whole.
/// - Source: network.md §4.13
struct EffectiveAnswer: Sendable {
    let status: Int
    let json: JSONValue
    /// The text of an error, shortened.
    let text: String

    init(_ reply: NodeReply) {
        let json = (try? StorageReply.parse(reply.body)) ?? .null  // errors are plain text
        let batch = reply.status == 200 && json["results"] != nil ? try? BatchReply(json) : nil
        if let batch, let status = batch.uniformStatus, !(200..<300).contains(status), let first = batch.results.first {
            self.status = status
            self.json = first.body
            text = String((first.body.stringValue ?? "").prefix(200))
        } else {
            status = reply.status
            self.json = json
            text = json == .null ? String(String(decoding: reply.body.prefix(200), as: UTF8.self)) : ""
        }
    }

    /// The node's clock: on the top, or in the results.
    var networkTime: UInt64? {
        json.networkTime ?? json["results"]?.arrayValue?.lazy.compactMap { $0["body"]?.networkTime }.first
    }
}
