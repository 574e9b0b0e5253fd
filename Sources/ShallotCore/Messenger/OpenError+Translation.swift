import SessionWire
import ShallotStore

extension OpenError {
    /// Says in the messenger's words what a lower part could not do.
    init(_ error: any Error) {
        self =
            switch error {
            case let error as OpenError: error
            case let error as StoreError: OpenError(error)
            default: .other("\(error)")
            }
    }

    private init(_ error: StoreError) {
        self =
            switch error {
            case .busy: .busy
            case .wrongKey: .wrongKey
            case .damaged(let place): .damaged(place)
            case .tooNew: .tooNew
            case .readOnly: .readOnly
            case .diskFull: .diskFull
            case .noDirectory: .noDirectory
            case .unsafePermissions: .unsafePermissions
            case .keyMissing: .keyMissing
            case .keyringLocked: .keyringLocked
            case .keyringUnavailable: .keyringUnavailable
            case .cancelled: .other("Opening was cancelled.")
            case .other(let reason): .other(reason)
            }
    }
}
