import MediaKit
import SessionNetwork
import Synchronization

/// Lets the receiver find the calls, which are made after it.
final class CallBox: Sendable {
    private let state = Mutex<CallService?>(nil)

    var service: CallService? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

extension NetworkDefinition {
    /// Every address of every entry, as the media engine takes them.
    var peerRelays: [PeerOptions.Relay] {
        callRelays.flatMap { relay in
            relay.urls.map {
                PeerOptions.Relay(url: $0, username: relay.username, credential: relay.credential)
            }
        }
    }
}
