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
            let answer = try await ExitClient.post(
                exit.posted, host: exit.host, port: Int(exit.port), target: exit.target,
                isSecure: exit.protocol == .https, timeout: options.exitTimeout)
            return HopReply(answer.status, answer.body)
        } catch ExitClient.Failure.timedOut {
            return HopReply(504, Array("Timeout was reached".utf8))
        } catch {
            return HopReply(502, Array("Could not connect to \(exit.host)".utf8))
        }
    }

    /// Lets exits contact this server.
    public func allowServer(host: String, port: Int) { allowedServers.insert("\(host):\(port)") }
}
