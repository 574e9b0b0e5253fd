import BaseKit
import SessionWire

extension Devnet {
    /// Posts a request to a server outside the network and hands its answer back as it is.
    /// - Source: network.md §3.4
    func leave(_ exit: OnionExit) async -> HopReply {
        guard allowedServers.contains("\(exit.host):\(exit.port)") else {
            return HopReply(502, Array("Could not connect to \(exit.host)".utf8))
        }
        do {
            var request = OneRequest(
                host: exit.host, port: Int(exit.port), target: exit.target, body: exit.posted,
                security: exit.protocol == .https ? .verified : .none, timeout: options.exitTimeout)
            request.headers = [
                "Content-Type": "application/octet-stream",
                "User-Agent": "Oxen Storage Server/\(options.version.map(String.init).joined(separator: "."))",
            ]
            let answer = try await request.send()
            return HopReply(answer.status, answer.body)
        } catch OneRequest.Failure.timedOut {
            return HopReply(504, Array("Timeout was reached".utf8))
        } catch {
            return HopReply(502, Array("Could not connect to \(exit.host)".utf8))
        }
    }

    /// Lets exits contact this server.
    public func allowServer(host: String, port: Int) { allowedServers.insert("\(host):\(port)") }
}
