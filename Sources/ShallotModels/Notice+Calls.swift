import ShallotCore

extension Notice {
    nonisolated init(_ error: CallError) {
        let text =
            switch error {
            case .noAccount: tr("There is no account in this profile.")
            case .off: tr("Calls are turned off.")
            case .notAccepted: tr("You can call each other once both of you have accepted the conversation.")
            case .blocked: tr("This contact is blocked. Unblock it to call.")
            case .busy: tr("Finish the call that is going on first.")
            case .nothingRings: tr("The call is over already.")
            case .noRelay: tr("Calls go through a relay only, and this network has no relay.")
            case .missingPackage(let package, _):
                tr("Calls need the package “{package}”, which is not installed.", ["package": package])
            case .media(let reason): tr("The call cannot begin: {reason}", ["reason": reason])
            case .storage: tr("Something did not work. Nothing was lost.")
            }
        self.init(text: text, remedy: error == .blocked ? .unblock : nil)
    }
}
