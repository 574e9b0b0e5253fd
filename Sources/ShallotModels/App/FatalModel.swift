public import Observation
public import ShallotCore

/// Why the app cannot go on, and what may help. It acts only when asked: nothing here loops.
@Observable
public final class FatalModel {
    public nonisolated let error: OpenError
    public private(set) var isWorking = false
    public private(set) var notice: Notice?

    private let reopen: () async -> Void
    private let erase: () async throws -> Void

    /// - Parameters:
    ///   - reopen: tries to open the profile once more; the caller shows what comes of it.
    ///   - erase: destroys the profile's data, so that `reopen` finds a new one.
    public init(_ error: OpenError, reopen: @escaping () async -> Void, erase: @escaping () async throws -> Void) {
        (self.error, self.reopen, self.erase) = (error, reopen, erase)
    }

    public var title: String { tr("Shallot Cannot Open Your Data") }
    /// The cause, by name.
    public var cause: String { Notice(error).text }

    /// Destroying the data would help: it cannot be read any more. Not offered where the data is fine and only the way to
    /// it is barred.
    public var canStartOver: Bool {
        switch error {
        case .wrongKey, .damaged: true
        default: false
        }
    }

    public var startOverExplanation: String {
        tr(
            "Starting over deletes all conversations, contacts and keys on this device. With your recovery phrase you can restore your account afterwards."
        )
    }

    public func tryAgain() async {
        guard !isWorking else { return }
        isWorking = true
        defer { isWorking = false }
        await reopen()
    }

    /// Call after the person confirmed it.
    public func startOver() async {
        guard canStartOver, !isWorking else { return }
        isWorking = true
        defer { isWorking = false }
        do {
            try await erase()
            await reopen()
        } catch {
            notice = Notice(
                text: tr("The old data could not be deleted. Nothing was changed that could be read before."))
        }
    }
}
