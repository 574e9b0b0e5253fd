import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore

/// A sentence for a person and, when there is one, the way out.
public nonisolated struct Notice: Equatable, Sendable {
    public enum Remedy: Sendable { case retry, openNetworkPage, unblock, clearData }

    public let text: String
    public let remedy: Remedy?

    public init(text: String, remedy: Remedy? = nil) { (self.text, self.remedy) = (text, remedy) }

    /// Finds the words for whatever a lower layer threw.
    public init(_ error: any Error) {
        self =
            switch error {
            case let error as SendError: Notice(error)
            case let error as AccountError: Notice(error)
            case let error as RecoveryPhraseError: Notice(error)
            case let error as CodePictureError: Notice(error)
            case let error as AccountIDError: Notice(error)
            case let error as NetworkError: Notice(error)
            case let error as NetworkDefinitionError: Notice(error)
            case let error as OpenError: Notice(error)
            case let error as StoreError: Notice(error)
            case let error as CallError: Notice(error)
            default: Notice(text: tr("Something did not work. Nothing was lost."), remedy: .retry)
            }
    }
}
