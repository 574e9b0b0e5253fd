public import Observation
public import ShallotCore

/// The question that stands before the first call: what calls show of this machine, and to whom.
@Observable
public final class ConsentModel {
    /// Neither is chosen beforehand.
    public var choice: CallMode?
    public private(set) var notice: Notice?
    /// Answered, one way or the other.
    public private(set) var isDone = false
    /// Somebody pressed a call button, and the call follows.
    public let leadsToCall: Bool

    private let turnOn: (CallMode) async throws -> Void

    init(leadsToCall: Bool, turnOn: @escaping (CallMode) async throws -> Void) {
        (self.leadsToCall, self.turnOn) = (leadsToCall, turnOn)
    }

    public static var facts: [String] {
        [
            tr(
                "A direct call shows the IP address of your device to the person you talk to. Through a relay it does not."
            ),
            tr("The people who run a relay see your IP address and when you call. They cannot hear or see the call."),
            tr("Sound and picture are encrypted between the two devices. Shallot records nothing."),
        ]
    }

    public static var choices: [CallMode] { [.relayOnly, .direct] }

    public var confirmation: String { leadsToCall ? tr("Turn On and Call") : tr("Turn On Calls") }
    public var canTurnOn: Bool { choice != nil && !isDone }

    public func confirm() async {
        guard let choice, !isDone else { return }
        do {
            try await turnOn(choice)
            isDone = true
        } catch { notice = Notice(error) }
    }

    public func refuse() { isDone = true }
}
