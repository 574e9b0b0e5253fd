import CGst
import CMediaKit

/// New ways to the other side within a running call, over addresses that this machine did not have when the call began: the
/// agent looks for its addresses only once for each of its streams, so these get a stream of their own. Keys and
/// certificate stay as they are, and what is sent takes the new way as soon as it leads somewhere.
/// - Source: calls.md §5; RFC 8445 §9
// Safe to share: the agent and everything of ours behind it lock themselves.
final class Way: @unchecked Sendable {
    /// The names under which the other side checks these ways.
    struct Names: Sendable {
        let fragment: String
        let password: String

        init?(_ fragment: UnsafeMutablePointer<CChar>?, _ password: UnsafeMutablePointer<CChar>?) {
            let texts = (Replies.string(fragment), Replies.string(password))
            guard let fragment = texts.0, let password = texts.1 else { return nil }
            (self.fragment, self.password) = (fragment, password)
        }
    }

    private struct Handlers: Sendable {
        let found: @Sendable (String) -> Void
        let changed: @Sendable (Bool) -> Void
    }

    private let raw: OpaquePointer
    private let agent: Reference

    /// - Parameters:
    ///   - found: gets candidates, on a thread of the agent's.
    ///   - changed: gets whether they lead to the other side.
    init?(
        of pipeline: Reference, agent: Reference, found: @escaping @Sendable (String) -> Void,
        changed: @escaping @Sendable (Bool) -> Void
    ) {
        let made = mediakit_way_new(
            OpaquePointer(agent.raw), pipeline.element,
            { box, text in if let text { Box<Handlers>.value(box)?.found(String(cString: text)) } },
            { box, leads in Box<Handlers>.value(box)?.changed(leads != 0) },
            Box<Handlers>.retained(Handlers(found: found, changed: changed)), { Box<Handlers>.release($0) })
        guard let made else { return nil }
        (raw, self.agent) = (made, agent)
    }

    deinit {
        mediakit_way_close(raw)
        mediakit_way_unref(raw)
    }

    var stream: UInt32 { mediakit_way_stream(raw) }

    /// Looks for candidates.
    /// - Returns: whether this machine has an address at all.
    func gather(relays: [PeerOptions.Relay]) -> Bool {
        for relay in relays {
            guard let (url, isSTUN) = relay.engineURL, !isSTUN else { continue }
            mediakit_way_add_relay(raw, url)
        }
        return mediakit_way_gather(raw) != 0
    }

    /// Where the other side's description says that it can be reached.
    func expect(_ description: String) {
        guard let fragment = Self.value("a=ice-ufrag:", in: description),
            let password = Self.value("a=ice-pwd:", in: description)
        else { return }
        _ = mediakit_way_expect(raw, fragment, password)
    }

    private static func value(_ name: String, in description: String) -> String? {
        description.split(whereSeparator: \.isNewline).first { $0.hasPrefix(name) }.map {
            String($0.dropFirst(name.count))
        }
    }

    func add(_ candidate: String) { mediakit_way_add(raw, candidate) }
}
