/// What happens between two peers.
public enum PeerEvent: Sendable, Equatable {
    /// A way to reach us, `candidate:…`, and the media line that it belongs to.
    case candidate(String, mediaIndex: UInt32)
    /// All ways were found.
    case gathered
    /// Sound and picture flow, with the certificate checked. Comes again after each interruption.
    case up
    /// Nothing has come from the other side for five seconds.
    case down
    case channelOpen
    /// A text over the data channel.
    case text(String)
    /// A source of ours or the speaker ended: a device is gone, or a file cannot be read. Silence or black goes on.
    case sourceFailed(MediaDevice.Kind, String)
    /// The connection is of no use any more.
    case failed(MediaError)
}
