import BaseKit
import SessionWire

/// One service node: who it is, what it keeps, what goes wrong with it, and what it has seen.
struct ServiceNodeState: Sendable {
    let index: Int
    let identity: NodeIdentity
    let host: String
    let swarmID: UInt64
    let server: HTTPServer
    var store = NodeStore()
    var isRunning = false
    /// A node that left is in nobody's list, but still answers.
    var isListed = true
    /// Accepts connections and says nothing.
    var isMute = false
    /// Other nodes find it; a decommissioned node is unlisted and still known.
    var isKnown = true
    /// Added to the true time, milliseconds.
    var clockOffset: Int64 = 0
    /// Every request waits so long first.
    var delay = Duration.zero
    /// Nodes (Ed25519, hexadecimal) that this node has not heard of.
    var unknown: Set<String> = []
    var sightings = Sightings()

    var port: Int { server.port }
}
