import Foundation

/// A candidate as pages write it.
struct BridgeCandidate: Codable {
    let candidate: String
    let sdpMid: String
    let sdpMLineIndex: UInt32
}

/// One line that the bridge writes.
struct BridgeLine: Encodable {
    var event: String
    var id: String?
    var echo: String?
    var from: String?
    var kind: String?
    var uuid: String?
    var sdp: String?
    var candidates: [BridgeCandidate]?

    /// At once: scripts wait for it.
    func write() {
        guard let line = try? JSONEncoder().encode(self) else { return }
        // Nobody may be listening any more.
        try? FileHandle.standardOutput.write(contentsOf: line + [0x0a])
    }
}

/// One line that the bridge reads: a signal to send.
struct BridgeOrder: Decodable {
    let to: String
    let kind: String
    let uuid: String
    var sdp: String?
    var candidates: [BridgeCandidate]?
    /// Seconds by which the message is older than it is.
    var age: Double?
}
