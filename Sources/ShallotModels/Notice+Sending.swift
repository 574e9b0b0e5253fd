public import SessionNetwork
public import ShallotCore

extension Notice {
    public nonisolated init(_ error: SendError) {
        self =
            switch error {
            case .noAccount: Notice(text: tr("There is no account on this device."))
            case .empty: Notice(text: tr("Write something first."))
            case .tooLong(let limit):
                Notice(
                    text: trn(
                        "A message can have up to {n} character.", "A message can have up to {n} characters.", limit))
            case .blocked: Notice(text: tr("You blocked this contact."), remedy: .unblock)
            case .invalidRecipient: Notice(text: tr("No message can be sent to this ID."))
            case .notPossible: Notice(text: tr("This message cannot be sent again."))
            case .storage: .notSaved
            }
    }

    public nonisolated init(_ error: NetworkError) {
        self =
            switch error {
            case .offline:
                Notice(text: tr("You are offline. Messages go out when you are back."), remedy: .openNetworkPage)
            case .noSeedReachable:
                Notice(
                    text: tr("The list of nodes could not be fetched. Shallot keeps trying."), remedy: .openNetworkPage)
            case .noPath:
                Notice(text: tr("There is no network path yet. Shallot keeps trying."), remedy: .openNetworkPage)
            case .timedOut: Notice(text: tr("The network did not answer in time."), remedy: .retry)
            case .swarmUnreachable: Notice(text: tr("The recipient's nodes did not answer."), remedy: .retry)
            case .badReply: Notice(text: tr("A node answered with something that makes no sense."), remedy: .retry)
            case .rejected: Notice(text: tr("The nodes refused this."), remedy: nil)
            case .clockOutOfSync:
                Notice(text: tr("The network does not accept this computer's time. Set your clock."))
            case .cancelled: Notice(text: tr("This was cancelled."), remedy: .retry)
            case .tooLarge: Notice(text: tr("This is too large for the network."))
            }
    }
}

extension FailureReason {
    /// The reason behind "Not sent:", in the reader's language.
    public nonisolated var words: String {
        switch self {
        case .noPath: tr("no network path")
        case .recipientUnreachable: tr("the recipient's nodes did not answer")
        case .refused: tr("the recipient's nodes refused the message")
        case .tooLarge: tr("the message is too large")
        case .notEncryptable: tr("no message can be encrypted to this ID")
        case .clock: tr("the network does not accept this computer's time")
        case .blocked: tr("blocked contact")
        }
    }
}
