public import ShallotCore
public import ShallotStore

extension Notice {
    public nonisolated init(_ error: OpenError) {
        self =
            switch error {
            case .busy: Notice(text: tr("Another Shallot is using this data. Close it first."), remedy: .retry)
            case .wrongKey: Notice(text: tr("The key on this device does not fit your data."))
            case .damaged: Notice(text: tr("Your data on this device is damaged or was changed from outside."))
            case .tooNew: Notice(text: tr("Your data was written by a newer version of Shallot. Install that version."))
            case .readOnly: Notice(text: tr("The folder of your data cannot be written to."), remedy: .retry)
            case .diskFull: Notice(text: tr("The disk is full. Make some room first."), remedy: .retry)
            case .noDirectory: Notice(text: tr("The folder for your data cannot be made."), remedy: .retry)
            case .unsafePermissions:
                Notice(
                    text: tr("Other users can read the folder of your data. Make it yours alone first."), remedy: .retry
                )
            case .keyringLocked:
                Notice(
                    text: tr("The key for your data is kept in your desktop's key ring, which is locked."),
                    remedy: .retry)
            case .keyringUnavailable:
                Notice(
                    text: tr(
                        "The key for your data is kept in your desktop's key ring, which is missing or does not answer."
                    ),
                    remedy: .retry)
            case .keyMissing:
                Notice(
                    text: tr(
                        "The key for your data is gone: neither your desktop's key ring nor the folder of your data has it. Without it your data cannot be read."
                    ), remedy: .retry)
            case .network:
                Notice(text: tr("The network definition that Shallot was told to use cannot be used."), remedy: .retry)
            case .other: Notice(text: tr("Your data could not be opened."), remedy: .retry)
            }
    }

    public nonisolated init(_ error: StoreError) {
        self =
            switch error {
            case .wrongKey: Notice(OpenError.wrongKey)
            case .damaged(let place): Notice(OpenError.damaged(place))
            case .tooNew: Notice(OpenError.tooNew)
            case .busy: Notice(OpenError.busy)
            case .readOnly: Notice(OpenError.readOnly)
            case .diskFull: Notice(OpenError.diskFull)
            case .noDirectory: Notice(OpenError.noDirectory)
            case .unsafePermissions: Notice(OpenError.unsafePermissions)
            case .keyMissing: Notice(OpenError.keyMissing)
            case .keyringLocked: Notice(OpenError.keyringLocked)
            case .keyringUnavailable: Notice(OpenError.keyringUnavailable)
            case .cancelled: Notice(text: tr("This was cancelled."), remedy: .retry)
            case .other: .notSaved
            }
    }
}
