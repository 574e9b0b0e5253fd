/// How often a poller asks. The defaults are the product's.
/// - Source: identity-and-messages.md §5.3; network.md §5
public struct PollPolicy: Sendable {
    /// Who would see new messages.
    public enum Attention: Equatable, Sendable {
        /// A call is being set up.
        case urgent
        /// A window has the keyboard.
        case focused
        /// A window is open.
        case visible
        /// No window is open.
        case hidden
    }

    public var focused = Duration.seconds(2)
    /// While a call is set up, which must not wait.
    public var urgent = Duration.seconds(1)
    public var visible = Duration.seconds(5)
    public var hidden = Duration.seconds(15)
    /// On a connection that is paid by volume, while no window has the keyboard.
    public var metered = Duration.seconds(20)
    /// Hidden for longer than this, the poller slows down.
    public var hiddenPatience = Duration.seconds(600)
    /// Waits grow by this with each failure…
    public var failureStep = Duration.seconds(2)
    /// …up to this.
    public var failureLimit = Duration.seconds(15)
    /// Polls before another member of the swarm is asked.
    public var pollsPerMember = 6
    /// For one poll; `nil` takes the network's limit for requests.
    public var timeout: Duration?

    public init() {}

    /// The wait after a poll.
    /// - Parameters:
    ///   - failures: in a row, this poll included; 0 after a success.
    ///   - hiddenFor: how long no window has been open.
    ///   - isMetered: whether the connection is paid by volume. Who looks at a conversation has their messages soon all
    ///     the same.
    public func interval(
        _ attention: Attention, failures: Int, hiddenFor: Duration = .zero, isMetered: Bool = false
    ) -> Duration {
        if failures > 0 { return min(failureStep * (failures + 1), failureLimit) }
        return switch attention {
        case .urgent: urgent
        case .focused: focused
        case .visible where isMetered, .hidden where isMetered: metered
        case .visible: visible
        case .hidden: hiddenFor > hiddenPatience ? hidden : visible
        }
    }
}
