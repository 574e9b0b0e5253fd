/// Why the media of a call were given up.
public enum MediaFailure: Hashable, Sendable, CustomStringConvertible {
    /// Everything has to go through a relay, and none answers.
    case relaysSilent
    /// A relay answers and lets nobody through.
    case relaysRefuse
    /// The other side was reached and never finished the handshake, without which nothing may be said.
    case notSecured
    /// The engine's own words.
    case engine(String)

    public var description: String {
        switch self {
        case .relaysSilent: "No relay can be used: none answers."
        case .relaysRefuse: "No relay can be used: they answer, but refuse the network’s name or password, or are full."
        case .notSecured: "The other side was reached, but did not finish securing the connection."
        case .engine(let words): words
        }
    }
}
