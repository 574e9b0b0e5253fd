import SessionWire

/// What a swarm member's answer means for the request: the rows `inner …` of the table of errors.
/// - Source: network.md §3.7
enum MemberVerdict: Equatable, Sendable {
    case success
    /// Our time stamp is refused: ask for the time and send once more.
    case clock
    /// The account lives elsewhere; the body names the swarm.
    case moved
    /// Ask another member: after a pause when this one is too busy, with a strike against it when it is ill, and never
    /// again when it lacks its own daemon.
    case otherMember(Reaction)
    /// The request is at fault.
    case refused

    enum Reaction: Equatable, Sendable { case pause, strike, drop }

    init(status: Int, body: String) {
        if body.contains("Oxen Server error") {
            self = .refused
            return
        }
        self =
            switch status {
            case 200..<300: .success
            case 406, 425: .clock
            case 421: .moved
            case 429: .otherMember(.pause)
            case 502 where body.contains("oxend returned unparsable data"): .otherMember(.drop)
            case 500...599: .otherMember(.strike)
            default: .refused
            }
    }
}
