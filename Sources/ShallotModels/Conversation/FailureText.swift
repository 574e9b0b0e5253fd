import ShallotCore

/// The words behind "Not sent:" for what the database keeps about a failure.
nonisolated enum FailureText {
    static func reason(_ stored: String) -> String {
        FailureReason(rawValue: stored)?.words ?? tr("the network did not take it")
    }
}
