import BaseKit
import CGst
import CMediaKit
import Logging

extension PeerSession {
    /// Looks for ways over the addresses that this machine has now, if those are not the ones that it had before.
    /// - Returns: the new way; `nil` when there is nothing new.
    @discardableResult
    func openWayIfMoved() -> Way? {
        guard let now = OwnAddresses.current(), !now.isEmpty, now != addresses else { return nil }
        let opened = Way(of: pipeline, agent: agent) { [report] text in
            report.yield(.candidate(text, mediaIndex: 0))
        } changed: { [link] leads in
            link.wayChanged(leads)
        }
        guard let opened, opened.gather(relays: options.relays) else { return nil }
        log.info("Looking for new ways: the addresses of this machine have changed")
        addresses = now
        link.moved()
        way = opened
        return opened
    }

    /// Begins a new generation.
    /// - Returns: its names; `nil` when the agent refuses.
    func renew() -> Way.Names? {
        if openWayIfMoved() == nil, mediakit_restart(OpaquePointer(agent.raw)) == 0 { return nil }
        return names
    }

    /// The names of the present ways.
    var names: Way.Names? {
        var (fragment, password): (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?)
        guard mediakit_names(OpaquePointer(agent.raw), stream, &fragment, &password) != 0 else { return nil }
        return Way.Names(fragment, password)
    }

    /// The agent's stream that the call goes over; webrtcbin's own is the first.
    var stream: UInt32 { way?.stream ?? 1 }
}
