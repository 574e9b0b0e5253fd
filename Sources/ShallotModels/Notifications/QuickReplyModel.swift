public import Observation
import SessionWire
import ShallotCore

/// A short answer that is written without opening the conversation.
@Observable
public final class QuickReplyModel {
    /// To whom.
    public let name: String
    public var draft = "" { didSet { if draft != oldValue { notice = nil } } }
    public private(set) var notice: Notice?
    /// The answer is on its way and kept; nothing is left to do.
    public private(set) var isDone = false

    private let deliver: (String) async throws -> Void
    @ObservationIgnored private var isSending = false

    init(name: String, deliver: @escaping (String) async throws -> Void) { (self.name, self.deliver) = (name, deliver) }

    public var counter: LimitCounter? { LimitCounter(text: draft) }
    public var canSend: Bool { !draft.trimmed.isEmpty && counter?.isOver != true && !isDone }

    public func send() async {
        guard canSend, !isSending else { return }
        isSending = true
        defer { isSending = false }
        do {
            try await deliver(draft.trimmed)
            isDone = true
        } catch { notice = Notice(error) }
    }
}
