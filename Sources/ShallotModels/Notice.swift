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

extension Notice {
    /// What the app can do about notices that come from one place. What is `nil` cannot be done from there.
    public struct Remedies {
        public var retry: (() -> Void)?
        public var openNetworkPage: (() -> Void)?
        public var unblock: (() -> Void)?

        public init(
            retry: (() -> Void)? = nil, openNetworkPage: (() -> Void)? = nil, unblock: (() -> Void)? = nil
        ) {
            (self.retry, self.openNetworkPage, self.unblock) = (retry, openNetworkPage, unblock)
        }
    }

    /// A notice as it is said: with a button that does what helps or, where none can, with the way out in words.
    public func said(with remedies: Remedies) -> (text: String, button: (label: String, act: () -> Void)?) {
        switch remedy {
        case .retry:
            guard let act = remedies.retry else {
                return (tr("{problem} Try again.", ["problem": text]), nil)
            }
            return (text, (tr("Try Again"), act))
        case .openNetworkPage: return (text, remedies.openNetworkPage.map { (tr("Network Path"), $0) })
        case .unblock: return (text, remedies.unblock.map { (tr("Unblock"), $0) })
        case .clearData, nil: return (text, nil)  // its sentence says where that is done
        }
    }
}
